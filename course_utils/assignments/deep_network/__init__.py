"""The public side of the assignment on deep networks."""
