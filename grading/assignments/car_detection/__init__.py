"""The hidden side of the assignment on car detection."""
