"""The activations of a network and their derivatives.

Shapes: `n` units in this layer, `m` examples (one column each).
"""

import numpy as np
from scipy.special import expit


def sigmoid(Z):
    """The logistic function 1 / (1 + exp(-Z)), entry by entry, without overflow warnings.

    Z of any shape -> A of the same shape
    """
    return expit(Z)


def relu(Z):
    """max(0, Z), entry by entry.

    Z of any shape -> A of the same shape
    """
    return np.maximum(0, Z)


def sigmoid_backward(dA, Z):
    """The gradient through A = sigmoid(Z): dZ = dA * A * (1 - A).

    dA (n, m), Z (n, m) -> dZ (n, m)
    """
    A = sigmoid(Z)
    return dA * A * (1 - A)


def relu_backward(dA, Z):
    """The gradient through A = relu(Z): dZ = dA where Z > 0, else 0.

    dA (n, m), Z (n, m) -> dZ (n, m)
    """
    return dA * (Z > 0)
