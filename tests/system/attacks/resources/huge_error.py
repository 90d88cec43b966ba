"""Raises an error of ten million characters in every call."""

OFF = (
    "not run: what cuts it short is in the shell and the comparison "
    "that the run without protection uses too"
)
CODE = """
def initialize_parameters_he(layers_dims):
    raise ValueError("x" * 10_000_000)
"""


def won(outcome):
    return "the result holds all its words" if len(str(outcome.notebook)) > 5_000_000 else ""
