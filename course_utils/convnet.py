"""A small network that reads digits: filters, ReLU, pooling, and ten units that listen to it all.

Which functions do the convolution and the pooling is a choice: those of `course_utils.convolution`
or a student's own, of the same form.
"""

from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from course_utils import convolution

CLASSES = 10
CONV, POOL = {"stride": 1, "pad": 1}, {"f": 2, "stride": 2}
BATCH, RATE = 32, 0.5


class Parts(NamedTuple):
    """The four functions of a convolution and a pooling layer."""

    conv: object = convolution.convolve
    pool: object = convolution.pool
    conv_back: object = convolution.convolve_slopes
    pool_back: object = convolution.pool_slopes


OURS = Parts()


def digit_network(kinds=6, size=8, f=3, seed=1):
    """Random parameters for pictures of (size, size, 1).

    -> {"W": (f, f, 1, kinds), "b": (1, 1, 1, kinds), "V": (inputs, 10), "c": (1, 10)}
    """
    rng, inputs = np.random.RandomState(seed), kinds * (size // 2) ** 2
    return {
        "W": rng.randn(f, f, 1, kinds) * np.sqrt(2 / f**2),
        "b": np.zeros((1, 1, 1, kinds)),
        "V": rng.randn(inputs, CLASSES) / np.sqrt(inputs),
        "c": np.zeros((1, CLASSES)),
    }


def look(X, parameters, parts=OURS):
    """One way forward: X (m, size, size, 1) -> probabilities (m, 10), what the way back needs"""
    Z, conv_cache = parts.conv(X, parameters["W"], parameters["b"], CONV)
    pooled, pool_cache = parts.pool(np.maximum(Z, 0), POOL)
    scores = pooled.reshape(len(X), -1) @ parameters["V"] + parameters["c"]
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True), (Z, conv_cache, pooled, pool_cache)


def slopes(X, Y, parameters, parts=OURS):
    """The mean cross-entropy and its gradients.

    X (m, size, size, 1), Y (m,) -> cost, {"W": ..., "b": ..., "V": ..., "c": ...}
    """
    found, (Z, conv_cache, pooled, pool_cache) = look(X, parameters, parts)
    error = (found - np.eye(CLASSES)[Y]) / len(X)
    flat = pooled.reshape(len(X), -1)
    back = parts.pool_back((error @ parameters["V"].T).reshape(pooled.shape), pool_cache)
    _, W, b = parts.conv_back(np.where(Z > 0, back, 0), conv_cache)
    cost = -np.log(found[np.arange(len(X)), Y]).mean()
    return cost, {"W": W, "b": b, "V": flat.T @ error, "c": error.sum(axis=0, keepdims=True)}


def teach(X, Y, parameters, steps, seed=1):
    """Gradient descent on random batches -> the learned parameters, the cost of every step."""
    rng, parameters, costs = np.random.RandomState(seed), dict(parameters), []
    with threadpool_limits(1):
        for _ in range(steps):
            batch = rng.randint(0, len(X), BATCH)
            cost, found = slopes(X[batch], Y[batch], parameters)
            parameters = {key: value - RATE * found[key] for key, value in parameters.items()}
            costs.append(cost)
    return parameters, costs


def share_read(X, Y, parameters):
    """Which share of the pictures is read rightly."""
    with threadpool_limits(1):
        return float(np.mean(look(X, parameters)[0].argmax(axis=1) == Y))
