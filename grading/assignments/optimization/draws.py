"""Inputs of the cases on optimization methods, drawn from a legacy random stream.

`sizes` are the units of the layers (n0, n1, ..., nL), `m` is the number of examples.
"""

import numpy as np

from grading.assignments.random_networks import Sizes, draw_labels, draw_parameters, draw_slopes

SMALLEST_SQUARE, LARGEST_SQUARE = 0.02, 1.5  # of the average of squared gradients


def parameters_of(rng: np.random.RandomState, sizes: Sizes) -> list:
    """[parameters]."""
    return [draw_parameters(rng, sizes)]


def step_inputs(rng: np.random.RandomState, sizes: Sizes, learning_rate: float) -> list:
    """[parameters, grads, learning_rate]."""
    return [draw_parameters(rng, sizes), draw_slopes(rng, sizes), learning_rate]


def momentum_inputs(
    rng: np.random.RandomState, sizes: Sizes, beta: float, learning_rate: float
) -> list:
    """[parameters, grads, v, beta, learning_rate]; v is not zero."""
    parameters, grads = draw_parameters(rng, sizes), draw_slopes(rng, sizes)
    return [parameters, grads, draw_slopes(rng, sizes), beta, learning_rate]


def adam_inputs(rng: np.random.RandomState, sizes: Sizes, t: int) -> list:
    """[parameters, grads, v, s, t]; neither v nor s is zero."""
    parameters, grads = draw_parameters(rng, sizes), draw_slopes(rng, sizes)
    v = draw_slopes(rng, sizes)
    s = {key: rng.uniform(SMALLEST_SQUARE, LARGEST_SQUARE, value.shape) for key, value in v.items()}
    return [parameters, grads, v, s, t]


def idle_adam_inputs(rng: np.random.RandomState, sizes: Sizes, t: int) -> list:
    """The same, with one bias whose gradient has always been 0, as that of a silent unit is."""
    parameters, grads, v, s, t = adam_inputs(rng, sizes, t)
    for slopes in (grads, v, s):
        slopes["db1"][0] = 0
    return [parameters, grads, v, s, t]


def batch_inputs(rng: np.random.RandomState, features: int, m: int, *rest: int) -> list:
    """[X (features, m), Y (1, m), and what is in `rest`: mini_batch_size, seed]."""
    return [rng.randn(features, m), draw_labels(rng, m), *rest]


def decay_inputs(rng: np.random.RandomState, *epoch_and_interval: int) -> list:
    """[learning_rate0, epoch_num, decay_rate, and the interval where one is given]."""
    epoch, *interval = epoch_and_interval
    rate, decay = (round(float(value), 3) for value in rng.uniform((0.05, 0.2), (0.9, 0.9)))
    return [rate, epoch, decay, *interval]
