"""A network's parameters as one column, and back: what gradient checking nudges entry by entry.

The order is W1, b1, W2, b2, ..., each matrix row by row, for any number of layers of any size.
"""

from math import prod

import numpy as np

# Names and shapes, in order, of the last network of each total size that was turned into a column.
# It lets `vector_to_dictionary(theta)` keep its classic signature for every network; the first
# entry is the 4-5-3-1 network of the classic exercise, known from the start.
_CLASSIC = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
_layouts = {47: _CLASSIC}


def dictionary_to_vector(parameters):
    """Stack all parameters into one column.

    parameters {"W1": (n1, n0), "b1": (n1, 1), ...}
    -> theta (n, 1), keys: a list of n names, the parameter that each entry belongs to
    """
    layout = {name: np.shape(parameters[name]) for name in _names(parameters)}
    keys = [name for name, shape in layout.items() for _ in range(prod(shape))]
    _layouts[len(keys)] = layout
    return _stack(parameters, layout), keys


def vector_to_dictionary(theta, like=None):
    """Undo `dictionary_to_vector`.

    theta (n, 1) -> {"W1": (n1, n0), "b1": (n1, 1), ...}
    like: a parameter dictionary with the wanted names and shapes; without it, the last network
    with n parameters that `dictionary_to_vector` has seen
    """
    theta = np.asarray(theta)
    layout = (
        _layouts.get(theta.size) if like is None else {k: np.shape(like[k]) for k in _names(like)}
    )
    sizes = [prod(shape) for shape in layout.values()] if layout else []
    if not layout or sum(sizes) != theta.size:
        known = f"the network has {sum(sizes)}" if layout else "no network of that size is known"
        raise ValueError(
            f"vector_to_dictionary got {theta.size} numbers, but {known}. "
            "Call dictionary_to_vector(parameters) first, or pass like=parameters."
        )
    pieces = np.split(theta.ravel(), np.cumsum(sizes)[:-1])
    return {name: piece.reshape(shape) for (name, shape), piece in zip(layout.items(), pieces)}


def gradients_to_vector(gradients):
    """Stack dW1, db1, dW2, db2, ... into one column, in the order of `dictionary_to_vector`.

    gradients {"dW1": (n1, n0), "db1": (n1, 1), ...}; other keys such as dZ1 are passed over
    -> (n, 1)
    """
    count = sum(name.startswith("dW") for name in gradients)
    return _stack(gradients, [f"d{kind}{layer}" for layer in range(1, count + 1) for kind in "Wb"])


def _names(parameters):
    return [f"{kind}{layer}" for layer in range(1, len(parameters) // 2 + 1) for kind in "Wb"]


def _stack(values, names):
    return np.concatenate([np.reshape(values[name], (-1, 1)) for name in names])
