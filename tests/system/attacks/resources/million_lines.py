"""Prints a million lines, all of which would go into the notebook and onto the page."""

OFF = "one process"
EXTRA = """
print("another line\\n" * 1_000_000)
"""


def won(outcome):
    return "the result holds all its output" if len(str(outcome.notebook)) > 5_000_000 else ""
