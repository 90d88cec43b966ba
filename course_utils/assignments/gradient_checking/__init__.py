"""The public side of the assignment on gradient checking."""
