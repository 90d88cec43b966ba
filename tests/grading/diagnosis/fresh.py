"""Inputs that no test and no diagnosis uses, of every kind that an exercise allows.

Two versions of a function that give different results on any input do so on one of these.
"""

import functools

from grading.assignments.case import Case
from grading.assignments.random_networks import draw_cache, draw_dropout_cache, draw_network
from grading.assignments.registry import known_assignments, load_cases
from grading.diagnosis.probes import probe_of

SEEDS = (101, 102)


def _sizes(rng):
    return (*rng.randint(1, 8, 3).tolist(), 1)


def _layers(rng):
    return [rng.randint(1, 9, rng.randint(2, 8)).tolist()]


def _cost(rng):
    X, Y, parameters = draw_network(rng, _sizes(rng), m := int(rng.randint(2, 15)))
    return [rng.uniform(0.02, 0.98, (1, m)), Y, parameters, float(rng.choice([0, 0.01, 1, 8.5]))]


def _plain_cache(rng):
    return draw_cache(rng, _sizes(rng), int(rng.randint(1, 15)))


def _forward(rng):
    X, _, parameters = draw_network(rng, _sizes(rng), int(rng.randint(1, 15)))
    return [X, parameters, float(rng.uniform(0.1, 1))]


def _backward(rng):
    keep_prob = float(rng.uniform(0.1, 1))
    return [*draw_dropout_cache(rng, _sizes(rng), int(rng.randint(1, 15)), keep_prob), keep_prob]


WIDE = {
    "initialize_parameters_zeros": _layers,
    "initialize_parameters_random": _layers,
    "initialize_parameters_he": _layers,
    "compute_cost_with_regularization": _cost,
    "backward_propagation_with_regularization": lambda rng: [
        *_plain_cache(rng),
        float(rng.uniform(0, 3)),
    ],
    "forward_propagation_with_dropout": _forward,
    "backward_propagation_with_dropout": _backward,
    "forward_propagation": lambda rng: rng.uniform(-20, 20, 2).tolist(),
    "backward_propagation": lambda rng: rng.uniform(-20, 20, 2).tolist(),
    "forward_propagation_n": lambda rng: list(draw_network(rng, _sizes(rng), 2)),
    "backward_propagation_n": _plain_cache,
}


@functools.cache
def fresh_probes(function):
    """The tests' own cases with other numbers, and where sizes are free, sizes no test has."""
    cases = [
        case
        for name in known_assignments()
        for case in load_cases(name)
        if case.function == function
    ]
    anew = [
        case.with_fresh_inputs(seed)
        for case in cases
        if case.use_fresh_inputs and case.use_as_probe
        for seed in SEEDS
    ]
    wide = [
        Case("wide", function, WIDE[function], seed) for seed in range(201, 213) if function in WIDE
    ]
    return tuple(probe_of(case) for case in [*anew, *wide])
