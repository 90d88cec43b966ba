"""The parts of a deep network, against slow loops and numerical derivatives."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from course_utils.deep import affine, affine_slopes, chain, chain_slopes, dense, dense_slopes


def test_affine_is_the_slow_loop():
    rng = np.random.RandomState(1)
    A, W, b = rng.randn(3, 5), rng.randn(2, 3), rng.randn(2, 1)
    Z, _ = affine(A, W, b)
    for unit in range(2):
        for example in range(5):
            slow = b[unit, 0] + sum(W[unit, k] * A[k, example] for k in range(3))
            assert Z[unit, example] == pytest.approx(slow, rel=1e-14)


@pytest.mark.parametrize("part", ["A", "W", "b"])
def test_affine_slopes_is_the_derivative_of_the_mean(part):
    rng = np.random.RandomState(2)
    values = {"A": rng.randn(3, 5), "W": rng.randn(2, 3), "b": rng.randn(2, 1)}
    pull = rng.randn(2, 5)

    def mean_cost(flat):
        Z, _ = affine(**values | {part: flat.reshape(values[part].shape)})
        return np.sum(pull * Z) / 5

    dA, dW, db = affine_slopes(pull, affine(**values)[1])
    gradient = {"A": dA / 5, "W": dW, "b": db}[part]  # dA is per example, not of the mean
    assert check_grad(mean_cost, lambda flat: gradient.ravel(), values[part].ravel()) < 1e-6


@pytest.mark.parametrize("kind", ["relu", "sigmoid"])
def test_the_slopes_of_a_layer_are_those_of_its_activation(kind):
    rng = np.random.RandomState(3)
    W, b, pull = rng.randn(2, 3), rng.randn(2, 1), rng.randn(2, 4)
    A = rng.randn(3, 4)

    def total(flat):
        return np.sum(pull * dense(flat.reshape(3, 4), W, b, kind)[0])

    dA, _, _ = dense_slopes(pull, dense(A, W, b, kind)[1], kind)
    assert check_grad(total, lambda flat: dA.ravel(), A.ravel()) < 1e-6


def test_an_output_that_is_certain_and_wrong_has_slopes_that_are_no_numbers():
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    _, caches = chain(np.array([[0.5, -0.5]]), parameters)
    slopes = chain_slopes(np.array([[1.0, 0.0]]), np.array([[0.3, 0.2]]), caches)
    assert not np.isfinite(slopes["dW1"]).any()
