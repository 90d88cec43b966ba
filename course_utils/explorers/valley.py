"""Four runners in a narrow valley, for a chosen rate and betas, by the student's own steps."""

import numpy as np

from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import LINES
from course_utils.valley import (
    FAR,
    RUNNERS,
    draw_contours,
    drawable,
    drawable_costs,
    valley_cost,
    valley_paths,
)

RATES = (0.01, 0.02, 0.035, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
BETAS1 = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)
BETAS2 = (0.9, 0.99, 0.999, 0.9999)
STEPS = 60
EXERCISES = "update_parameters_with_gd, _momentum and _adam"


def explore_valley(step, momentum_step, adam_step):
    """Show where four runners come in 60 steps, for a chosen rate, beta1 and beta2.

    step, momentum_step, adam_step: the student's three functions. Until they all run, a sentence is
    printed in place of the picture.
    """
    functions = (step, momentum_step, adam_step)
    if _run(functions):
        show(scene(*functions))
    else:
        print(message("explorer.valley.waits", functions=EXERCISES))


def scene(*functions):
    """The explorer as a `Scene`; `functions` are three that `_run` accepts."""
    figure = new_figure(11, 4.4)
    left, right = figure.subplots(1, 2, width_ratios=(1.4, 1))
    draw_contours(left)
    styles = list(zip(RUNNERS.items(), LINES))
    paths, costs = (
        [
            ax.plot([], [], line, color=colour, marker=marker, markersize=3, label=label(name))[0]
            for (name, (colour, marker)), line in styles
        ]
        for ax in (left, right)
    )
    left.legend(fontsize=8, loc="upper right")
    right.set(yscale="log", xlim=(0, STEPS), ylim=(1e-5, FAR))
    right.set(xlabel=label("valley.step"), title=label("plot.cost"))

    def update(rate, beta1, beta2):
        walked = valley_paths(*functions, rate=rate, beta1=beta1, beta2=beta2, steps=STEPS)
        for path, on_plane, over_steps in zip(walked.values(), paths, costs):
            on_plane.set_data(*drawable(path).T)
            over_steps.set_data(range(STEPS + 1), drawable_costs(path))
        return _sentence(walked, rate=rate, beta1=beta1, beta2=beta2)

    return Scene(_controls(), Picture(figure, [*paths, *costs]), update)


def _sentence(walked, **chosen):
    """What is seen: the cost at which each runner ends."""
    ends = {name: float(valley_cost(path[-1])) for name, path in walked.items()}
    shown = {
        name.removeprefix("valley."): f"{cost:.2g}"
        if cost < FAR
        else message("explorer.valley.lost")
        for name, cost in ends.items()
    }
    return message("explorer.valley.seen", steps=STEPS, **chosen, **shown)


def _run(functions):
    """Whether the functions run and return numbers of the right shape."""
    try:
        paths = valley_paths(*functions, rate=0.01, steps=2)
    except Exception:  # the student's code may raise anything, or return anything
        return False
    return all(path.shape == (3, 2) and np.isfinite(path).all() for path in paths.values())


def _controls():
    rates, betas1, betas2 = (
        [(f"{value:g}", value) for value in values] for values in (RATES, BETAS1, BETAS2)
    )
    return (
        Control("rate", message("explorer.valley.rate"), rates, 0.1),
        Control("beta1", "beta1", betas1, 0.9),
        Control("beta2", "beta2", betas2, 0.999),
    )
