"""The inputs of the public examples on optimization methods.

The parameters are those of a 3-2-1 network, or of the `sizes` that are given. No two sizes are
equal, and neither v nor s is zero, so that no slip stays hidden.
"""

import numpy as np

from course_utils.assignments.example_networks import draw_parameters

SIZES = (3, 2, 1)


def step_case(sizes=SIZES, seed=1, learning_rate=0.1):
    """[parameters, grads, learning_rate]"""
    rng = np.random.RandomState(seed)
    return [draw_parameters(rng, sizes), draw_parameters(rng, sizes, "d"), learning_rate]


def momentum_case(sizes=SIZES, seed=2, beta=0.8, learning_rate=0.1):
    """[parameters, grads, v, beta, learning_rate]"""
    rng = np.random.RandomState(seed)
    arrays = [draw_parameters(rng, sizes, prefix) for prefix in ("", "d", "d")]
    return [*arrays, beta, learning_rate]


def adam_case(sizes=SIZES, seed=3, t=3):
    """[parameters, grads, v, s, t]"""
    rng = np.random.RandomState(seed)
    parameters, grads, v = (draw_parameters(rng, sizes, prefix) for prefix in ("", "d", "d"))
    return [parameters, grads, v, {key: rng.uniform(0.02, 1, a.shape) for key, a in v.items()}, t]


def parameters_case(sizes=SIZES, seed=4):
    """[parameters]"""
    return [draw_parameters(np.random.RandomState(seed), sizes)]


def no_averages():
    """Of `parameters_case`: zeros for every parameter."""
    (parameters,) = parameters_case()
    return {f"d{name}": np.zeros(value.shape) for name, value in parameters.items()}


def batch_case(features=2, m=7, *rest):
    """[X (features, m), Y (1, m), and what is in `rest`].

    The first row of X counts from 0, so columns are known; the others are its powers, so that no
    two columns differ by one number. In the public example no batch has one label only, and with
    another seed none has its labels the other way round.
    """
    columns = np.arange(float(m))
    X = np.stack([columns**power for power in range(1, features + 1)])
    return [X, np.isin(columns, (0, 2, 4)).astype(int)[None], *rest]


def names_of_batches(count):
    """The parts of a list of pairs, so many: X of batch 0, Y of batch 0, X of batch 1, ..."""
    return [f"{'XY'[place % 2]} of batch {place // 2}" for place in range(count)]


def moved_and_averages(result):
    """Of what Adam returns, the parameters, v and s; the two corrected averages may follow."""
    is_whole = isinstance(result, (tuple, list)) and len(result) == 5
    return tuple(result[:3]) if is_whole else result
