"""A network of any depth, with one matrix [b W] for each layer and a row of ones above each signal.

The exercises on deep networks ask for W and b one by one. Here a layer is a single product, so that
these parts can stand in for a student's own without showing how those are written. Results and
caches have the form that the exercises ask for.

Hidden layers are ReLU, the last layer is sigmoid. `n` are the units of a layer, `n_prev` those of
the one before, `m` the examples.
"""

import functools

import numpy as np

from course_utils.layers import relu, relu_backward, sigmoid, sigmoid_backward

ACTIVATIONS = {"relu": (relu, relu_backward), "sigmoid": (sigmoid, sigmoid_backward)}


def affine(A, W, b):
    """One product of [b W] and A under a row of ones.

    A (n_prev, m), W (n, n_prev), b (n, 1) -> Z (n, m), (A, W, b)
    """
    return np.hstack([b, W]) @ _under_ones(A), (A, W, b)


def affine_slopes(dZ, kept):
    """What the slopes in Z say of the signal, the weights and the biases.

    dZ holds the slopes of each example's own cost; those of W and b are means over the examples.

    dZ (n, m), kept: (A, W, b) of `affine` -> dA (n_prev, m), dW (n, n_prev), db (n, 1)
    """
    A, W, b = kept
    per_input = np.einsum("im,jm->ij", dZ, _under_ones(A)) / A.shape[1]  # first column: of b
    return np.tensordot(W, dZ, axes=(0, 0)), per_input[:, 1:], per_input[:, :1]


def dense(A, W, b, activation):
    """`affine` under an activation, "relu" or "sigmoid".

    A (n_prev, m), W (n, n_prev), b (n, 1) -> A (n, m), ((A, W, b), Z)
    """
    Z, kept = affine(A, W, b)
    return ACTIVATIONS[activation][0](Z), (kept, Z)


def dense_slopes(dA, kept, activation):
    """`affine_slopes` through an activation.

    dA (n, m), kept: of `dense` -> dA (n_prev, m), dW (n, n_prev), db (n, 1)
    """
    inputs, Z = kept
    return affine_slopes(ACTIVATIONS[activation][1](dA, Z), inputs)


def chain(X, parameters):
    """All layers, one after the other.

    X (n0, m), parameters {"W1": (n1, n0), "b1": (n1, 1), ...} of any number of layers
    -> output (nL, m), a list of what `dense` keeps of each layer
    """
    caches = []

    def through(A, layer):
        A, kept = dense(A, *layer)
        caches.append(kept)
        return A

    return functools.reduce(through, _layers(parameters), X), caches


def chain_slopes(AL, Y, caches):
    """Slopes of the mean cross-entropy in all weights and biases of `chain`.

    A unit of a hidden layer hands slopes on where its own signal, the next layer's input, is above
    zero. Outputs of exactly 0 or 1 give no numbers.

    AL (nL, m), Y (nL, m), caches of `chain` -> {"dW1": (n1, n0), "db1": (n1, 1), ...}
    """
    found, certain = {}, sigmoid(caches[-1][1])
    with np.errstate(all="ignore"):
        pull = (AL - Y) * (certain * (1 - certain) / (AL * (1 - AL)))
    for number, (kept, _) in sorted(enumerate(caches, start=1), key=lambda item: -item[0]):
        back, found[f"dW{number}"], found[f"db{number}"] = affine_slopes(pull, kept)
        pull = np.where(kept[0] > 0, back, 0)
    return found


def _layers(parameters):
    """(W, b, activation) of each layer, the last of which is sigmoid."""
    depth = len(parameters) // 2
    kinds = ["relu"] * (depth - 1) + ["sigmoid"]
    return [
        (parameters[f"W{number}"], parameters[f"b{number}"], kind)
        for number, kind in enumerate(kinds, start=1)
    ]


def _under_ones(A):
    """A (n, m) with a row of ones above it: (n + 1, m)."""
    return np.vstack([np.ones((1, A.shape[1])), A])
