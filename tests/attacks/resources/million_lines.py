"""Prints a million lines, all of which would go into the notebook and onto the page."""

OFF = "one process"
EXTRA = """
for number in range(1_000_000):
    print("line", number)
"""


def won(outcome):
    return "the result holds all its output" if len(str(outcome.notebook)) > 5_000_000 else ""
