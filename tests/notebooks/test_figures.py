"""The published figures of the classic exercises come out of the notebooks' own solutions."""

import json
from pathlib import Path

import numpy as np
import pytest

from course_utils.assignments.example_networks import (
    checked_network,
    cost_case,
    dropout_cache,
    small_network,
)
from course_utils.datasets import load_circles
from course_utils.network import accuracy, cross_entropy, forward_propagation, xavier_parameters
from course_utils.training import model
from course_utils.vectors import GRADIENT_THRESHOLD
from tests.harness import solution

FIGURES = json.loads((Path(__file__).parent / "reference_figures.json").read_text())
CIRCLES, SMALL = FIGURES["circles"], FIGURES["small_cases"]
PRINTED = {"rtol": 0, "atol": 5.1e-9}  # the figures are printed to 8 decimals
# these were published with errors of single precision, up to 2e-7
SINGLE = {"rtol": 4e-7, "atol": 1e-8}


SIZES = [2, 10, 5, 1]


def by_solution(function):
    return lambda: solution(function)(SIZES)


def xavier():
    return xavier_parameters(SIZES, seed=1)


RUNS = {  # first weights, learning rate, steps
    "zeros": (by_solution("initialize_parameters_zeros"), 0.01, 15_000),
    "random_times_10_seed_3": (by_solution("initialize_parameters_random"), 0.01, 15_000),
    "he_seed_3": (by_solution("initialize_parameters_he"), 0.01, 15_000),
    "xavier_seed_1": (xavier, 0.01, 15_000),
    "xavier_seed_1_fast": (xavier, 0.1, 1_500),
}


@pytest.mark.parametrize(
    "name", [name for name, figure in CIRCLES.items() if isinstance(figure, dict)]
)
def test_training_on_the_circles(name):
    figure = CIRCLES[name]
    start, learning_rate, steps = RUNS[name]
    train_X, train_Y, test_X, test_Y = load_circles()
    run = model(
        train_X,
        train_Y,
        start(),
        learning_rate=learning_rate,
        num_iterations=steps,
        cost=lambda A, Y, parameters: cross_entropy(A, Y),
        every=figure.get("every", CIRCLES["every"]),
        progress=False,
    )
    published = [float(cost) for cost in figure["costs"]]
    rtol = figure.get("rtol", CIRCLES["xavier_seed_1"]["rtol"])
    np.testing.assert_allclose(run.costs, published, rtol=rtol)
    train = accuracy(train_X, train_Y, run.parameters)
    test = accuracy(test_X, test_Y, run.parameters)
    assert train == pytest.approx(figure["train_accuracy"], abs=1e-12)
    assert test == pytest.approx(figure["test_accuracy"], abs=1e-12)


@pytest.mark.parametrize("call", [call for call in SMALL if call.startswith("initialize_")])
def test_small_initializations(call):
    function, _, sizes = call.rstrip(")").partition("(")
    parameters = solution(function)(json.loads(sizes))
    assert set(parameters) == set(SMALL[call])
    for key, values in SMALL[call].items():
        np.testing.assert_allclose(parameters[key], values, **PRINTED)


def test_the_regularized_cost():
    cost = solution("compute_cost_with_regularization")(*cost_case(), 0.1)
    # rtol: A3 of this case is itself given to 8 decimals
    assert cost == pytest.approx(SMALL["regularized_case"]["cost"], rel=1e-12)


def test_the_gradients_with_l2():
    X, Y, parameters = small_network()
    figure = SMALL["backward_with_l2_case"]
    _, cache = forward_propagation(X, parameters)
    gradients = solution("backward_propagation_with_regularization")(X, Y, cache, figure["lambd"])
    for key in ("dW1", "dW2", "dW3"):
        np.testing.assert_allclose(gradients[key], figure[key], **SINGLE)


def test_the_forward_pass_with_dropout():
    X, _, parameters = small_network()
    figure = SMALL["forward_with_dropout_case"]
    A3, _ = solution("forward_propagation_with_dropout")(X, parameters, figure["keep_prob"])
    np.testing.assert_allclose(A3, figure["A3"], **PRINTED)


def test_the_backward_pass_with_dropout():
    X, Y, parameters = small_network()
    figure = SMALL["backward_with_dropout_case"]
    # the classic cache has keep_prob 0.5
    _, cache = solution("forward_propagation_with_dropout")(X, parameters, 0.5)
    gradients = solution("backward_propagation_with_dropout")(X, Y, cache, figure["keep_prob"])
    for key in ("dA1", "dA2"):
        np.testing.assert_allclose(gradients[key], figure[key], **PRINTED)
    # the visible check's example is this same case
    for shipped, computed in zip(dropout_cache()[2], cache):
        np.testing.assert_allclose(shipped, computed, rtol=0, atol=2e-8)


def test_gradient_checking_on_a_line():
    figure = SMALL["gradient_check_1d"]
    x, theta = figure["x"], figure["theta"]
    assert solution("forward_propagation")(x, theta) == figure["J"]
    assert solution("backward_propagation")(x, theta) == figure["dtheta"]
    # exact arithmetic but for the rounding of theta +- epsilon, which IEEE doubles fix
    assert solution("gradient_check")(x, theta) == pytest.approx(figure["difference"], rel=1e-9)


@pytest.mark.parametrize(
    ("figure", "spoiled", "rtol"),
    [
        ("with_planted_bugs(dW2 doubled, db1 times 4)", {"dW2": 2, "db1": 4}, 1e-8),
        # itself a rounding error, of logarithms that differ between machines
        ("repaired", {}, 1e-2),
    ],
)
def test_gradient_checking_of_the_network(figure, spoiled, rtol):
    X, Y, parameters = checked_network()
    _, cache = solution("forward_propagation_n")(X, Y, parameters)
    gradients = solution("backward_propagation_n")(X, Y, cache)
    for key, factor in spoiled.items():
        gradients[key] = gradients[key] * factor
    difference = solution("gradient_check_n")(parameters, gradients, X, Y)
    assert difference == pytest.approx(SMALL["gradient_check_n"][figure], rel=rtol)
    assert (difference > GRADIENT_THRESHOLD) == bool(spoiled)
