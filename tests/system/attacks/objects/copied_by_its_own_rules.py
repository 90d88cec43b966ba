"""A dictionary with __deepcopy__: the test that copies a result runs the student's code, which
patches np.asarray, by which numbers are compared.

The tests of the next function then pass too.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros", "initialize_parameters_random"]
CODE = """
{WRONG}

answer = initialize_parameters_zeros


class Copied(dict):
    def __deepcopy__(self, memo):
        np.asarray = lambda *arguments, **keywords: np.zeros(1)
        return dict(self)


def initialize_parameters_zeros(layers_dims):
    return Copied(answer(layers_dims))
"""
