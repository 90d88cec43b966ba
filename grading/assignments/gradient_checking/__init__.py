"""The hidden side of the assignment on gradient checking."""
