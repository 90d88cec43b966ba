"""The hidden side of the assignment on initialization."""
