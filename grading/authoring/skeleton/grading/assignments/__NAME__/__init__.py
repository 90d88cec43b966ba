"""The hidden side of the assignment on __NAME__."""
