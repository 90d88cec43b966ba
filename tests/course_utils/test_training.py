"""Gradient descent: costs, progress, and nothing lost on interrupt."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from course_utils.deep import chain, chain_slopes
from course_utils.layers import sigmoid
from course_utils.network import (
    backward_propagation,
    compute_cost,
    forward_propagation,
    xavier_parameters,
)
from course_utils.training import CURVE_WIDTH, HEIGHTS, cost_curve, model, plain_cost
from tests.course_utils.test_network import draw


def backward_deep(X, Y, caches):
    return chain_slopes(sigmoid(caches[-1][1]), Y, caches)


def test_one_layer_finds_what_logistic_regression_finds():
    rng = np.random.RandomState(0)
    X = rng.randn(2, 200)
    Y = (X[:1] - 0.5 * X[1:] + 0.3 * rng.randn(1, 200) > 0).astype(int)
    run = model(
        X,
        Y,
        xavier_parameters((2, 1), 0),
        learning_rate=1.0,
        num_iterations=20_000,
        forward=chain,
        backward=backward_deep,
        progress=False,
    )
    sklearn = LogisticRegression(C=np.inf, tol=1e-10, max_iter=1000).fit(X.T, Y[0])
    np.testing.assert_allclose(run.parameters["W1"], sklearn.coef_, rtol=1e-3)
    np.testing.assert_allclose(run.parameters["b1"][0], sklearn.intercept_, rtol=1e-2, atol=1e-3)


def test_costs_are_those_before_iterations_0_every_2_every():
    X, Y, parameters = draw((2, 3, 2, 1), 10)
    run = model(X, Y, parameters, num_iterations=25, every=10, progress=False)
    assert run.iterations == 25
    assert not run.interrupted
    assert len(run.costs) == 3
    assert run.costs[0] == compute_cost(chain(X, parameters)[0], Y)
    after_ten = model(X, Y, parameters, num_iterations=10, progress=False).parameters
    assert run.costs[1] == compute_cost(chain(X, after_ten)[0], Y)
    assert run.costs[2] < run.costs[1] < run.costs[0]


def test_the_starting_parameters_are_left_as_they_were():
    X, Y, parameters = draw((2, 3, 2, 1), 10)
    before = {key: value.copy() for key, value in parameters.items()}
    model(X, Y, parameters, num_iterations=3, progress=False)
    for key in before:
        np.testing.assert_array_equal(parameters[key], before[key])


@pytest.mark.parametrize("stopped_in", ["forward", "cost", "backward"])
def test_an_interrupt_keeps_what_was_learned(stopped_in, capsys):
    X, Y, parameters = draw((2, 3, 2, 1), 10)
    calls = 0

    def interrupting(function):
        def wrapped(*arguments):
            nonlocal calls
            calls += 1
            if calls > 5:
                raise KeyboardInterrupt
            return function(*arguments)

        return wrapped

    parts = {"forward": forward_propagation, "cost": plain_cost, "backward": backward_propagation}
    stopping = {stopped_in: interrupting(parts[stopped_in])}
    run = model(X, Y, parameters, num_iterations=100, every=1, **stopping)
    assert run.interrupted
    assert run.iterations == 5
    expected = model(X, Y, parameters, num_iterations=5, progress=False).parameters
    np.testing.assert_array_equal(run.parameters["W1"], expected["W1"])
    assert "Stopped after 5 steps" in capsys.readouterr().out


def test_progress_shows_the_cost_on_standard_output(capsys):
    X, Y, parameters = draw((2, 3, 2, 1), 10)
    run = model(X, Y, parameters, num_iterations=50, label="He")
    shown = capsys.readouterr()
    assert f"cost {run.costs[-1]:.4f}" in shown.out
    assert "He: 100%" in shown.out
    assert shown.err == ""


def test_the_cost_curve_grows_beside_the_progress_bar(capsys):
    X, Y, parameters = draw((2, 3, 2, 1), 10)
    run = model(X, Y, parameters, num_iterations=50, every=10)
    last_line = capsys.readouterr().out.split("\r")[-1]
    assert f"cost {run.costs[-1]:.4f} {cost_curve(run.costs)}]" in last_line
    assert "50/50 steps" in last_line
    assert len(last_line.strip()) <= 90


@pytest.mark.parametrize(
    ("costs", "curve"),
    [
        ([0.7], "█"),
        ([0.7, 0.35, 0.0], "█▅▁"),
        ([np.inf, 0.7, 0.1], "∞█▂"),
        ([np.inf, np.nan], "∞∞"),
        ([0.0, 0.0], "▁▁"),
        (list(range(8)), "▁▂▃▄▅▆▇█"),
    ],
)
def test_a_cost_curve_is_as_high_as_the_costs(costs, curve):
    assert cost_curve(costs) == curve


def test_a_cost_curve_of_any_length_ends_with_the_last_cost():
    for count in range(1, 100):
        curve = cost_curve([1.0] * (count - 1) + [2.0])
        assert len(curve) == min(count, CURVE_WIDTH)
        assert curve[-1] == HEIGHTS[-1]
