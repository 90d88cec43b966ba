"""The building blocks, against scipy's numerical derivatives and slow loops."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from course_utils.layers import (
    linear_backward,
    linear_forward,
    relu,
    relu_backward,
    sigmoid,
    sigmoid_backward,
)


def test_sigmoid_is_the_formula_and_does_not_overflow():
    Z = np.linspace(-5, 5, 11)
    np.testing.assert_allclose(sigmoid(Z), 1 / (1 + np.exp(-Z)), rtol=1e-15)
    np.testing.assert_array_equal(sigmoid(np.array([-1e4, 1e4])), [0, 1])


def test_relu_keeps_what_is_positive():
    np.testing.assert_array_equal(relu(np.array([[-2.0, 0.0, 3.5]])), [[0, 0, 3.5]])


@pytest.mark.parametrize(
    ("forward", "backward"), [(sigmoid, sigmoid_backward), (relu, relu_backward)]
)
def test_an_activation_s_backward_form_is_its_derivative(forward, backward):
    Z, dA = np.random.RandomState(0).randn(2, 12)
    error = check_grad(lambda z: dA @ forward(z), lambda z: backward(dA, z), Z)
    assert error < 1e-6  # scipy's one-sided difference with a step of 1.5e-8


def test_linear_forward_is_the_slow_loop():
    rng = np.random.RandomState(1)
    A, W, b = rng.randn(3, 5), rng.randn(2, 3), rng.randn(2, 1)
    Z, _ = linear_forward(A, W, b)
    for unit in range(2):
        for example in range(5):
            slow = b[unit, 0] + sum(W[unit, k] * A[k, example] for k in range(3))
            assert Z[unit, example] == pytest.approx(slow, rel=1e-14)


@pytest.mark.parametrize("part", ["A_prev", "W", "b"])
def test_linear_backward_is_the_derivative_of_the_mean(part):
    rng = np.random.RandomState(2)
    values = {"A_prev": rng.randn(3, 5), "W": rng.randn(2, 3), "b": rng.randn(2, 1)}
    pull = rng.randn(2, 5)

    def mean_cost(flat):
        Z, _ = linear_forward(**values | {part: flat.reshape(values[part].shape)})
        return np.sum(pull * Z) / 5

    dA, dW, db = linear_backward(pull, linear_forward(**values)[1])
    gradient = {"A_prev": dA / 5, "W": dW, "b": db}[part]  # dA is per example, not of the mean
    assert check_grad(mean_cost, lambda flat: gradient.ravel(), values[part].ravel()) < 1e-6
