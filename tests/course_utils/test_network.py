"""Forward and backward propagation, cost and prediction, against independent oracles."""

import itertools

import numpy as np
import pytest
from scipy.optimize import check_grad
from sklearn.metrics import log_loss

from course_utils.deep import chain, chain_slopes
from course_utils.network import (
    accuracy,
    backward_propagation,
    compute_cost,
    cross_entropy,
    forward_propagation,
    predict,
    shifted,
    xavier_parameters,
)
from course_utils.vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary


def draw(sizes, m, seed=0):
    rng = np.random.RandomState(seed)
    parameters = xavier_parameters(sizes, seed)
    for key in parameters:
        parameters[key] = parameters[key] + 0.1 * rng.randn(*parameters[key].shape)
    return rng.randn(sizes[0], m), rng.randint(0, 2, (1, m)), parameters


def slow_output(x, parameters):
    """The output for one example, unit by unit in plain Python."""
    a, layers = list(x), len(parameters) // 2
    for layer in range(1, layers + 1):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        z = [sum(W[i, j] * a[j] for j in range(len(a))) + b[i, 0] for i in range(len(W))]
        a = [max(0.0, v) if layer < layers else 1 / (1 + np.exp(-v)) for v in z]
    return a[0]


@pytest.mark.parametrize("sizes", [(2, 3, 2, 1), (4, 1), (3, 4, 5, 2, 1)])
def test_forward_propagation_is_the_slow_loop(sizes):
    X, _, parameters = draw(sizes, 6)
    expected = [[slow_output(X[:, i], parameters) for i in range(6)]]
    np.testing.assert_allclose(chain(X, parameters)[0], expected, rtol=1e-12)
    if len(sizes) == 4:
        np.testing.assert_allclose(forward_propagation(X, parameters)[0], expected, rtol=1e-12)


@pytest.mark.parametrize("sizes", [(2, 3, 2, 1), (4, 1), (3, 4, 5, 2, 1)])
def test_backward_propagation_is_the_derivative_of_the_cost(sizes):
    X, Y, parameters = draw(sizes, 6)
    theta, _ = dictionary_to_vector(parameters)

    def cost(flat):
        return compute_cost(chain(X, vector_to_dictionary(flat, parameters))[0], Y)

    AL, caches = chain(X, parameters)
    deep = gradients_to_vector(chain_slopes(AL, Y, caches))
    assert check_grad(cost, lambda flat: deep.ravel(), theta.ravel()) < 1e-6
    if len(sizes) == 4:
        shallow = backward_propagation(X, Y, forward_propagation(X, parameters)[1])
        np.testing.assert_allclose(gradients_to_vector(shallow), deep, rtol=1e-12)


def test_backward_propagation_names_every_gradient_with_the_shape_of_its_array():
    X, Y, parameters = draw((2, 3, 4, 1), 6)
    _, cache = forward_propagation(X, parameters)
    named = dict(
        zip(("Z1", "A1", "W1", "b1", "Z2", "A2", "W2", "b2", "Z3", "A3", "W3", "b3"), cache)
    )
    gradients = backward_propagation(X, Y, cache)
    assert set(gradients) == {f"d{key}" for key in named} - {"dA3"}
    assert all(gradients[f"d{key}"].shape == named[key].shape for key in named if key != "A3")


def test_cost_agrees_with_sklearn():
    rng = np.random.RandomState(3)
    A, Y = rng.uniform(0.01, 0.99, (1, 20)), rng.randint(0, 2, (1, 20))
    for cost in (compute_cost, cross_entropy):
        assert cost(A, Y) == pytest.approx(log_loss(Y[0], A[0]), rel=1e-12)


@pytest.mark.parametrize(("a", "y"), list(itertools.product((0.0, 1.0), (0, 1))))
def test_a_saturated_output_costs_nothing_or_a_finite_amount(a, y):
    A, Y = np.array([[a]]), np.array([[y]])
    assert cross_entropy(A, Y) == (0 if a == y else np.inf)
    assert compute_cost(A, Y) == pytest.approx(0 if a == y else 53 * np.log(2), abs=2e-16)


def test_update_steps_against_the_gradient_and_leaves_the_old_parameters():
    parameters = {"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])}
    gradients = {
        "dW1": np.array([[10.0, -10.0]]),
        "db1": np.array([[1.0]]),
        "dZ1": np.zeros((1, 4)),
    }
    updated = shifted(parameters, gradients, -0.1)
    np.testing.assert_allclose(updated["W1"], [[0.0, 3.0]])
    np.testing.assert_allclose(updated["b1"], [[2.9]])
    np.testing.assert_array_equal(parameters["W1"], [[1.0, 2.0]])


def test_predict_and_accuracy():
    parameters = {"W1": np.array([[1.0]]), "b1": np.array([[0.0]])}
    X = np.array([[-2.0, -0.1, 0.1, 2.0]])
    np.testing.assert_array_equal(predict(X, parameters), [[0, 0, 1, 1]])
    assert accuracy(X, np.array([[0, 1, 1, 1]]), parameters) == 0.75


def test_xavier_parameters_have_the_shapes_and_the_variance():
    parameters = xavier_parameters((400, 300, 1), seed=0)
    shapes = {"W1": (300, 400), "b1": (300, 1), "W2": (1, 300), "b2": (1, 1)}
    assert {key: value.shape for key, value in parameters.items()} == shapes
    # 120,000 draws: one standard deviation is 0.4 %
    assert parameters["W1"].var() == pytest.approx(1 / 400, rel=0.02)
    assert not parameters["b1"].any()
