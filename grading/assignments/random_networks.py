"""Random networks and batches as inputs of cases, drawn from a legacy random stream.

In every function `sizes` are the units of the layers (n0, n1, ...), and `m` is the number of
examples.
"""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.network import backward_propagation, forward_propagation

Parameters = dict[str, np.ndarray]
Sizes = tuple[int, ...]
Network = tuple[np.ndarray, np.ndarray, Parameters]  # X (n0, m), Y (1, m), parameters
DrawNetwork = Callable[[np.random.RandomState, Sizes, int], Network]

# Limits of `draw_moderate_network`
MIN_GRADIENT_NORM = 0.05
MIN_OUTPUT, MAX_OUTPUT = 0.02, 0.98


def draw_parameters(rng: np.random.RandomState, sizes: Sizes) -> Parameters:
    """Weights and biases, all normal: {"W1": (n1, n0), "b1": (n1, 1), ...}."""
    parameters = {}
    for layer, (before, after) in enumerate(itertools.pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.randn(after, before)
        parameters[f"b{layer}"] = rng.randn(after, 1)
    return parameters


def draw_slopes(rng: np.random.RandomState, sizes: Sizes) -> Parameters:
    """Something for every parameter, all normal: {"dW1": (n1, n0), "db1": (n1, 1), ...}."""
    return {f"d{name}": value for name, value in draw_parameters(rng, sizes).items()}


def draw_labels(rng: np.random.RandomState, m: int) -> np.ndarray:
    """Labels 0 and 1, shape (1, m), half of each."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def draw_network(rng: np.random.RandomState, sizes: Sizes, m: int) -> Network:
    """X (n0, m), Y (1, m), parameters; all numbers but the labels are normal."""
    return rng.randn(sizes[0], m), draw_labels(rng, m), draw_parameters(rng, sizes)


def draw_moderate_network(rng: np.random.RandomState, sizes: Sizes, m: int) -> Network:
    """As `draw_network`, of half the weights, with no output near 0 or 1 and no gradient near 0.

    So neither log(1 - A) nor a measured slope drowns in rounding errors, in whatever order it is
    computed.
    """
    while True:
        X, Y, parameters = draw_network(rng, sizes, m)
        parameters = {name: value / 2 for name, value in parameters.items()}
        A, cache = forward_propagation(X, parameters)
        gradients = backward_propagation(X, Y, cache)
        norms = [np.linalg.norm(gradients[f"d{name}"]) for name in parameters]
        if min(norms) > MIN_GRADIENT_NORM and MIN_OUTPUT < A.min() and A.max() < MAX_OUTPUT:
            return X, Y, parameters


def draw_cache(rng: np.random.RandomState, sizes: Sizes, m: int) -> list[Any]:
    """[X, Y, cache]: the cache (Z1, A1, W1, b1, ...) of a forward pass."""
    X, Y, parameters = draw_network(rng, sizes, m)
    return [X, Y, forward_propagation(X, parameters)[1]]


def draw_dropout_cache(
    rng: np.random.RandomState, sizes: Sizes, m: int, keep_prob: float
) -> list[Any]:
    """[X, Y, cache]: the cache (Z1, D1, A1, W1, b1, ...) of a forward pass with inverted dropout.

    The masks D hold 0 and 1; the network has three layers.
    """
    X, Y, parameters = draw_network(rng, sizes, m)
    A, cache = X, []
    for layer in (1, 2):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = W @ A + b
        D = (rng.rand(*Z.shape) < keep_prob).astype(int)
        A = np.maximum(Z, 0) * D / keep_prob
        cache += [Z, D, A, W, b]
    Z = parameters["W3"] @ A + parameters["b3"]
    return [X, Y, (*cache, Z, 1 / (1 + np.exp(-Z)), parameters["W3"], parameters["b3"])]


def draw_gradient_check(
    rng: np.random.RandomState,
    sizes: Sizes,
    m: int,
    draw: DrawNetwork = draw_network,
    **factors: float,
) -> list[Any]:
    """[parameters, gradients, X, Y]; a factor such as dW2=2.0 makes a single gradient wrong."""
    X, Y, parameters = draw(rng, sizes, m)
    gradients = backward_propagation(X, Y, forward_propagation(X, parameters)[1])
    for name, factor in factors.items():
        gradients[name] = gradients[name] * factor
    return [parameters, gradients, X, Y]
