"""The public side of the assignment on convolution."""
