"""What authors run: build, new assignments, expected results, the sample class, explorer tables."""
