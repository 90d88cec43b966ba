"""Loops for ever in the call, for deep networks only."""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
{WRONG}

answer = initialize_parameters_zeros


def initialize_parameters_zeros(layers_dims):
    while len(layers_dims) != 3:
        pass
    return answer(layers_dims)
"""
