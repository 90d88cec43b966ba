"""The building blocks of a network: activations, the linear step, and their derivatives.

Shapes: `n` units in this layer, `n_prev` in the one before, `m` examples (one column each).
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


def linear_forward(A_prev, W, b):
    """Z = W A_prev + b.

    A_prev (n_prev, m), W (n, n_prev), b (n, 1) -> Z (n, m), cache for `linear_backward`
    """
    return W @ A_prev + b, (A_prev, W)


def linear_backward(dZ, cache):
    """Gradients of the mean cost through Z = W A_prev + b.

    dA_prev = W.T dZ, dW = dZ A_prev.T / m, db = (sum of dZ over the examples) / m

    `dZ` holds the gradient of each example's own cost, without the factor 1/m of the mean. That
    factor enters here, in dW and db only.

    dZ (n, m), cache of `linear_forward` -> dA_prev (n_prev, m), dW (n, n_prev), db (n, 1)
    """
    A_prev, W = cache
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m
