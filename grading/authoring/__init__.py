"""For authors: build, new assignments, expected results, the sample class."""
