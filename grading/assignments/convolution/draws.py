"""Inputs of the cases on convolution, drawn from a legacy random stream.

The places of a window are those of the forward pass, so that dZ and dA have the right shape. No two
numbers of a picture are equal: which of two is the largest is never the question.
"""

from typing import NamedTuple

import numpy as np


class Layer(NamedTuple):
    """Sizes of a layer. shape: of the pictures, (m, height, width, channels); kinds: of filters"""

    shape: tuple[int, int, int, int]
    f: int
    stride: int
    pad: int = 0
    kinds: int = 0

    def places(self) -> tuple[int, int]:
        """Rows and columns of the output."""
        _, height, width, _ = self.shape
        rows, columns = (
            (size + 2 * self.pad - self.f) // self.stride + 1 for size in (height, width)
        )
        return rows, columns


def pictures(rng: np.random.RandomState, shape: tuple[int, ...], pad: int) -> list:
    """[X, pad]."""
    return [rng.randn(*shape), pad]


def window_and_filter(rng: np.random.RandomState, *shape: int) -> list:
    """[a_slice_prev, W, b (1, 1, 1)], the first two of this shape."""
    return [rng.randn(*shape), rng.randn(*shape), rng.randn(1, 1, 1)]


def conv_inputs(rng: np.random.RandomState, layer: Layer) -> list:
    """[A_prev, W, b, hparameters]."""
    W = rng.randn(layer.f, layer.f, layer.shape[3], layer.kinds)
    b = rng.randn(1, 1, 1, layer.kinds)
    return [rng.randn(*layer.shape), W, b, {"stride": layer.stride, "pad": layer.pad}]


def conv_back_inputs(rng: np.random.RandomState, layer: Layer) -> list:
    """[dZ, (A_prev, W, b, hparameters)]."""
    kept = tuple(conv_inputs(rng, layer))
    return [rng.randn(layer.shape[0], *layer.places(), layer.kinds), kept]


def pool_inputs(
    rng: np.random.RandomState, layer: Layer, mode: str, *, negative: bool = False
) -> list:
    """[A_prev, hparameters, mode]. negative: whether all numbers of A_prev are"""
    A_prev = rng.randn(*layer.shape)
    if negative:
        A_prev = -0.1 - np.abs(A_prev)
    return [A_prev, {"f": layer.f, "stride": layer.stride}, mode]


def negative_pool_inputs(rng: np.random.RandomState, layer: Layer, mode: str) -> list:
    """As `pool_inputs`, with numbers below zero alone."""
    return pool_inputs(rng, layer, mode, negative=True)


def pool_back_inputs(
    rng: np.random.RandomState, layer: Layer, mode: str, *, negative: bool = False
) -> list:
    """[dA, (A_prev, hparameters), mode]. negative: whether all numbers of A_prev are"""
    A_prev, hparameters, _ = pool_inputs(rng, layer, mode, negative=negative)
    m, _, _, channels = layer.shape
    return [rng.randn(m, *layer.places(), channels), (A_prev, hparameters), mode]


def negative_pool_back_inputs(rng: np.random.RandomState, layer: Layer, mode: str) -> list:
    """As `pool_back_inputs`, with pictures of numbers below zero alone."""
    return pool_back_inputs(rng, layer, mode, negative=True)


def window(rng: np.random.RandomState, *shape: int) -> list:
    """[x], with numbers of both signs; the largest by absolute value is negative."""
    while True:
        x = rng.randn(*shape)
        if -x.min() > x.max() > 0:
            return [x]


def bright_window(rng: np.random.RandomState, *shape: int) -> list:
    """[x], with numbers of both signs; the largest by absolute value is positive."""
    return [-window(rng, *shape)[0]]


def negative_window(rng: np.random.RandomState, *shape: int) -> list:
    """[x], with numbers below zero alone."""
    return [-0.1 - np.abs(rng.randn(*shape))]


def share(rng: np.random.RandomState, *shape: int) -> list:
    """[dz, shape]."""
    return [float(rng.uniform(1, 9) * rng.choice([-1, 1])), shape]


def whole_share(rng: np.random.RandomState, *shape: int) -> list:
    """[dz, shape]; dz is a whole number that no number of places divides."""
    places = int(np.prod(shape))
    return [places * int(rng.randint(1, 5)) + int(rng.randint(1, places)), shape]
