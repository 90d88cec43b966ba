"""The hidden side of the assignment on optimization."""
