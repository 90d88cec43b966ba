"""Writes to standard output and standard error in turn, a letter at a time: each letter is an
output of its own.
"""

OFF = "one process"
EXTRA = """
import sys

for _ in range(12_000):
    print("x", end="")
    print("y", end="", file=sys.stderr)
"""


def won(outcome):
    return "the result holds all its outputs" if len(str(outcome.notebook)) > 1_000_000 else ""
