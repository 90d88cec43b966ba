"""Hidden cases of the assignment on convolution.

Small pictures, since loops are slow: each case calls a filter at most 120 times. Right versions of
the other exercises stand in for those that a function calls, so that no mistake is paid for twice.
"""

from collections.abc import Callable

from course_utils.assignments.convolution.example_parts import BACK, FORWARD, POOL_BACK
from grading.assignments.case import Case, drawn
from grading.assignments.convolution.draws import (
    Layer,
    bright_window,
    conv_back_inputs,
    conv_inputs,
    negative_pool_back_inputs,
    negative_pool_inputs,
    negative_window,
    pictures,
    pool_back_inputs,
    pool_inputs,
    share,
    whole_share,
    window,
    window_and_filter,
)

ONE = {
    "with a frame": (Layer((2, 3, 5, 4), f=2, stride=1, pad=1, kinds=3), 31),
    "without a frame": (Layer((3, 5, 4, 2), f=3, stride=1, pad=0, kinds=4), 32),
}
STRIDES = {
    "two": (Layer((2, 3, 6, 4), f=3, stride=2, pad=1, kinds=5), 33),  # a column is left
    "three": (Layer((3, 7, 4, 3), f=2, stride=3, pad=1, kinds=2), 34),
}
BACK_LAYERS = {
    **STRIDES,
    "overlap": (Layer((2, 3, 2, 4), f=2, stride=1, pad=1, kinds=3), 53),
}
POOLS = {
    "one": (Layer((2, 4, 6, 3), f=3, stride=1), 41),
    "two": (Layer((3, 5, 8, 2), f=3, stride=2), 42),  # a column is left
    "three": (Layer((2, 7, 5, 4), f=2, stride=3), 43),
}
BELOW_ZERO = {"below zero": (Layer((2, 5, 7, 3), f=2, stride=2), 44)}
NO_STUBS: dict[str, Callable] = {}
SQUARE = Layer((3, 3, 3, 3), f=3, stride=1, pad=1, kinds=3)


def _layers(
    group: str,
    function: str,
    draw: Callable[..., list],
    layers: dict[str, tuple[Layer, int]],
    *mode: str,
    shift: int = 0,
    stubs: dict[str, Callable] = NO_STUBS,
) -> list[Case]:
    """A case for each layer. mode: of pooling; shift: of the layers' seeds"""
    return [
        Case(f"{group}/{which}", function, drawn(draw, layer, *mode), seed + shift, stubs=stubs)
        for which, (layer, seed) in layers.items()
    ]


CASES = [
    Case("pad/frames/one", "zero_pad", drawn(pictures, (2, 3, 5, 4), 1), 11),
    Case("pad/frames/two", "zero_pad", drawn(pictures, (3, 4, 2, 1), 2), 12),
    Case("pad/frames/three", "zero_pad", drawn(pictures, (1, 2, 4, 3), 3), 13),
    Case("step/sizes/two", "conv_single_step", drawn(window_and_filter, 2, 2, 5), 21),
    Case("step/sizes/three", "conv_single_step", drawn(window_and_filter, 3, 3, 4), 22),
    Case("step/sizes/one channel", "conv_single_step", drawn(window_and_filter, 4, 4, 1), 23),
    *_layers("forward/one", "conv_forward", conv_inputs, ONE, stubs=FORWARD),
    *_layers("forward/strides", "conv_forward", conv_inputs, STRIDES, stubs=FORWARD),
    *_layers("pool/max", "pool_forward", pool_inputs, POOLS, "max"),
    *_layers("pool/max", "pool_forward", negative_pool_inputs, BELOW_ZERO, "max"),
    *_layers("pool/average", "pool_forward", pool_inputs, POOLS, "average"),
    *_layers("back/strides", "conv_backward", conv_back_inputs, BACK_LAYERS, stubs=BACK),
    Case("mask/windows/wide", "create_mask_from_window", drawn(window, 2, 4), 61),
    Case("mask/windows/square", "create_mask_from_window", drawn(bright_window, 3, 3), 62),
    Case("mask/windows/below zero", "create_mask_from_window", drawn(negative_window, 3, 2), 63),
    Case("share/shapes/wide", "distribute_value", drawn(share, 2, 5), 71),
    Case("share/shapes/tall", "distribute_value", drawn(share, 4, 3), 72),
    Case("share/shapes/whole number", "distribute_value", drawn(whole_share, 3, 2), 73),
    *_layers(
        "pool_back/max", "pool_backward", pool_back_inputs, POOLS, "max", shift=40, stubs=POOL_BACK
    ),
    *_layers(
        "pool_back/max",
        "pool_backward",
        negative_pool_back_inputs,
        BELOW_ZERO,
        "max",
        shift=40,
        stubs=POOL_BACK,
    ),
    *_layers(
        "pool_back/average",
        "pool_backward",
        pool_back_inputs,
        POOLS,
        "average",
        shift=50,
        stubs=POOL_BACK,
    ),
]

# Where sizes are equal, wrong axes raise no error and give numbers of their own.
PROBES = [
    Case("probe/step/square", "conv_single_step", drawn(window_and_filter, 3, 3, 3), 24),
    Case("probe/forward/square", "conv_forward", drawn(conv_inputs, SQUARE), 35, stubs=FORWARD),
    Case("probe/back/square", "conv_backward", drawn(conv_back_inputs, SQUARE), 54, stubs=BACK),
    Case(
        "probe/pool_back/square",
        "pool_backward",
        drawn(pool_back_inputs, Layer((3, 5, 5, 3), f=3, stride=1), "max"),
        95,
        stubs=POOL_BACK,
    ),
]
