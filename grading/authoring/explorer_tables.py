"""Make the tables that the explorers show: `python -m grading.authoring.explorer_tables`.

It takes some ten minutes on one core. Networks are trained here, with the solutions of the source
notebooks. So a slider in a student's notebook only has to look up the result, and course_utils
holds no function that an exercise asks for.
"""

import itertools
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from tqdm import tqdm

from course_utils.datasets import load_circles, load_football
from course_utils.explorers.tables import EPSILONS, KEEP_PROBS, LAMBDAS, METHODS, SCALES, TABLES
from course_utils.network import xavier_parameters
from course_utils.training import model
from course_utils.vectors import dictionary_to_vector
from grading.authoring.solutions import solutions_of
from grading.course import Course

CIRCLES_SIZES = (2, 10, 5, 1)
FOOTBALL_SIZES = (2, 20, 3, 1)
SEED = 8  # not a seed of the exercises

Parameters = dict[str, np.ndarray]


def starting_weights(method: str, scale: float) -> Parameters:
    """Parameters of the circles' network.

    method: "constant", "normal" (one scale for all layers) or "normal / sqrt(n)" (one for each)
    """
    rng, parameters = np.random.RandomState(SEED), {}
    for layer, (before, units) in enumerate(itertools.pairwise(CIRCLES_SIZES), start=1):
        draw = rng.randn(units, before)
        widths = {
            "constant": np.ones_like(draw),
            "normal": draw,
            "normal / sqrt(n)": draw / np.sqrt(before),
        }
        parameters[f"W{layer}"] = scale * widths[method]
        parameters[f"b{layer}"] = np.zeros((units, 1))
    return parameters


def circles_run(method: str, scale: float) -> tuple[Parameters, Parameters]:
    """Parameters before and after training, as in the notebook on initialization."""
    start = starting_weights(method, scale)
    train_X, train_Y, _, _ = load_circles()
    run = model(train_X, train_Y, start, learning_rate=0.01, num_iterations=15_000, progress=False)
    return start, run.parameters


def l2_and_dropout(solutions: dict[str, Any], lambd: float, keep_prob: float) -> tuple[Any, Any]:
    """A forward and a backward pass with L2 and dropout at once, made from the solutions.

    Each backward pass of the notebook has only one of the two. L2 needs the parameters, which
    `model` gives to the forward pass alone: they are kept in between.
    """
    forward = solutions["forward_propagation_with_dropout"]
    backward = solutions["backward_propagation_with_dropout"]
    current: Parameters = {}

    def forward_and_keep(X: np.ndarray, parameters: Parameters) -> Any:
        current.update(parameters)
        return forward(X, parameters, keep_prob)

    def backward_with_both(X: np.ndarray, Y: np.ndarray, cache: Any) -> Parameters:
        gradients = backward(X, Y, cache, keep_prob)
        for name in ("W1", "W2", "W3"):
            gradients["d" + name] = gradients["d" + name] + lambd / X.shape[1] * current[name]
        return gradients

    return forward_and_keep, backward_with_both


def football_run(solutions: dict[str, Any], lambd: float, keep_prob: float) -> Parameters:
    """Parameters after training with L2 and dropout, as in the notebook on regularization."""
    X, Y, _, _ = load_football()
    forward, backward = l2_and_dropout(solutions, lambd, keep_prob)
    start = xavier_parameters(FOOTBALL_SIZES, seed=3)
    run = model(
        X,
        Y,
        start,
        learning_rate=0.3,
        num_iterations=30_000,
        progress=False,
        forward=forward,
        backward=backward,
    )
    return run.parameters


def epsilon_errors(kind: type) -> np.ndarray:
    """Relative errors of the measured slope of sin at 1, shape (2, k): one-sided and centred.

    kind: the floating-point type in which the slope is computed
    """
    theta = kind(1)
    epsilons: np.ndarray = EPSILONS.astype(kind)
    up, down, here = np.sin(theta + epsilons), np.sin(theta - epsilons), np.sin(theta)
    slopes = np.stack([(up - here) / epsilons, (up - down) / (2 * epsilons)]).astype(float)
    return np.abs(slopes - np.cos(1)) / (np.abs(slopes) + np.cos(1))


def make_tables() -> dict[str, np.ndarray]:
    """All tables by name; parameters are columns as `dictionary_to_vector` stacks them."""
    circles = [
        circles_run(*setting)
        for setting in tqdm(list(itertools.product(METHODS, SCALES)), "circles")
    ]
    with solutions_of(Course.here().source("regularization")) as solutions:
        football = [
            football_run(solutions, *setting)
            for setting in tqdm(list(itertools.product(LAMBDAS, KEEP_PROBS)), "football")
        ]
    starts, ends = zip(*circles)
    return {
        "circles/start": _stack(starts, (len(METHODS), len(SCALES))),
        "circles/end": _stack(ends, (len(METHODS), len(SCALES))),
        "football/end": _stack(football, (len(LAMBDAS), len(KEEP_PROBS))),
        "epsilon/float64": epsilon_errors(np.float64),
        "epsilon/float32": epsilon_errors(np.float32),
    }


def write_tables(tables: dict[str, np.ndarray], path: Path) -> None:
    """Write the tables into one HDF5 file, in single precision, which is enough for pictures."""
    path.parent.mkdir(exist_ok=True)
    with h5py.File(path, "w") as file:
        for name, values in tables.items():
            file.create_dataset(name, data=values.astype(np.float32), compression="gzip")


def _stack(networks: Any, shape: tuple[int, int]) -> np.ndarray:
    columns = [dictionary_to_vector(parameters)[0].ravel() for parameters in networks]
    return np.reshape(columns, (*shape, -1))


if __name__ == "__main__":
    write_tables(make_tables(), TABLES)
