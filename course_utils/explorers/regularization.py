"""lambda and keep_prob, against boundary, weights and accuracies."""

import numpy as np

from course_utils.datasets import load_football
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Boundary, Picture, new_figure
from course_utils.explorers.tables import KEEPS, LAMBDAS, network
from course_utils.network import accuracy, predict
from course_utils.plotting import BLUE, ORANGE

SIZES = (2, 20, 3, 1)
BINS = np.linspace(-6, 6, 41)  # what lies outside is counted in the outermost


def explore_regularization():
    """Choose lambda and keep_prob; see what a network trained with both has learned."""
    show(scene())


def scene():
    train_X, train_Y, test_X, test_Y = load_football()
    figure = new_figure(11, 3.5)
    left, middle, right = figure.subplots(1, 3, width_ratios=(1.1, 1, 1))
    boundary = Boundary(left, train_X, train_Y, 0.9)
    left.set_title("boundary after training")
    weights_line = middle.stairs(np.zeros(40), BINS, fill=True, color=BLUE)
    middle.set(title="weights", xlabel="value (6: 6 or more)", ylabel="count", ylim=(0, 110))
    here, *curves = _accuracy_axes(right)

    def update(lambd, keep_prob):
        column = KEEPS.index(keep_prob)
        networks = [network("football/end", row, column, SIZES) for row in range(len(LAMBDAS))]
        chosen = LAMBDAS.index(lambd)
        boundary.show(lambda X: predict(X, networks[chosen]))
        weights = np.concatenate([networks[chosen][name].ravel() for name in ("W1", "W2", "W3")])
        weights_line.set_data(np.histogram(np.clip(weights, -5.99, 5.99), BINS)[0])
        shares = [
            [accuracy(X, Y, one) for one in networks]
            for X, Y in ((train_X, train_Y), (test_X, test_Y))
        ]
        for curve, values in zip(curves, shares):
            curve.set_ydata(values)
        here.set_xdata([chosen, chosen])
        train, test = shares[0][chosen], shares[1][chosen]
        return (
            f"lambda = {lambd:g}, keep_prob = {keep_prob:g}: {train:.1%} of the training and {test:.1%} of the test points are "
            f"right, a gap of {100 * (train - test):+.1f} points. The largest weight is {np.abs(weights).max():.2f}; "
            f"{np.mean(np.abs(weights) < 0.01):.0%} of the weights are closer to 0 than 0.01."
        )

    controls = (
        Control("lambd", "lambda", [(f"{value:g}", value) for value in LAMBDAS], 0),
        Control("keep_prob", "keep_prob", [(f"{value:g}", value) for value in KEEPS], 1),
    )
    return Scene(
        controls, Picture(figure, [*boundary.artists, weights_line, here, *curves]), update
    )


def _accuracy_axes(ax):
    """The line that marks the chosen lambda, and the curves of training and test accuracy over all lambdas."""
    x = np.arange(len(LAMBDAS))
    here = ax.axvline(0, color="0.4", linewidth=1)
    (train,) = ax.plot(x, np.ones(len(x)), "-o", color=BLUE, label="training")
    (test,) = ax.plot(x, np.ones(len(x)), "--^", color=ORANGE, label="test")
    ax.set(
        title="accuracy at this keep_prob",
        xlabel="lambda",
        ylim=(0.4, 1.02),
        xlim=(-0.3, len(x) - 0.7),
    )
    ax.set_xticks(x, [f"{value:g}" for value in LAMBDAS], fontsize=8)
    ax.legend(loc="lower left", fontsize=8)
    return here, train, test
