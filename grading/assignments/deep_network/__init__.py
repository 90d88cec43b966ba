"""The hidden side of the assignment on deep networks."""
