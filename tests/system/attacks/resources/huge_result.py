"""Returns a dictionary of sixty thousand keys, all of which an explanation might name."""

OFF = (
    "not run: what cuts it short is in the shell and the comparison "
    "that the run without protection uses too"
)
CODE = """
def initialize_parameters_he(layers_dims):
    return {f"b{number:06}": 0 for number in range(60_000)}
"""


def won(outcome):
    return "the result names all the keys" if len(str(outcome.notebook)) > 1_000_000 else ""
