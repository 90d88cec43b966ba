"""Gradient descent for the notebooks, with a progress bar that draws the cost curve as it grows.

An interrupted run keeps its results.
"""

import math
import sys
from dataclasses import dataclass, field

from tqdm import tqdm

from course_utils.messages import message
from course_utils.network import (
    backward_propagation,
    compute_cost,
    forward_propagation,
    shifted,
)

HEIGHTS = "▁▂▃▄▅▆▇█"  # characters that the cost curve beside a progress bar is made of
CURVE_WIDTH = 12  # characters


@dataclass
class TrainingRun:
    """The result of a training run.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...}, as they were when training ended
    every: the number of steps between two costs
    label: the name of the run, as plots show it
    costs: the cost before iterations 0, every, 2 * every, ...
    iterations: how many steps were taken
    interrupted: True when it was stopped from the keyboard or by the stop button
    snapshots: the parameters before iterations 0, every, 2 * every, ..., for `animate_boundaries`
    """

    parameters: dict
    every: int
    label: str = ""
    costs: list = field(default_factory=list)
    iterations: int = 0
    interrupted: bool = False
    snapshots: list = field(default_factory=list)


def plain_cost(A, Y, parameters):
    """`compute_cost` with the signature that `model` calls; `parameters` are not used."""
    return compute_cost(A, Y)


def model(
    X,
    Y,
    parameters,
    *,
    learning_rate=0.01,
    num_iterations=15_000,
    forward=forward_propagation,
    backward=backward_propagation,
    cost=plain_cost,
    every=1_000,
    label="",
    progress=True,
):
    """Gradient descent on the whole training set, from the given parameters.

    X (n0, m), Y (1, m), parameters {"W1": (n1, n0), ...} (left unchanged)
    forward(X, parameters) -> A, cache;  backward(X, Y, cache) -> gradients;
    cost(A, Y, parameters) -> float, called every `every` iterations
    -> TrainingRun; stopped early, it holds the parameters and costs so far
    """
    run = TrainingRun(parameters, every, label)
    bar = _progress_bar(num_iterations, label, shown=progress)
    try:
        for iteration in bar:
            A, cache = forward(X, run.parameters)
            if iteration % every == 0:
                run.costs.append(float(cost(A, Y, run.parameters)))
                run.snapshots.append(run.parameters)
                bar.set_postfix_str(_costs_so_far(run.costs), refresh=False)
            gradients = backward(X, Y, cache)
            run.parameters = shifted(run.parameters, gradients, -learning_rate)
            run.iterations += 1
    except KeyboardInterrupt:
        run.interrupted = True
        bar.close()
        print(message("training.stopped", run.iterations, steps=run.iterations))
    return run


def cost_curve(costs):
    """The costs as a row of bars, each as high as its share of the largest; ∞ for infinite ones.

    Of more than CURVE_WIDTH costs, so many evenly spaced ones, the first and last among them.
    """
    last, shown = len(costs) - 1, min(len(costs), CURVE_WIDTH)
    chosen = [costs[round(place * last / max(shown - 1, 1))] for place in range(shown)]
    largest = max(filter(math.isfinite, chosen), default=0) or 1  # all zero: the lowest bars
    steps = len(HEIGHTS) - 1
    return "".join(
        HEIGHTS[round(steps * max(cost, 0) / largest)] if math.isfinite(cost) else "∞"
        for cost in chosen
    )


def _costs_so_far(costs):
    """What stands beside the progress bar: the last cost, and the curve of all."""
    cost = message("training.cost", cost=costs[-1])
    return f"{cost} {cost_curve(costs)}"


def _progress_bar(steps, label, shown):
    """The numbers 0 to steps - 1, with a bar on standard output while they are taken."""
    unit = message("training.unit")
    style = {"unit": f" {unit}", "mininterval": 0.5, "ncols": 90}  # seconds, columns
    style["bar_format"] = "{l_bar}{bar}| {n_fmt}/{total_fmt}{unit} [{elapsed}<{remaining}{postfix}]"
    return tqdm(range(steps), label or None, file=sys.stdout, disable=not shown, **style)
