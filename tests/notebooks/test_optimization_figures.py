"""The published figures of both generations of the classic exercise on optimization methods.

The training runs are made with the notebook's own functions, on a network written out here. The
first 1,001 epochs of four of them are always made again, all runs in the test marked `long`.
"""

import functools
import itertools

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from course_utils.datasets import load_moons
from tests.harness import COURSE, assignment_of, cells_of, solution
from tests.notebooks.figures import agrees, figures_of

FIGURES = figures_of("optimization")
SMALL = FIGURES["optimization"]
RUNS = FIGURES["optimization_training"]["runs"]
WRONG_SCHEDULE = FIGURES["optimization_training"]["wrong_schedule"]
QUICK_RUNS = ("momentum", "adam", "adam schedule", "gd update_lr")
SIZES = (2, 5, 2, 1)
SHAPES = {"2017": ((2, 3), (2, 1), (3, 3), (3, 1)), "2021": ((2, 3), (2, 1), (3, 2), (3, 1))}
SHAPES["2021 early"] = SHAPES["2017"]
NAMES = ("W1", "b1", "W2", "b2")


def all_agree(actual, figure, prefix=""):
    """Compare a dictionary of arrays with the figures, under `prefix` and its keys."""
    for key, value in actual.items():
        agrees(value, figure, prefix + key)


def drawn(generation):
    """Parameters and gradients, drawn as the recipe says."""
    rng = np.random.RandomState(1)
    parameters, grads = (
        {prefix + name: rng.randn(*shape) for name, shape in zip(NAMES, SHAPES[generation])}
        for prefix in ("", "d")
    )
    return parameters, grads


@pytest.mark.parametrize("generation", SMALL["update_parameters_with_gd"])
def test_update_parameters_with_gd(generation):
    moved = solution("update_parameters_with_gd")(*drawn(generation), 0.01)
    all_agree(moved, SMALL["update_parameters_with_gd"][generation])


@pytest.mark.parametrize("generation", SMALL["update_parameters_with_momentum"])
def test_update_parameters_with_momentum(generation):
    figure = SMALL["update_parameters_with_momentum"][generation]
    parameters, grads = drawn(generation)
    v = solution("initialize_velocity")(parameters)
    parameters, v = solution("update_parameters_with_momentum")(parameters, grads, v, 0.9, 0.01)
    all_agree(parameters, figure)
    all_agree(v, figure, "v ")


@pytest.mark.parametrize("generation", SMALL["update_parameters_with_adam"])
def test_update_parameters_with_adam(generation):
    figure = SMALL["update_parameters_with_adam"][generation]
    parameters, grads = drawn(generation)
    v, s = solution("initialize_adam")(parameters)
    settings = {"learning_rate": 0.02, "beta1": 0.8, "beta2": 0.888, "epsilon": 1e-2}
    returned = solution("update_parameters_with_adam")(
        parameters, grads, v, s, 2, **({} if generation == "2017" else settings)
    )
    all_agree(returned[0], figure)
    for prefix, averages in zip(("v ", "s ", "v_corrected ", "s_corrected "), returned[1:]):
        if f"{prefix}dW1" in figure["expected"]:
            all_agree(averages, figure, prefix)


def test_random_mini_batches():
    make = solution("random_mini_batches")
    rng = np.random.RandomState(1)
    X, Y = rng.randn(12288, 148), rng.randn(1, 148) < 0.5
    batches, figure = make(X, Y), SMALL["random_mini_batches"]["2017"]
    seen = {"first three of row 0 of batch 0": batches[0][0][0, :3]}
    all_agree(seen | {"columns": [Y.shape[1] for _, Y in batches]}, figure)
    counting = np.arange(12288 * 148).reshape(148, 12288).T
    batches, figure = make(counting, Y, 64), SMALL["random_mini_batches"]["2021 counting"]
    seen = {"batch 0, row 0": batches[0][0][0, :3]}
    all_agree(seen | {"last batch, last row": batches[-1][0][-1, :3]}, figure)


def test_random_mini_batches_of_two():
    rng = np.random.RandomState(1)
    X, Y = rng.randn(5, 7), rng.randn(1, 7) < 0.5
    batches = solution("random_mini_batches")(X, Y, 2, 0)
    seen = {f"{name}{k}": part for k, pair in enumerate(batches) for name, part in zip("XY", pair)}
    all_agree(seen, SMALL["random_mini_batches"]["2021 small"])


def test_learning_rates():
    assert solution("update_lr")(0.5, 2, 1) == pytest.approx(
        SMALL["update_lr"]["classic"]["expected"]["rate"], rel=1e-12
    )
    calls = [(0.5, 10, 0.3), (0.5, 100, 0.3), (0.5, 100, 1), (0.3, 1000, 0.25), (0.3, 100, 0.25)]
    rates = [solution("schedule_lr_decay")(*call, 100) for call in calls]
    assert rates == pytest.approx(SMALL["schedule_lr_decay"]["classic"]["expected"]["rates"])


def costs_of(name, epochs, adam=None, decay=None):
    """The costs of epochs 0, 1000, ..., the learning rates after them, and the last accuracy.

    adam, decay: what stands in for the notebook's functions
    """
    X, Y, _, _ = load_moons()
    method, _, rule = name.partition(" ")
    decay = decay or {"schedule": solution("schedule_lr_decay"), "update_lr": solution("update_lr")}
    decay = decay.get(rule) if isinstance(decay, dict) else decay
    step, momentum, adam, batches_of = (
        solution("update_parameters_with_gd"),
        solution("update_parameters_with_momentum"),
        adam or solution("update_parameters_with_adam"),
        solution("random_mini_batches"),
    )
    parameters = he_start()
    v, (v_adam, s) = (
        solution("initialize_velocity")(parameters),
        solution("initialize_adam")(parameters),
    )
    first = rate = RUNS[name]["learning_rate"]
    costs, rates, t = [], [], 0
    for epoch in range(epochs):
        total = 0
        for batch_X, batch_Y in batches_of(X, Y, 64, 11 + epoch):
            cost, grads = cost_and_slopes(batch_X, batch_Y, parameters)
            total, t = total + cost, t + 1
            if method == "gd":
                parameters = step(parameters, grads, rate)
            elif method == "momentum":
                parameters, v = momentum(parameters, grads, v, 0.9, rate)
            else:
                parameters, v_adam, s = adam(parameters, grads, v_adam, s, t, rate)[:3]
        rate = decay(first, epoch, 1) if decay else rate
        if epoch % 1000 == 0:
            costs.append(total / Y.size)
            rates.append(rate)
    return costs, rates, np.mean((signals(X, parameters)[-1] > 0.5) == Y)


def he_start():
    rng, parameters = np.random.RandomState(3), {}
    for layer, (before, units) in enumerate(itertools.pairwise(SIZES), start=1):
        parameters[f"W{layer}"] = rng.randn(units, before) * np.sqrt(2 / before)
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def signals(X, parameters):
    """X and the outputs of layers 1 to 3: relu, relu, sigmoid."""
    A1 = np.maximum(parameters["W1"] @ X + parameters["b1"], 0)
    A2 = np.maximum(parameters["W2"] @ A1 + parameters["b2"], 0)
    return X, A1, A2, 1 / (1 + np.exp(-(parameters["W3"] @ A2 + parameters["b3"])))


def cost_and_slopes(X, Y, parameters):
    """The sum of the cross-entropies, and the gradients of their mean."""
    kept, grads = signals(X, parameters), {}
    dZ = (kept[3] - Y) / Y.size
    for layer in (3, 2, 1):
        grads[f"dW{layer}"] = dZ @ kept[layer - 1].T
        grads[f"db{layer}"] = dZ.sum(axis=1, keepdims=True)
        dZ = (parameters[f"W{layer}"].T @ dZ) * (kept[layer - 1] > 0)
    return -np.log(np.where(Y == 1, kept[3], 1 - kept[3])).sum(), grads


@functools.cache
def adam_of(name):
    """None for the notebook's own Adam; for the run that is no target, epsilon under the root."""
    if name != "adam eps inside":
        return None
    function = "update_parameters_with_adam"
    cells = cells_of(assignment_of(function))
    code = next(cell.source for cell in cells if cell.solution and cell.function == function)
    right, wrong = "(np.sqrt(s_corrected[d]) + epsilon)", "np.sqrt(s_corrected[d] + epsilon)"
    assert right in code
    names = {"np": np}
    exec(compile(code.replace(right, wrong), str(COURSE.root), "exec"), names)
    return names[function]


@pytest.mark.parametrize("name", QUICK_RUNS)
def test_the_first_thousand_epochs_of_a_published_run(name):
    with threadpool_limits(1):
        costs, _, _ = costs_of(name, 1001, adam_of(name))
    np.testing.assert_allclose(costs, RUNS[name]["costs"][:2], rtol=RUNS[name]["rtol"])


@pytest.mark.long
@pytest.mark.parametrize("name", RUNS)
def test_a_published_run(name):
    run = RUNS[name]
    with threadpool_limits(1):
        costs, rates, accuracy = costs_of(name, run["epochs"], adam_of(name))
    np.testing.assert_allclose(costs, run["costs"], rtol=run["rtol"])
    np.testing.assert_allclose(rates, run["learning_rates"] or [run["learning_rate"]] * len(rates))
    assert accuracy == pytest.approx(run["accuracy_at_the_end"])


@pytest.mark.long
def test_a_schedule_that_jumps_back_gives_the_costs_of_the_classic_table():
    """The accuracy that the classic text prints, 0.9467, is that of a wrong function."""

    def jumps_back(first, epoch, decay_rate):
        return first / (1 + decay_rate * epoch / 1000) if epoch % 1000 == 0 else first

    with threadpool_limits(1):
        costs, _, accuracy = costs_of("gd schedule", 5000, decay=jumps_back)
    np.testing.assert_allclose(costs, WRONG_SCHEDULE["gd"], rtol=1e-6)
    assert accuracy == pytest.approx(0.9467, abs=1e-4)
