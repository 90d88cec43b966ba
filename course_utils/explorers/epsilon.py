"""The size of the nudge against the error of the measured slope, in single and double precision."""

import numpy as np

from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.explorers.tables import EPSILONS, table
from course_utils.plotting import BLUE, ORANGE

KINDS = {"float64": (np.float64, BLUE), "float32": (np.float32, ORANGE)}
THRESHOLD = 2e-7
WINDOW = np.linspace(-1.5, 1.5, 301)  # in units of epsilon


def explore_epsilon():
    """Choose epsilon and the precision; see the error of the slope of sin at 1, and the curve as the computer sees it."""
    show(scene())


def scene():
    figure = new_figure(11, 3.8)
    left, right = figure.subplots(1, 2, width_ratios=(1.2, 1))
    (marks,) = left.plot(
        [1, 1], [1, 1], "D", color="black", markersize=8, markerfacecolor="none", markeredgewidth=2
    )
    _error_axes(left)
    curve, chord = _window_axes(right)

    def update(epsilon, kind):
        at = int(np.argmin(np.abs(np.log(EPSILONS / epsilon))))
        one_side, both_sides = table(f"epsilon/{kind}")[:, at]
        marks.set_data([epsilon, epsilon], np.clip([one_side, both_sides], 1e-13, 1))
        number, _ = KINDS[kind]
        seen = _through_the_window(number, epsilon)
        curve.set_ydata(seen)
        chord.set_ydata(seen[[50, 250]])  # at -1 and 1
        above, below = np.sin(number(1) + number(epsilon)), np.sin(number(1) - number(epsilon))
        verdict = "below" if both_sides < THRESHOLD else "above"
        return (
            f"{kind}, epsilon = {epsilon:.0e}: sin(1 + epsilon) = {above!s}, sin(1 - epsilon) = {below!s}. The measured slope has "
            f"a relative error of {both_sides:.0e} from both sides, {verdict} the threshold of 2e-7, and of {one_side:.0e} from one side."
        )

    controls = (
        Control(
            "epsilon", "epsilon", [(f"{value:.0e}", value) for value in EPSILONS[::2]], EPSILONS[24]
        ),
        Control("kind", "numbers", [(kind, kind) for kind in KINDS], "float64", slider=False),
    )
    return Scene(controls, Picture(figure, [marks, curve, chord]), update)


def _through_the_window(number, epsilon):
    """sin around 1 in numbers of one kind; lengths in both directions are such that the tangent has slope 1."""
    theta = number(1) + number(epsilon) * WINDOW.astype(number)
    rise = np.sin(theta).astype(float) - np.sin(number(1)).astype(float)
    return rise / (epsilon * np.cos(1))


def _error_axes(ax):
    for kind, (_, colour) in KINDS.items():
        one_side, both_sides = np.maximum(table(f"epsilon/{kind}"), 1e-13)
        ax.loglog(EPSILONS, one_side, ":", color=colour, label=f"{kind}, one side")
        ax.loglog(
            EPSILONS,
            both_sides,
            "-" if kind == "float64" else "--",
            color=colour,
            label=f"{kind}, both sides",
        )
    ax.axhline(THRESHOLD, color="0.4", linewidth=1, label="threshold 2e-7")
    ax.set(
        xlabel=r"$\varepsilon$",
        ylabel="relative error",
        title="error of the measured slope of sin at 1",
    )
    ax.legend(fontsize=8)


def _window_axes(ax):
    """The curve and its chord, which move, over the tangent, which stays."""
    ax.plot(WINDOW, WINDOW, color="0.7", linewidth=5, label="true slope")
    (curve,) = ax.plot(WINDOW, WINDOW, color=BLUE, linewidth=1.2, label="sin, as computed")
    (chord,) = ax.plot([-1, 1], [-1, 1], "--o", color=ORANGE, label="measured, both sides")
    ax.set(xlabel=r"distance from $\theta$ = 1, in $\varepsilon$", ylabel="rise, scaled", ylim=(-2.2, 2.2),
           title="the curve between the nudges")  # fmt: skip
    ax.legend(fontsize=8, loc="upper left")
    return curve, chord
