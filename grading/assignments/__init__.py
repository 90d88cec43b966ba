"""The hidden side of every assignment: one package each, found by its folder."""
