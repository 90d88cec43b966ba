"""The public side of the assignment on car detection."""
