"""The error of a measured slope against epsilon, in single and double precision."""

import numpy as np

from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.explorers.tables import EPSILONS, table
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import BLUE, ORANGE
from course_utils.vectors import GRADIENT_THRESHOLD

PRECISIONS = {"float64": (np.float64, BLUE, "-"), "float32": (np.float32, ORANGE, "--")}
WINDOW = np.linspace(-1.5, 1.5, 301)  # in units of epsilon
NUDGED = [50, 250]  # where WINDOW is -1 and 1
SMALLEST_SHOWN = 1e-13  # relative error


def explore_epsilon():
    """Show the error of the slope of sin at 1, for a chosen epsilon and precision.

    Beside it stands the curve between the two nudges, as the computer sees it.
    """
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(11, 3.8)
    left, right = figure.subplots(1, 2, width_ratios=(1.2, 1))
    style = {"color": "black", "markersize": 8, "markerfacecolor": "none", "markeredgewidth": 2}
    (marks,) = left.plot([1, 1], [1, 1], "D", **style)
    _error_axes(left)
    curve, chord = _window_axes(right)

    def update(epsilon, precision):
        column = int(np.argmin(np.abs(np.log(EPSILONS / epsilon))))
        one_side, both_sides = table(f"epsilon/{precision}")[:, column]
        marks.set_data([epsilon, epsilon], np.clip([one_side, both_sides], SMALLEST_SHOWN, 1))
        heights = _curve_between_nudges(precision, epsilon)
        curve.set_ydata(heights)
        chord.set_ydata(heights[NUDGED])
        return _sentence(precision, epsilon, one_side, both_sides)

    return Scene(_controls(), Picture(figure, [marks, curve, chord]), update)


def _controls():
    epsilons = [(f"{value:.0e}", value) for value in EPSILONS[::2]]
    precisions = [(name, name) for name in PRECISIONS]
    return (
        Control("epsilon", "epsilon", epsilons, EPSILONS[24]),
        Control("precision", message("explorer.numbers"), precisions, "float64", slider=False),
    )


def _sentence(precision, epsilon, one_side, both_sides):
    """What is seen; one_side, both_sides: relative errors."""
    number = PRECISIONS[precision][0]
    above, below = np.sin(number(1) + number(epsilon)), np.sin(number(1) - number(epsilon))
    is_below = both_sides < GRADIENT_THRESHOLD
    return message(
        "explorer.epsilon.below" if is_below else "explorer.epsilon.above",
        precision=precision,
        epsilon=epsilon,
        above=str(above),
        below=str(below),
        both_sides=both_sides,
        threshold=GRADIENT_THRESHOLD,
        one_side=one_side,
    )


def _curve_between_nudges(precision, epsilon):
    """sin at 1 + epsilon * WINDOW, computed in this precision, less sin(1): an array (301,).

    Divided by epsilon * cos(1), so that the tangent at 1 has slope 1 over WINDOW.
    """
    number = PRECISIONS[precision][0]
    theta = number(1) + number(epsilon) * WINDOW.astype(number)
    rise = np.sin(theta).astype(float) - np.sin(number(1)).astype(float)
    return rise / (epsilon * np.cos(1))


def _error_axes(ax):
    """The relative errors over all epsilons, of both precisions, and the threshold."""
    for precision, (_, colour, line) in PRECISIONS.items():
        one_side, both_sides = np.maximum(table(f"epsilon/{precision}"), SMALLEST_SHOWN)
        one = label("explorer.epsilon.one_side", precision=precision)
        ax.loglog(EPSILONS, one_side, ":", color=colour, label=one)
        both = label("explorer.epsilon.both_sides", precision=precision)
        ax.loglog(EPSILONS, both_sides, line, color=colour, label=both)
    line = label("plot.threshold", threshold=GRADIENT_THRESHOLD)
    ax.axhline(GRADIENT_THRESHOLD, color="0.4", linewidth=1, label=line)
    ax.set(xlabel=r"$\varepsilon$", ylabel=label("plot.relative_error"))
    ax.set_title(label("explorer.epsilon.error"))
    ax.legend(fontsize=8)


def _window_axes(ax):
    """The curve and its chord, which move, over the tangent, which stays."""
    ax.plot(WINDOW, WINDOW, color="0.7", linewidth=5, label=label("explorer.epsilon.true"))
    computed, measured = label("explorer.epsilon.computed"), label("explorer.epsilon.measured")
    (curve,) = ax.plot(WINDOW, WINDOW, color=BLUE, linewidth=1.2, label=computed)
    (chord,) = ax.plot([-1, 1], [-1, 1], "--o", color=ORANGE, label=measured)
    ax.set(xlabel=label("explorer.epsilon.distance"), ylabel=label("explorer.epsilon.rise"))
    ax.set(ylim=(-2.2, 2.2), title=label("explorer.epsilon.curve"))
    ax.legend(fontsize=8, loc="upper left")
    return curve, chord
