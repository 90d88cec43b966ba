"""Scale and method of the starting weights, against signal, gradients and the boundary after training."""

import numpy as np

from course_utils.datasets import load_circles
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Boundary, Picture, new_figure
from course_utils.explorers.tables import METHODS, SCALES, network
from course_utils.network import (
    accuracy,
    backward_propagation,
    cross_entropy,
    forward_propagation,
    predict,
)
from course_utils.plotting import BLUE, ORANGE

SIZES = (2, 10, 5, 1)
LOWEST, HIGHEST = 1e-6, 1e6
REFERENCE = ("normal / sqrt(n)", 1.41)  # He's rule


def explore_initialization():
    """Choose how the weights of the circles' network start; see what that does before and after training."""
    show(scene())


def scene():
    train_X, train_Y, test_X, test_Y = load_circles()
    figure = new_figure(11, 3.5)
    left, middle, right = figure.subplots(1, 3, width_ratios=(1, 1, 1.1))
    names = (("A1", "A2", "Z3"), ("dW1", "dW2", "dW3"))
    lines = [_axes(ax, ticks) for ax, ticks in zip((left, middle), names)]
    left.set(title="signal before training", ylabel="root mean square")
    middle.set(title="gradients before training")
    right.set_title("boundary after training")
    boundary = Boundary(right, train_X, train_Y, 1.5)
    for (_, reference), sizes in zip(lines, _sizes(train_X, train_Y, _start(*REFERENCE))[1:]):
        reference.set_ydata(sizes)

    def update(method, scale):
        cost, *sizes = _sizes(train_X, train_Y, _start(method, scale))
        for (line, _), values in zip(lines, sizes):
            line.set_ydata(np.clip(values, LOWEST, HIGHEST))
        end = network("circles/end", METHODS.index(method), SCALES.index(scale), SIZES)
        boundary.show(lambda X: predict(X, end))
        last = cross_entropy(forward_propagation(train_X, end)[0], train_Y)
        return (
            f"{method}, scale {scale:g}. Before training: signal {_listed(sizes[0])} and gradients {_listed(sizes[1])} "
            f"in layers 1 to 3, cost {_cost(cost)}. After 15,000 steps: cost {_cost(last)}, right are "
            f"{accuracy(train_X, train_Y, end):.0%} of the training and {accuracy(test_X, test_Y, end):.0%} of the test points."
        )

    controls = (
        Control(
            "method", "weights", [(method, method) for method in METHODS], "normal", slider=False
        ),
        Control("scale", "times scale", [(f"{scale:g}", scale) for scale in SCALES], 1),
    )
    return Scene(controls, Picture(figure, [line for line, _ in lines] + boundary.artists), update)


def _axes(ax, ticks):
    """Two lines over the three layers: the one that moves, and He's rule to compare with."""
    x = np.arange(3)
    (reference,) = ax.plot(x, np.ones(3), "--^", color=ORANGE, label="He's rule")
    (line,) = ax.plot(x, np.ones(3), "-o", color=BLUE, label="your choice")
    ax.set(
        yscale="log", ylim=(LOWEST / 2, HIGHEST * 2), xticks=x, xticklabels=ticks, xlim=(-0.2, 2.2)
    )
    ax.set_yticks([1e-6, 1e-3, 1, 1e3, 1e6], ["0 or < 1e-6", "0.001", "1", "1000", "> 1e6"])
    ax.minorticks_off()
    ax.legend(loc="upper left", fontsize=8)
    return line, reference


def _start(method, scale):
    return network("circles/start", METHODS.index(method), SCALES.index(scale), SIZES)


def _sizes(X, Y, parameters):
    """The cost, and root mean squares of A1, A2, Z3 and of dW1, dW2, dW3."""
    A3, cache = forward_propagation(X, parameters)
    gradients = backward_propagation(X, Y, cache)
    signal = [cache[1], cache[5], cache[8]]
    slopes = [gradients[name] for name in ("dW1", "dW2", "dW3")]
    return cross_entropy(A3, Y), *(
        [np.sqrt(np.mean(part**2)) for part in parts] for parts in (signal, slopes)
    )


def _listed(values):
    return ", ".join(f"{float(f'{value:.2g}'):g}" for value in values)


def _cost(value):
    return f"{value:.2f}" if np.isfinite(value) else "infinite"
