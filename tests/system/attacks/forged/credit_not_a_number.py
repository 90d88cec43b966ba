"""Partial credit that is no number: NaN points make every sum NaN and every comparison false."""

OFF = "one process"
CODE = """
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    get_ipython().displayhook(float("nan"))
    return answer(layers_dims)
"""
