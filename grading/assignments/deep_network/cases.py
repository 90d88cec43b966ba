"""Hidden cases of the assignment on deep networks.

Right versions of the other exercises stand in for those that a function calls, so that no mistake
is paid for twice.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from course_utils.assignments.deep_network.example_parts import (
    LAYER,
    LAYER_BACK,
    LINEAR,
    LINEAR_BACK,
    PARTS,
)
from grading.assignments.case import Case, Inputs, drawn
from grading.assignments.deep_network.draws import (
    backward_inputs,
    forward_inputs,
    layer_cache,
    layer_inputs,
    layer_sizes,
    linear_cache,
    linear_inputs,
    model_inputs,
    outputs_and_labels,
    step_inputs,
)
from grading.assignments.random_networks import Sizes

GUARD = "some add 1e-8 inside the logarithm, or keep AL that far from 0 and 1: that is no mistake"
# Sizes of the layers, examples. What a network returns first is tested on all of them, the rest of
# it on the deepest: each test calls the function anew.
DEPTHS: dict[str, tuple[Sizes, int]] = {
    "one layer": ((4, 1), 6),
    "two layers": ((5, 3, 1), 7),
    "three layers": ((3, 6, 2, 1), 8),
    "deep/four layers": ((6, 5, 4, 2, 1), 3),
}
LAYER_SIZES = {"sigmoid": (3, 5, 4), "relu": (6, 2, 7)}  # units before, units, examples
SQUARE: Sizes = (3, 3, 3, 1)

Draw = Callable[..., list]
Stubs = dict[str, Callable]


def _start(which: str, sizes: list[int]) -> Case:
    return Case(
        name=f"start/layers/{which}",
        function="initialize_parameters_deep",
        inputs=lambda rng: [list(sizes)],
        seed=0,
        fresh_inputs=partial(layer_sizes, depth=len(sizes) - 1),
    )


def _cost(name: str, seed: int, m: int, label: int | None = None) -> Case:
    inputs = drawn(outputs_and_labels, m, label)
    return Case(f"cost/{name}", "compute_cost", inputs, seed, rtol=1e-6, reason=GUARD)


def _step(name: str, seed: int, sizes: Sizes, *, learning_rate: float) -> Case:
    inputs = drawn(step_inputs, sizes, learning_rate)
    return Case(f"step/{name}", "update_parameters", inputs, seed)


def _model(name: str, seed: int, sizes: Sizes, *, m: int, learning_rate: float, steps: int) -> Case:
    inputs: Inputs = drawn(model_inputs, sizes, m, learning_rate, steps)
    return Case(f"model/{name}", "L_layer_model", inputs, seed, stubs=PARTS)


def _layers(group: str, function: str, seed: int, draw: Draw, stubs: Stubs) -> list[Case]:
    """A layer that grows, by sigmoid, and one that shrinks, by relu."""
    return [
        Case(f"{group}/{kind}/layer", function, drawn(draw, kind, *sizes), seed + at, stubs=stubs)
        for at, (kind, sizes) in enumerate(LAYER_SIZES.items())
    ]


def _networks(group: str, function: str, seed: int, draw: Draw, stubs: Stubs) -> list[Case]:
    """Networks of 1 to 4 layers."""
    return [
        Case(
            f"{group}/{which}", function, drawn(draw, *network), seed + len(network[0]), stubs=stubs
        )
        for which, network in DEPTHS.items()
    ]


CASES = [
    _start("one layer", [4, 3]),
    _start("four layers", [6, 5, 3, 2, 4]),
    Case("linear/forward/many/units", "linear_forward", drawn(linear_inputs, 3, 4, 5), 11),
    Case("linear/forward/one example", "linear_forward", drawn(linear_inputs, 4, 3, 1), 13),
    *_layers("layer", "linear_activation_forward", 21, layer_inputs, LINEAR),
    *_networks("forward/layers", "L_model_forward", 30, forward_inputs, LAYER),
    _cost("mixed/many", 42, 60),
    _cost("alike/zeros", 43, 4, label=0),
    _cost("alike/ones", 44, 7, label=1),
    Case("linear/backward/many/units", "linear_backward", drawn(linear_cache, 3, 4, 5), 51),
    Case("linear/backward/one example", "linear_backward", drawn(linear_cache, 2, 3, 1), 53),
    *_layers("layer_back", "linear_activation_backward", 61, layer_cache, LINEAR_BACK),
    *_networks("backward/layers", "L_model_backward", 70, backward_inputs, LAYER_BACK),
    _step("layers/one layer", 82, (4, 1), learning_rate=0.7),
    _step("layers/four layers", 85, (6, 5, 4, 2, 1), learning_rate=2.5),
    _model("layers/one layer", 91, (4, 1), m=6, learning_rate=0.5, steps=2),
    _model("layers/three layers", 92, (5, 4, 3, 1), m=7, learning_rate=0.3, steps=3),
    _model("rates/two layers", 93, (3, 5, 1), m=8, learning_rate=1.2, steps=4),
    _model("rates/four layers", 94, (2, 6, 4, 3, 1), m=5, learning_rate=0.05, steps=1),
]

# Where sizes are equal, wrong axes and wrong layers raise no error and give numbers of their own.
PROBES = [
    replace(_cost("few", 41, 5), name="probe/cost/few"),
    Case("probe/linear/square", "linear_forward", drawn(linear_inputs, 3, 3, 3), 14),
    Case(
        "probe/layer/square",
        "linear_activation_forward",
        drawn(layer_inputs, "relu", 3, 3, 3),
        23,
        stubs=LINEAR,
    ),
    Case(
        "probe/forward/square", "L_model_forward", drawn(forward_inputs, SQUARE, 3), 35, stubs=LAYER
    ),
    Case("probe/linear_back/square", "linear_backward", drawn(linear_cache, 3, 3, 3), 54),
    Case(
        "probe/layer_back/square",
        "linear_activation_backward",
        drawn(layer_cache, "relu", 3, 3, 3),
        63,
        stubs=LINEAR_BACK,
    ),
    Case(
        "probe/backward/square",
        "L_model_backward",
        drawn(backward_inputs, SQUARE, 3),
        75,
        stubs=LAYER_BACK,
    ),
    Case("probe/start/square", "initialize_parameters_deep", lambda rng: [[3, 3, 3]], 0),
    Case("probe/linear/one unit", "linear_forward", drawn(linear_inputs, 5, 1, 3), 12),
    Case("probe/linear_back/many inputs", "linear_backward", drawn(linear_cache, 6, 2, 3), 52),
    Case("probe/linear_back/one unit", "linear_backward", drawn(linear_cache, 4, 1, 3), 55),
    replace(_model("x", 95, (3, 1), m=5, learning_rate=0.5, steps=102), name="probe/model/many"),
]
