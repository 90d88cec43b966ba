"""How the first weights are drawn, against signal, gradients and the boundary after training."""

import numpy as np

from course_utils.datasets import load_circles
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Boundary, Picture, new_figure
from course_utils.explorers.tables import METHODS, SCALES, network
from course_utils.labels import label
from course_utils.messages import message
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
METHOD_NAMES = ("constant", "normal", "scaled")  # in the codes of messages, for METHODS
REFERENCE = ("normal / sqrt(n)", 1.41)  # He's rule


def explore_initialization():
    """Show what a chosen method and scale of the first weights do, before and after training."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    names = [label(f"explorer.initialization.ring.{number}") for number in (0, 1)]
    train_X, train_Y, test_X, test_Y = load_circles()
    figure = new_figure(11, 3.5)
    left, middle, right = figure.subplots(1, 3, width_ratios=(1, 1, 1.1))
    lines = [_layer_axes(left, ("A1", "A2", "Z3")), _layer_axes(middle, ("dW1", "dW2", "dW3"))]
    left.set_title(label("explorer.initialization.signal"))
    left.set_ylabel(label("explorer.root_mean_square"))
    middle.set_title(label("explorer.initialization.gradients"))
    right.set_title(label("explorer.boundary"))
    boundary = Boundary(right, train_X, train_Y, 1.5, names)
    reference = _cost_and_magnitudes(train_X, train_Y, _network("start", *REFERENCE))[1:]
    for (_, line), magnitudes in zip(lines, reference):
        line.set_ydata(magnitudes)

    def update(method, scale):
        start, end = _network("start", method, scale), _network("end", method, scale)
        cost, *magnitudes = _cost_and_magnitudes(train_X, train_Y, start)
        for (line, _), values in zip(lines, magnitudes):
            line.set_ydata(np.clip(values, LOWEST, HIGHEST))
        boundary.show(lambda X: predict(X, end))
        last = cross_entropy(forward_propagation(train_X, end)[0], train_Y)
        shares = accuracy(train_X, train_Y, end), accuracy(test_X, test_Y, end)
        return _sentence(method, scale, magnitudes, costs=(cost, last), shares=shares)

    picture = Picture(figure, [line for line, _ in lines] + boundary.artists)
    return Scene(_controls(), picture, update)


def _controls():
    methods = [(str(_method_name(method)), method) for method in METHODS]
    scales = [(f"{scale:g}", scale) for scale in SCALES]
    return (
        Control("method", message("explorer.weights"), methods, "normal", slider=False),
        Control("scale", message("explorer.times_scale"), scales, 1),
    )


def _method_name(method):
    return message(f"explorer.method.{METHOD_NAMES[METHODS.index(method)]}")


def _sentence(method, scale, magnitudes, costs, shares):
    """What is seen before and after training.

    costs: before and after; shares: accuracies on training and test points
    """
    signal, gradients = (_listed(values) for values in magnitudes)
    cost, last = map(_cost, costs)
    training, test = shares
    return message(
        "explorer.initialization.seen",
        method=_method_name(method),
        scale=scale,
        signal=signal,
        gradients=gradients,
        cost=cost,
        last=last,
        training=training,
        test=test,
    )


def _layer_axes(ax, ticks):
    """Two lines over the three layers: the one that moves, and He's rule to compare with."""
    x = np.arange(3)
    (reference,) = ax.plot(
        x, np.ones(3), "--^", color=ORANGE, label=label("explorer.initialization.he")
    )
    (line,) = ax.plot(
        x, np.ones(3), "-o", color=BLUE, label=label("explorer.initialization.choice")
    )
    ax.set(yscale="log", ylim=(LOWEST / 2, HIGHEST * 2))
    ax.set(xticks=x, xticklabels=ticks, xlim=(-0.2, 2.2))
    ax.set_yticks([1e-6, 1e-3, 1, 1e3, 1e6], ["≤ 1e-6", "0.001", "1", "1000", "≥ 1e6"])
    ax.minorticks_off()
    ax.legend(loc="upper left", fontsize=8)
    return line, reference


def _network(moment, method, scale):
    """Parameters of the network at the "start" or at the "end" of its training."""
    return network(f"circles/{moment}", METHODS.index(method), SCALES.index(scale), SIZES)


def _cost_and_magnitudes(X, Y, parameters):
    """The cost, and the root mean squares of A1, A2, Z3 and of dW1, dW2, dW3."""
    A3, cache = forward_propagation(X, parameters)
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    gradients = backward_propagation(X, Y, cache)
    slopes = [gradients[name] for name in ("dW1", "dW2", "dW3")]
    return cross_entropy(A3, Y), _magnitudes((A1, A2, Z3)), _magnitudes(slopes)


def _magnitudes(arrays):
    """The root mean square of each array."""
    return [np.sqrt(np.mean(array**2)) for array in arrays]


def _listed(values):
    """Values with two digits each, as text."""
    return ", ".join(f"{float(f'{value:.2g}'):g}" for value in values)


def _cost(value):
    return f"{value:.2f}" if np.isfinite(value) else message("plot.infinite")
