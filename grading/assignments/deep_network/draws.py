"""Inputs of the cases on deep networks, drawn from a legacy random stream.

Every cache comes from a real forward pass. `sizes` are the units of the layers (n0, n1, ..., nL),
`m` is the number of examples; no two of them are equal where it is not said otherwise.
"""

import numpy as np

from course_utils.deep import chain, chain_slopes, dense
from grading.assignments.random_networks import (
    MAX_OUTPUT,
    MIN_OUTPUT,
    Network,
    Sizes,
    draw_labels,
    draw_network,
    draw_parameters,
    draw_slopes,
)

SMALLEST_GRADIENT = 1e-3  # length of a gradient array that a test can tell from 0


def layer_sizes(rng: np.random.RandomState, depth: int) -> list:
    """[layer_dims] of so many layers, from 2 to 9 units, no two alike."""
    return [(2 + rng.permutation(8)[: depth + 1]).tolist()]


def linear_inputs(rng: np.random.RandomState, n_prev: int, n: int, m: int) -> list:
    """[A (n_prev, m), W (n, n_prev), b (n, 1)]."""
    return [rng.randn(n_prev, m), rng.randn(n, n_prev), rng.randn(n, 1)]


def layer_inputs(rng: np.random.RandomState, kind: str, *sizes: int) -> list:
    """[A_prev, W, b, kind of the activation]; sizes: n_prev, n, m"""
    return [*linear_inputs(rng, *sizes), kind]


def linear_cache(rng: np.random.RandomState, n_prev: int, n: int, m: int) -> list:
    """[dZ (n, m), (A_prev, W, b)]."""
    return [rng.randn(n, m), tuple(linear_inputs(rng, n_prev, n, m))]


def layer_cache(rng: np.random.RandomState, kind: str, *sizes: int) -> list:
    """[dA (n, m), ((A_prev, W, b), Z), kind of the activation]; sizes: n_prev, n, m"""
    A_prev, W, b = linear_inputs(rng, *sizes)
    A, cache = dense(A_prev, W, b, kind)
    return [rng.randn(*A.shape), cache, kind]


def outputs_and_labels(rng: np.random.RandomState, m: int, label: int | None = None) -> list:
    """[AL (1, m), Y (1, m)]; label: of all examples, where they do not differ"""
    Y = draw_labels(rng, m) if label is None else np.full((1, m), label)
    return [rng.uniform(0.05, 0.95, (1, m)), Y]


def forward_inputs(rng: np.random.RandomState, sizes: Sizes, m: int) -> list:
    """[X, parameters]."""
    X, _, parameters = draw_deep_network(rng, sizes, m)
    return [X, parameters]


def backward_inputs(rng: np.random.RandomState, sizes: Sizes, m: int) -> list:
    """[AL, Y, caches] of a forward pass."""
    X, Y, parameters = draw_deep_network(rng, sizes, m)
    AL, caches = chain(X, parameters)
    return [AL, Y, caches]


def step_inputs(rng: np.random.RandomState, sizes: Sizes, learning_rate: float) -> list:
    """[parameters, grads, learning_rate]; grads hold dA0, dA1, ... too, as those of a network."""
    slopes = draw_slopes(rng, sizes)
    signals = {f"dA{layer}": rng.randn(units, 3) for layer, units in enumerate(sizes[:-1])}
    return [draw_parameters(rng, sizes), slopes | signals, learning_rate]


def model_inputs(
    rng: np.random.RandomState, sizes: Sizes, m: int, learning_rate: float, steps: int
) -> list:
    """[X, Y, layers_dims, learning_rate, num_iterations]."""
    return [rng.randn(sizes[0], m), draw_labels(rng, m), list(sizes), learning_rate, steps]


def draw_deep_network(rng: np.random.RandomState, sizes: Sizes, m: int) -> Network:
    """X (n0, m), Y (1, m), parameters of a network in which everything can be seen.

    No output is near 0 or 1, so that log(1 - AL) and 1 / (1 - AL) keep their digits in any order of
    operations. Some hidden unit of every layer is silent for some examples, and no gradient is 0.
    """
    while True:
        X, Y, parameters = draw_network(rng, sizes, m)
        AL, caches = chain(X, parameters)
        is_bent = all((Z < 0).any() and (Z > 0).any() for _, Z in caches[:-1])
        if is_bent and MIN_OUTPUT < AL.min() and AL.max() < MAX_OUTPUT:
            gradients = chain_slopes(AL, Y, caches)
            if min(map(np.linalg.norm, gradients.values())) > SMALLEST_GRADIENT:
                return X, Y, parameters
