"""Hidden cases of the assignment on optimization methods."""

from typing import Any

from grading.assignments.case import Case, Inputs, drawn
from grading.assignments.optimization.draws import (
    adam_inputs,
    batch_inputs,
    decay_inputs,
    idle_adam_inputs,
    momentum_inputs,
    parameters_of,
    step_inputs,
)
from grading.assignments.random_networks import Sizes

DEPTHS: dict[str, Sizes] = {
    "one layer": (4, 1),
    "two layers": (5, 3, 2),
    "four layers": (6, 5, 4, 2, 1),
}
RATES = (0.3, 0.04, 1.5)
BETAS = (0.9, 0.6, 0.25)
BATCHES = {  # by which test: name -> features, m, mini_batch_size, seed
    "whole": {"three": (4, 12, 4, 3), "two": (2, 10, 5, 11)},
    "rest": {"three and two": (3, 11, 3, 5), "one and four": (5, 9, 5, 1)},
    "few": {"fewer than a batch": (3, 5, 8, 2), "batches of one": (2, 4, 1, 7)},
}


def _adam(name: str, seed: int, inputs: Inputs, **keywords: float) -> Case:
    return Case(f"adam/{name}", "update_parameters_with_adam", inputs, seed, keywords=keywords)


def _decay(name: str, seed: int, *epoch_and_interval: int) -> Case:
    function = "update_lr" if name.startswith("decay") else "schedule_lr_decay"
    return Case(name, function, drawn(decay_inputs, *epoch_and_interval), seed)


def _layers(group: str, function: str, seed: int, draw: Any, *rests: tuple) -> list[Case]:
    """One case for each of DEPTHS; rests: what follows the sizes, for each"""
    return [
        Case(f"{group}/layers/{which}", function, drawn(draw, sizes, *rest), seed + number)
        for number, ((which, sizes), rest) in enumerate(zip(DEPTHS.items(), rests))
    ]


CASES = [
    *_layers("gd", "update_parameters_with_gd", 10, step_inputs, *((rate,) for rate in RATES)),
    *(
        Case(f"batches/{group}/{which}", "random_mini_batches", drawn(batch_inputs, *sizes), seed)
        for group, kinds in BATCHES.items()
        for seed, (which, sizes) in enumerate(kinds.items(), start=20)
    ),
    Case("batches/rest/defaults", "random_mini_batches", drawn(batch_inputs, 2, 70), 26),
    *_layers("velocity", "initialize_velocity", 30, parameters_of, (), (), ()),
    *_layers(
        "momentum", "update_parameters_with_momentum", 40, momentum_inputs, *zip(BETAS, RATES)
    ),
    *_layers("adam_start", "initialize_adam", 50, parameters_of, (), (), ()),
    _adam("layers/first step", 60, drawn(adam_inputs, (4, 1), 1), learning_rate=0.3),
    _adam("layers/seventh step", 61, drawn(adam_inputs, (5, 3, 2), 7), beta1=0.7, beta2=0.95),
    _adam("layers/later step", 62, drawn(adam_inputs, (6, 4, 2, 1), 30), beta1=0.85, beta2=0.97),
    _adam("epsilon/large", 63, drawn(adam_inputs, (3, 2), 7), epsilon=1e-2, learning_rate=0.2),
    _adam("epsilon/idle", 64, drawn(idle_adam_inputs, (2, 4, 1), 3), learning_rate=0.1),
    _decay("decay/epochs/first", 70, 0),
    _decay("decay/epochs/next", 71, 1),
    _decay("decay/epochs/later", 72, 37),
    _decay("schedule/edges/before", 80, 999),
    _decay("schedule/edges/at", 81, 1000),
    _decay("schedule/edges/after", 82, 1001),
    _decay("schedule/edges/other interval", 83, 209, 70),
    _decay("schedule/within/first", 84, 320),
    _decay("schedule/within/second", 85, 1500),
    _decay("schedule/within/other interval", 86, 253, 60),
]

# Where sizes are equal, wrong shapes and wrong layers raise no error and give numbers of their own.
SQUARE: Sizes = (3, 3, 3)
PROBES = [
    Case("probe/gd/square", "update_parameters_with_gd", drawn(step_inputs, SQUARE, 0.7), 90),
    Case(
        "probe/momentum/square",
        "update_parameters_with_momentum",
        drawn(momentum_inputs, SQUARE, 0.8, 0.7),
        91,
    ),
    Case("probe/velocity/square", "initialize_velocity", drawn(parameters_of, SQUARE), 92),
    Case("probe/adam_start/square", "initialize_adam", drawn(parameters_of, SQUARE), 93),
    Case("probe/adam/square", "update_parameters_with_adam", drawn(adam_inputs, SQUARE, 5), 94),
    _decay("probe/schedule/third", 96, 2700),
    Case("probe/batches/one", "random_mini_batches", drawn(batch_inputs, 3, 1, 4, 0), 95),
]
