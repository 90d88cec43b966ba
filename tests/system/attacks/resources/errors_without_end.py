"""Shows errors of many thousand characters, over and over: what cuts long
outputs may spare errors.
"""

OFF = (
    "not run: what cuts it short is in the shell and the comparison "
    "that the run without protection uses too"
)
EXTRA = """
for _ in range(100):
    try:
        raise ValueError("x" * 100_000)
    except ValueError:
        get_ipython().showtraceback()
"""


def won(outcome):
    return "the result holds all its errors" if len(str(outcome.notebook)) > 5_000_000 else ""
