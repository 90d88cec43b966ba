"""The inputs of the public examples on convolution, and right parts that stand in for others.

Numbers have one decimal, so that the results can be written out; those of pooling are all
different, so that every window has one largest number.
"""

from collections.abc import Callable

import numpy as np

from course_utils.convolution import equal_shares, framed, response, winners

FORWARD: dict[str, Callable] = {"zero_pad": framed, "conv_single_step": response}
BACK: dict[str, Callable] = {"zero_pad": framed}
POOL_BACK: dict[str, Callable] = {
    "create_mask_from_window": winners,
    "distribute_value": equal_shares,
}


def short_numbers(rng, *shape):
    """Normal numbers with one decimal."""
    return rng.randn(*shape).round(1)


def different_numbers(rng, *shape):
    """Numbers with one decimal, of both signs, no two alike."""
    count = int(np.prod(shape))
    return (rng.permutation(count) - count // 2).reshape(shape) / 10


def pad_case(shape=(1, 2, 3, 2), pad=2, seed=1):
    """[X, pad]."""
    return [short_numbers(np.random.RandomState(seed), *shape), pad]


def step_case(shape=(2, 2, 3), seed=1):
    """[a_slice_prev, W, b]."""
    rng = np.random.RandomState(seed)
    return [short_numbers(rng, *shape), short_numbers(rng, *shape), short_numbers(rng, 1, 1, 1)]


def conv_case(shape=(2, 3, 5, 4), f=3, stride=2, *, pad=1, kinds=2, seed=1):
    """[A_prev, W, b, hparameters]."""
    rng = np.random.RandomState(seed)
    W, b = short_numbers(rng, f, f, shape[3], kinds), short_numbers(rng, 1, 1, 1, kinds)
    return [short_numbers(rng, *shape), W, b, {"stride": stride, "pad": pad}]


def conv_back_case(shape=(2, 3, 5, 1), f=3, stride=2, *, pad=1, kinds=4, seed=1):
    """[dZ, (A_prev, W, b, hparameters)]."""
    kept = tuple(conv_case(shape, f, stride, pad=pad, kinds=kinds, seed=seed))
    places = _places(shape, f, stride, pad)
    return [short_numbers(np.random.RandomState(seed + 1), shape[0], *places, kinds), kept]


def pool_case(mode="max", shape=(2, 5, 7, 2), f=3, stride=2, *, below=0, seed=1):
    """[A_prev, hparameters, mode]. below: what is taken off all numbers"""
    A_prev = different_numbers(np.random.RandomState(seed), *shape) - below
    return [A_prev, {"f": f, "stride": stride}, mode]


def pool_back_case(mode="max", shape=(2, 3, 5, 2), f=3, stride=2, *, below=0, seed=1):
    """[dA, (A_prev, hparameters), mode]."""
    A_prev, hparameters, _ = pool_case(mode, shape, f, stride, below=below, seed=seed)
    dA = (shape[0], *_places(shape, f, stride, 0), shape[3])
    return [short_numbers(np.random.RandomState(seed + 1), *dA), (A_prev, hparameters), mode]


def one_number(Z):
    """A number, where Z is an array that holds one."""
    return Z.item() if isinstance(Z, (np.ndarray, np.generic)) and Z.size == 1 else Z


def _places(shape, f, stride, pad):
    """Rows and columns of places at which a window fits."""
    return [(size - f + 2 * pad + stride) // stride for size in shape[1:3]]


def written(text, shape):
    """The numbers of a text as an array of this shape."""
    return np.array(text.split(), dtype=float).reshape(shape)
