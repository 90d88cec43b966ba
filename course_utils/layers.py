"""The building blocks of a network: activations, the linear step, and their derivatives.

Shapes: `n` units in this layer, `n_prev` in the one before, `m` examples (one column each).
"""

import numpy as np
from scipy.special import expit


def sigmoid(Z):
    """The logistic function 1 / (1 + exp(-Z)), of any shape, without overflow warnings."""
    return expit(Z)


def relu(Z):
    """max(0, Z), of any shape."""
    return np.maximum(0, Z)


def sigmoid_backward(dA, Z):
    """dZ of A = sigmoid(Z): dA * A * (1 - A). All shapes (n, m)."""
    A = sigmoid(Z)
    return dA * A * (1 - A)


def relu_backward(dA, Z):
    """dZ of A = relu(Z): dA where Z > 0, else 0. All shapes (n, m)."""
    return dA * (Z > 0)


def linear_forward(A_prev, W, b):
    """Z = W A_prev + b.

    A_prev (n_prev, m), W (n, n_prev), b (n, 1) -> Z (n, m), cache for `linear_backward`
    """
    return W @ A_prev + b, (A_prev, W)


def linear_backward(dZ, cache):
    """Gradients of the mean cost through Z = W A_prev + b.

    `dZ` (n, m) belongs to each example on its own; the mean over examples, 1/m, is taken here.

    dZ (n, m), cache -> dA_prev (n_prev, m), dW (n, n_prev), db (n, 1)
    """
    A_prev, W = cache
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
