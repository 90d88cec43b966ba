"""lambda and keep_prob, against the boundary, the weights and the accuracies after training."""

import numpy as np

from course_utils.datasets import load_football
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Boundary, Picture, new_figure
from course_utils.explorers.tables import KEEP_PROBS, LAMBDAS, network
from course_utils.labels import label
from course_utils.messages import message
from course_utils.network import accuracy, predict
from course_utils.plotting import BLUE, ORANGE

SIZES = (2, 20, 3, 1)
BINS = np.linspace(-6, 6, 41)  # weights outside are counted in the outermost bins


def explore_regularization():
    """Show what a network has learned that was trained with a chosen lambda and keep_prob."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    names = [label(f"explorer.regularization.team.{number}") for number in (0, 1)]
    train_X, train_Y, test_X, test_Y = load_football()
    figure = new_figure(11, 3.5)
    left, middle, right = figure.subplots(1, 3, width_ratios=(1.1, 1, 1))
    boundary = Boundary(left, train_X, train_Y, 0.9, names)
    left.set_title(label("explorer.boundary"))
    histogram = _histogram_axes(middle)
    marker, *curves = _accuracy_axes(right)

    def update(lambd, keep_prob):
        column, chosen = KEEP_PROBS.index(keep_prob), LAMBDAS.index(lambd)
        networks = [network("football/end", row, column, SIZES) for row in range(len(LAMBDAS))]
        boundary.show(lambda X: predict(X, networks[chosen]))
        weights = np.concatenate([networks[chosen][name].ravel() for name in ("W1", "W2", "W3")])
        histogram.set_data(np.histogram(np.clip(weights, -5.99, 5.99), BINS)[0])
        training = [accuracy(train_X, train_Y, parameters) for parameters in networks]
        test = [accuracy(test_X, test_Y, parameters) for parameters in networks]
        for curve, values in zip(curves, (training, test)):
            curve.set_ydata(values)
        marker.set_xdata([chosen, chosen])
        return _sentence(lambd, keep_prob, (training[chosen], test[chosen]), weights)

    picture = Picture(figure, [*boundary.artists, histogram, marker, *curves])
    return Scene(_controls(), picture, update)


def _controls():
    lambdas, keep_probs = (
        [(f"{value:g}", value) for value in values] for values in (LAMBDAS, KEEP_PROBS)
    )
    return (
        Control("lambd", "lambda", lambdas, 0),
        Control("keep_prob", "keep_prob", keep_probs, 1),
    )


def _sentence(lambd, keep_prob, shares, weights):
    """The accuracies on training and test points (shares), and the size of the weights."""
    training, test = shares
    return message(
        "explorer.regularization.seen",
        lambd=lambd,
        keep_prob=keep_prob,
        training=training,
        test=test,
        gap=100 * (training - test),
        largest=np.abs(weights).max(),
        small=np.mean(np.abs(weights) < 0.01),
    )


def _histogram_axes(ax):
    """The histogram of all weights, which moves."""
    histogram = ax.stairs(np.zeros(len(BINS) - 1), BINS, fill=True, color=BLUE)
    ax.set(title=label("explorer.weights"), ylabel=label("plot.count"), ylim=(0, 110))
    ax.set_xlabel(label("explorer.regularization.value"))
    return histogram


def _accuracy_axes(ax):
    """The line that marks the chosen lambda, and the two accuracies over all lambdas."""
    x = np.arange(len(LAMBDAS))
    marker = ax.axvline(0, color="0.4", linewidth=1)
    (train,) = ax.plot(x, np.ones(len(x)), "-o", color=BLUE, label=label("explorer.training"))
    (test,) = ax.plot(x, np.ones(len(x)), "--^", color=ORANGE, label=label("explorer.test"))
    ax.set(title=label("explorer.regularization.accuracy"), xlabel="lambda")
    ax.set(ylim=(0.4, 1.02), xlim=(-0.3, len(x) - 0.7))
    ax.set_xticks(x, [f"{value:g}" for value in LAMBDAS], fontsize=8)
    ax.legend(loc="lower left", fontsize=8)
    return marker, train, test
