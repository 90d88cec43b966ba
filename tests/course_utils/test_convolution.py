"""The fast convolution and pooling, and the network made of them, against the solutions' loops."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from course_utils import convnet
from course_utils.convolution import (
    convolve,
    convolve_slopes,
    equal_shares,
    framed,
    pool,
    pool_slopes,
    response,
    winners,
)
from course_utils.datasets import load_digit_pictures, load_photo
from tests.harness import solution

# shape of the pictures, f, stride, pad, filters; in the second a row and a column are left over
LAYERS = [((2, 5, 7, 4), 3, 1, 2, 3), ((3, 6, 8, 2), 3, 2, 1, 5), ((2, 7, 4, 3), 2, 3, 0, 4)]


def drawn(shape, f, stride, pad, kinds):
    """A_prev, W, b, hparameters"""
    rng = np.random.RandomState(1)
    W, b = rng.randn(f, f, shape[3], kinds), rng.randn(1, 1, 1, kinds)
    return rng.randn(*shape), W, b, {"stride": stride, "pad": pad, "f": f}


def assert_same(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_convolution_is_that_of_the_loops(layer):
    inputs = drawn(*layer)
    Z, kept = convolve(*inputs)
    assert_same(Z, solution("conv_forward")(*inputs)[0])
    dZ = np.random.RandomState(2).randn(*Z.shape)
    for fast, slow in zip(convolve_slopes(dZ, kept), solution("conv_backward")(dZ, kept)):
        assert fast.shape == slow.shape
        assert_same(fast, slow)


@pytest.mark.parametrize("mode", ["max", "average"])
@pytest.mark.parametrize("layer", LAYERS)
def test_pooling_is_that_of_the_loops(layer, mode):
    A_prev, _, _, hparameters = drawn(*layer)
    A, kept = pool(A_prev, hparameters, mode)
    assert_same(A, solution("pool_forward")(A_prev, hparameters, mode)[0])
    dA = np.random.RandomState(2).randn(*A.shape)
    assert_same(pool_slopes(dA, kept, mode), solution("pool_backward")(dA, kept, mode))


def test_the_small_parts_are_those_of_the_exercises():
    rng = np.random.RandomState(3)
    X, window = rng.randn(2, 3, 4, 5), rng.randn(4, 3)
    a, W, b = rng.randn(2, 2, 3), rng.randn(2, 2, 3), rng.randn(1, 1, 1)
    assert_same(framed(X, 2), solution("zero_pad")(X, 2))
    assert_same(response(a, W, b), solution("conv_single_step")(a, W, b))
    assert_same(winners(window), solution("create_mask_from_window")(window))
    assert_same(equal_shares(7, (2, 5)), solution("distribute_value")(7, (2, 5)))


def test_a_window_without_its_channels_is_refused_by_its_shape():
    with pytest.raises(ValueError, match=r"shapes \(3,3\) \(3,3,3\)"):
        response(np.ones((3, 3)), np.ones((3, 3, 3)), 0)


@pytest.mark.parametrize("key", ["W", "b", "V", "c"])
def test_the_slopes_of_the_network_are_its_derivatives(key):
    rng, parameters = np.random.RandomState(4), convnet.digit_network(kinds=2)
    # no empty paper, on which all pixels of a window win
    X, Y, shape = rng.rand(5, 8, 8, 1), rng.randint(0, 10, 5), parameters[key].shape

    def both(flat):
        return convnet.slopes(X, Y, parameters | {key: flat.reshape(shape)})

    start = parameters[key].ravel()
    off = check_grad(lambda x: both(x)[0], lambda x: both(x)[1][key].ravel(), start)
    assert off < 1e-5


def test_the_network_learns_and_is_the_same_with_loops():
    digits, start = load_digit_pictures(), convnet.digit_network()
    names = ("conv_forward", "pool_forward", "conv_backward", "pool_backward")
    loops = convnet.Parts(*map(solution, names))
    few = digits.train_X[:3], digits.train_Y[:3], start
    (cost, slow), (_, fast) = convnet.slopes(*few, loops), convnet.slopes(*few)
    assert cost == pytest.approx(convnet.slopes(*few)[0])
    for key, value in slow.items():
        assert_same(fast[key], value)
    learned, costs = convnet.teach(digits.train_X, digits.train_Y, start, 150)
    assert np.mean(costs[-20:]) < costs[0] / 5
    assert convnet.share_read(digits.test_X, digits.test_Y, learned) > 0.85


def test_pictures_have_four_axes_and_numbers_from_0_to_1():
    digits, photo = load_digit_pictures(), load_photo()
    assert (digits.train_X.shape, digits.test_X.shape) == ((1200, 8, 8, 1), (597, 8, 8, 1))
    assert (digits.train_Y.shape, set(digits.test_Y)) == ((1200,), set(range(10)))
    assert photo.shape == (1, 85, 128, 1)
    for X in (digits.train_X, digits.test_X, photo):
        assert 0 <= X.min() < X.max() <= 1
