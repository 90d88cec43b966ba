"""A network's parameters as one column theta, and back, for gradient checking.

The order is W1, b1, W2, b2, ..., each matrix row by row, for any number of layers of any size.
"""

import itertools
from math import prod

import numpy as np

from course_utils.messages import message

# Gradient checking calls a gradient wrong when its relative difference is above this.
GRADIENT_THRESHOLD = 2e-7

# Names and shapes, in order, of the last network of each total size that was made into a column.
# They let `vector_to_dictionary(theta)` keep its classic signature for every network. The first
# entry is the 4-5-3-1 network of the classic exercise, which needs no call before.
_CLASSIC_SHAPES = {
    "W1": (5, 4),
    "b1": (5, 1),
    "W2": (3, 5),
    "b2": (3, 1),
    "W3": (1, 3),
    "b3": (1, 1),
}
_shapes_by_size = {47: _CLASSIC_SHAPES}


def dictionary_to_vector(parameters):
    """Stack all parameters into one column.

    parameters {"W1": (n1, n0), "b1": (n1, 1), ...}
    -> theta (n, 1), keys: a list of n names, the parameter that each entry belongs to
    """
    shapes = _shapes_of(parameters)
    keys = [name for name, shape in shapes.items() for _ in range(prod(shape))]
    _shapes_by_size[len(keys)] = shapes
    return _stack(parameters, shapes), keys


def vector_to_dictionary(theta, like=None):
    """Undo `dictionary_to_vector`.

    theta (n, 1) -> {"W1": (n1, n0), "b1": (n1, 1), ...}
    like: a parameter dictionary with the same names and shapes as the result; without it, those
    of the last network with n parameters that `dictionary_to_vector` was called with
    raises ValueError when n numbers do not fill these shapes, or no such network is known
    """
    theta = np.asarray(theta)
    shapes = _shapes_by_size.get(theta.size) if like is None else _shapes_of(like)
    sizes = [prod(shape) for shape in shapes.values()] if shapes else []
    if not shapes or sum(sizes) != theta.size:
        code = "vectors.other_size" if shapes else "vectors.unknown_size"
        raise ValueError(message(code, found=theta.size, expected=sum(sizes)))
    flat, ends = theta.ravel(), itertools.accumulate(sizes)
    return {
        name: flat[end - size : end].reshape(shape)
        for (name, shape), size, end in zip(shapes.items(), sizes, ends)
    }


def gradients_to_vector(gradients):
    """Stack dW1, db1, dW2, db2, ... into one column, in the order of `dictionary_to_vector`.

    gradients {"dW1": (n1, n0), "db1": (n1, 1), ...}; other keys such as dZ1 are passed over
    -> (n, 1)
    """
    layers = sum(name.startswith("dW") for name in gradients)
    return _stack(gradients, [f"d{name}" for name in _names(layers)])


def _names(layers):
    """["W1", "b1", "W2", "b2", ...] for so many layers."""
    return [f"{kind}{layer}" for layer in range(1, layers + 1) for kind in "Wb"]


def _shapes_of(parameters):
    """{"W1": (n1, n0), "b1": (n1, 1), ...} of a parameter dictionary, in this order."""
    return {name: np.shape(parameters[name]) for name in _names(len(parameters) // 2)}


def _stack(arrays, names):
    """The named arrays below each other, each row by row: a column (n, 1)."""
    return np.concatenate([np.reshape(arrays[name], (-1, 1)) for name in names])
