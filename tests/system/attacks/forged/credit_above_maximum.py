"""The number shown as the result is larger than the points of the cell, on
which nbgrader gives up.
"""

OFF = "one process"
CODE = """
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    get_ipython().displayhook(100.0)
    return answer(layers_dims)
"""
