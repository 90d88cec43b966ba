"""Returns a dictionary of two hundred thousand keys, all of which an explanation might name."""

OFF = "one process"
CODE = """
def initialize_parameters_he(layers_dims):
    return {f"b{number:06}": 0 for number in range(195_000)}
"""


def won(outcome):
    return "the result names all the keys" if len(str(outcome.notebook)) > 3_000_000 else ""
