"""Inputs for the cases: networks and batches of stated sizes, drawn from a legacy random stream."""

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.network import backward_propagation, forward_propagation

Parameters = dict[str, np.ndarray]
Draw = Callable[
    [np.random.RandomState, tuple[int, ...], int], tuple[np.ndarray, np.ndarray, Parameters]
]


def draw_parameters(rng: np.random.RandomState, sizes: tuple[int, ...]) -> Parameters:
    """Weights and biases, all normal: {"W1": (n1, n0), "b1": (n1, 1), ...}."""
    parameters = {}
    for layer, (before, after) in enumerate(itertools.pairwise(sizes), start=1):
        parameters[f"W{layer}"] = rng.randn(after, before)
        parameters[f"b{layer}"] = rng.randn(after, 1)
    return parameters


def draw_labels(rng: np.random.RandomState, m: int) -> np.ndarray:
    """(1, m) of 0 and 1, both present."""
    return rng.permutation(np.arange(m) % 2).reshape(1, m)


def draw_network(
    rng: np.random.RandomState, sizes: tuple[int, ...], m: int
) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """X (n0, m), Y (1, m), parameters."""
    return rng.randn(sizes[0], m), draw_labels(rng, m), draw_parameters(rng, sizes)


def draw_lively(
    rng: np.random.RandomState, sizes: tuple[int, ...], m: int
) -> tuple[np.ndarray, np.ndarray, Parameters]:
    """As `draw_network` with half the weights; no output is sure, and every layer has something to learn.

    So neither log(1 - A) nor a measured slope drowns in rounding errors, in whatever order it is computed.
    """
    while True:
        X, Y, parameters = draw_network(rng, sizes, m)
        parameters = {name: value / 2 for name, value in parameters.items()}
        A, cache = forward_propagation(X, parameters)
        gradients = backward_propagation(X, Y, cache)
        steep = all(np.linalg.norm(gradients[f"d{name}"]) > 0.05 for name in parameters)
        if steep and 0.02 < A.min() and A.max() < 0.98:
            return X, Y, parameters


def draw_cache(rng: np.random.RandomState, sizes: tuple[int, ...], m: int) -> list[Any]:
    """[X, Y, cache of the plain forward pass]."""
    X, Y, parameters = draw_network(rng, sizes, m)
    return [X, Y, forward_propagation(X, parameters)[1]]


def draw_dropout_cache(
    rng: np.random.RandomState, sizes: tuple[int, ...], m: int, keep_prob: float
) -> list[Any]:
    """[X, Y, cache (Z1, D1, A1, W1, b1, ...) of a forward pass with inverted dropout, masks 0 and 1]."""
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


def draw_check(
    rng: np.random.RandomState,
    sizes: tuple[int, ...],
    m: int,
    draw: Draw = draw_network,
    **factors: float,
) -> list[Any]:
    """[parameters, gradients, X, Y]; `factors` such as dW2=2.0 spoil single gradients."""
    X, Y, parameters = draw(rng, sizes, m)
    gradients = backward_propagation(X, Y, forward_propagation(X, parameters)[1])
    for name, factor in factors.items():
        gradients[name] = gradients[name] * factor
    return [parameters, gradients, X, Y]
