"""The building blocks, against scipy's numerical derivatives and slow loops."""

import numpy as np
import pytest
from scipy.optimize import check_grad

from course_utils.layers import (
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
