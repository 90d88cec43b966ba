"""The cost of one example over the network's output, and its slope: the sign of dAL."""

import numpy as np

from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import BLUE, ORANGE

OUTPUTS = tuple(round(0.02 * step, 2) for step in range(1, 50))  # 0.02 to 0.98
START = 0.2
CURVE = np.linspace(0.01, 0.99, 197)
REACH = 0.12  # of the tangent to both sides
STYLES = ((0, BLUE, "--"), (1, ORANGE, "-"))  # label, colour, line


def explore_slope():
    """Show cost and slope of one example, for a chosen output of the network and label."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(9, 3.4)
    left, right = figure.subplots(1, 2)
    for axes, values_of in ((left, _cost), (right, _slope)):
        for y, colour, line in STYLES:
            name = label("explorer.slope.label", label=y)
            axes.plot(CURVE, values_of(CURVE, y), line, color=colour, label=name)
        axes.set(xlabel=label("explorer.slope.output"), xlim=(0, 1))
    left.set(ylim=(-0.4, 4.7), title=label("explorer.slope.cost"))
    right.set(ylim=(-20, 20), title=label("explorer.slope.slope"))
    right.axhline(0, color="0.6", linewidth=1)
    left.legend(fontsize=8, loc="upper center")
    (tangent,) = left.plot([0, 1], [0, 0], color="black", linewidth=2)
    points = [axes.plot([0], [0], "D", color="black", markersize=7)[0] for axes in (left, right)]

    def update(output, label):
        cost, slope = _cost(output, label), _slope(output, label)
        sides = np.array([output - REACH, output + REACH])
        tangent.set_data(sides, cost + slope * (sides - output))
        for point, height in zip(points, (cost, slope)):
            point.set_data([output], [np.clip(height, -20, 20)])
        code = "explorer.slope.one" if label else "explorer.slope.zero"
        return message(code, output=output, cost=cost, slope=slope)

    return Scene(_controls(), Picture(figure, [tangent, *points]), update)


def _controls():
    outputs = [(f"{value:.2f}", value) for value in OUTPUTS]
    return (
        Control("output", message("explorer.slope.output"), outputs, START),
        Control("label", message("explorer.slope.y"), [("1", 1), ("0", 0)], 1, slider=False),
    )


def _cost(a, y):
    """Of outputs a for the label y."""
    return -np.log(a if y else 1 - a)


def _slope(a, y):
    """Of the cost in a."""
    return -1 / a if y else 1 / (1 - a)
