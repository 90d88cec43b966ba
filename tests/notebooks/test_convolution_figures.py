"""The published figures of all generations of the classic exercise on convolution."""

import json

import numpy as np
import pytest

from tests.harness import solution
from tests.notebooks.figures import agrees, drawn, figures_of

FIGURES = figures_of("convolution")["convolution"]
SEED = 1  # of all recipes

# By the name of a figure: (shape of A_prev, of W), stride, pad
LAYERS = {
    "2017": ((10, 4, 4, 3), (2, 2, 3, 8), 2, 2),
    "2019 v2a": ((10, 5, 7, 4), (3, 3, 4, 8), 2, 1),
    "2021": ((2, 5, 7, 4), (3, 3, 4, 8), 2, 1),
}


def forward(name, **other):
    A_shape, W_shape, stride, pad = LAYERS[name]
    inputs = drawn(SEED, A_shape, W_shape, (1, 1, 1, W_shape[3]))
    return solution("conv_forward")(*inputs, {"stride": stride, "pad": pad} | other)


@pytest.mark.parametrize("pad", [2, 3])
def test_zero_pad(pad):
    figure = FIGURES["zero_pad"][f"pad {pad}"]
    (X,) = drawn(SEED, (4, 3, 3, 2))
    padded = solution("zero_pad")(X, pad)
    assert list(padded.shape) == figure["expected"]["shape"]
    agrees(padded[0, pad], figure, "row [0, pad]")
    agrees(X[1, 1], figure, "x[1,1]")


def test_conv_single_step():
    inputs = drawn(SEED, (4, 4, 3), (4, 4, 3), (1, 1, 1))
    figures = FIGURES["conv_single_step"]
    agrees(solution("conv_single_step")(*inputs), figures["2017 v2 and 2021"], "Z")
    products = np.multiply(*inputs[:2]) + inputs[2]
    agrees(products.sum(), figures["2017 v1 (an error of the text)"], "Z")


@pytest.mark.parametrize("name", LAYERS)
def test_conv_forward(name):
    figure = FIGURES["conv_forward"][name]
    Z, cache = forward(name)
    agrees(Z.mean(), figure, "mean")
    place = next(key for key in figure["expected"] if key.startswith("Z"))
    agrees(Z[tuple(json.loads(place[1:]))], figure, place)
    if name == "2017":
        agrees(cache[0][1, 2, 3], figure, "cache[0][1,2,3]")


@pytest.mark.parametrize(("pad", "stride"), [(3, 1), (0, 2)])
def test_the_sizes_of_conv_forward(pad, stride):
    shapes = FIGURES["conv_forward"]["2021"]["shapes"]
    Z, _ = forward("2021", pad=pad, stride=stride)
    assert list(Z.shape) == shapes[f"pad {pad}, stride {stride}"]


def test_conv_backward():
    figure = FIGURES["conv_backward"]["classic"]
    for name, slopes in zip(("dA", "dW", "db"), solution("conv_backward")(*forward("2017"))):
        agrees(slopes.mean(), figure, f"{name} mean")


@pytest.mark.parametrize("mode", ["max", "average"])
def test_pool_forward(mode):
    pool = solution("pool_forward")
    (small,), (large,) = drawn(SEED, (2, 4, 4, 3)), drawn(SEED, (2, 5, 5, 3))
    A, _ = pool(small, {"f": 3, "stride": 2}, mode)
    agrees(A, FIGURES["pool_forward"]["2017"], mode)
    A, _ = pool(large, {"f": 3, "stride": 1}, mode)
    agrees(A[1, 1], FIGURES["pool_forward"]["2021"], f"1 {mode} [1,1]")
    A, _ = pool(large, {"f": 3, "stride": 2}, mode)
    picture = {"max": 0, "average": 1}[mode]
    agrees(A[picture], FIGURES["pool_forward"]["2021"], f"2 {mode} [{picture}]")


def test_create_mask_from_window():
    figures, mask = FIGURES["create_mask_from_window"], solution("create_mask_from_window")
    agrees(mask(drawn(SEED, (2, 3))[0]), figures["classic"], "mask")
    agrees(mask(np.array([[-1, 2, 3], [2, -3, 2], [1, 5, -2]])), figures["2021 second"], "mask")


def test_distribute_value():
    distribute_value = solution("distribute_value")
    agrees(distribute_value(2, (2, 2)), FIGURES["distribute_value"]["classic"], "a")
    np.testing.assert_array_equal(distribute_value(100, (10, 10)), np.ones((10, 10)))


@pytest.mark.parametrize("mode", ["max", "average"])
def test_pool_backward(mode):
    figure = FIGURES["pool_backward"]["classic"]
    A_prev, dA = drawn(SEED, (5, 5, 3, 2), (5, 4, 2, 2))
    _, cache = solution("pool_forward")(A_prev, {"f": 2, "stride": 1}, mode)
    agrees(dA.mean(), figure, "mean of dA")
    agrees(solution("pool_backward")(dA, cache, mode)[1, 1], figure, f"{mode} [1,1]")
