"""The public side of the assignment on __NAME__."""
