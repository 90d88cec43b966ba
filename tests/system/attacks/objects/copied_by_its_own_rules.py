"""A dictionary with __deepcopy__: the test that copies a result runs the student's code, which
patches np.isclose.

The tests of the next function then pass too.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros", "initialize_parameters_random"]
CODE = """
{WRONG}

answer = initialize_parameters_zeros


class Copied(dict):
    def __deepcopy__(self, memo):
        np.isclose = lambda *arguments, **keywords: True
        return dict(self)


def initialize_parameters_zeros(layers_dims):
    return Copied(answer(layers_dims))
"""
