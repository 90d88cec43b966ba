"""copy.deepcopy hands out the object itself, so that a changed input equals what it was before."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import copy

copy.deepcopy = lambda value, memo=None: value


def initialize_parameters_zeros(layers_dims):
    sizes = list(enumerate(zip(layers_dims, layers_dims[1:]), start=1))
    layers_dims.append(len(layers_dims))
    weights = {f"W{l}": np.ones((after, before)) for l, (before, after) in sizes}
    return weights | {f"b{l}": np.ones((after, 1)) for l, (before, after) in sizes}
"""
PLAIN = CODE.replace("copy.deepcopy = ", "unused = ")
