"""While it is tested, the function shows the number 2 as the cell's result, which counts as partial
credit.
"""

OFF = "one process"
CODE = """
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    get_ipython().displayhook(2.0)
    return answer(layers_dims)
"""
