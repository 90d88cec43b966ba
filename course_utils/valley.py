"""A narrow valley, J(w) = (w1**2 + 50 * w2**2) / 2, and four runners that go down into it.

The steps are those of a student's own functions. w is stored as the parameters of one layer, so
that any such function can be called: {"W1": (1, 2), "b1": (1, 1)}, where b1 plays no part.
"""

import numpy as np

from course_utils.labels import label
from course_utils.plotting import BLUE, COLOURS, GREEN, LINES, ORANGE, PINK

CURVATURES = np.array([1.0, 50.0])  # along the valley and across it
START = (-9.0, 1.0)
REACH = ((-10.5, 5.0), (-2.2, 2.2))  # of a picture, along both axes
FAR = 1e3  # a runner that is further away has left the valley; numbers beyond it are not drawn
LONG_AGO = 10**6  # as the number of a step: beta ** t is 0, so that nothing is corrected
RUNNERS = {  # colour, marker
    "valley.gd": (BLUE, "o"),
    "valley.momentum": (ORANGE, "s"),
    "valley.adam": (GREEN, "^"),
    "valley.raw_adam": (PINK, "D"),
}


def valley_cost(w):
    """The height of points (..., 2) -> (...)"""
    return np.sum(CURVATURES * np.square(w), axis=-1) / 2


def valley_paths(
    step, momentum_step=None, adam_step=None, *, rate, beta1=0.9, beta2=0.999, steps=60
):
    """Where four runners come by: {code of its name: path (steps + 1, 2)}.

    step, momentum_step, adam_step: functions with the arguments of update_parameters_with_gd, ...;
        beta1 is momentum's beta, too. The last runner calls adam_step as if t were very large.
        Without a function its runners stay at home.
    """

    def by_gradient(t, parameters, slopes, state):
        return step(parameters, slopes, rate), state

    def by_momentum(t, parameters, slopes, state):
        parameters, state[0] = momentum_step(parameters, slopes, state[0], beta1, rate)
        return parameters, state

    def by_adam(t, parameters, slopes, state):
        parameters, *state = adam_step(parameters, slopes, *state[:2], t, rate, beta1, beta2)
        return parameters, state

    def by_raw_adam(t, *others):
        return by_adam(LONG_AGO, *others)

    moves = dict(zip(RUNNERS, (by_gradient, by_momentum, by_adam, by_raw_adam)))
    called = (step, momentum_step, adam_step, adam_step)
    with np.errstate(all="ignore"):
        return {
            name: _path(move, steps)
            for (name, move), needed in zip(moves.items(), called)
            if needed
        }


def plot_valley(paths, axes):
    """Draw each path on axes of its own, under the name of its runner.

    paths: of `valley_paths`; axes: as many
    """
    for (name, path), ax in zip(paths.items(), axes):
        colour, marker = RUNNERS[name]
        draw_contours(ax)
        ax.plot(*drawable(path).T, "-", color=colour, marker=marker, markersize=3, linewidth=1)
        ax.set_title(label(name))
    return axes


def plot_valley_costs(paths, ax):
    """Draw the costs of all paths over the steps, on a logarithmic axis."""
    for (name, path), colour, line in zip(paths.items(), COLOURS, LINES):
        ax.plot(drawable_costs(path), line, color=colour, label=label(name))
    ax.set(yscale="log", xlabel=label("valley.step"), ylabel=label("plot.cost"))
    ax.legend(fontsize=8)
    return ax


def draw_contours(ax):
    """Lines of equal height, and a cross at the lowest point."""
    sides = (np.linspace(*reach, 120) for reach in REACH)
    plane = np.stack(np.meshgrid(*sides), axis=-1)
    levels = 0.2 * 3.0 ** np.arange(7)
    ax.contour(
        *np.moveaxis(plane, -1, 0), valley_cost(plane), levels, colors="0.75", linewidths=0.8
    )
    ax.plot(0, 0, "x", color="black")
    ax.set(xlim=REACH[0], ylim=REACH[1], xlabel="$w_1$", ylabel="$w_2$")


def drawable(path):
    """The path up to its first point after which it never comes back into the picture."""
    inside = np.all(np.abs(path) < np.max(np.abs(REACH), axis=1), axis=1)
    end = np.flatnonzero(inside)[-1] + 2  # the start is inside
    return np.clip(path[:end], -FAR, FAR)


def drawable_costs(path):
    """The costs along a path, kept within bounds that can be drawn."""
    with np.errstate(all="ignore"):
        return np.clip(np.nan_to_num(valley_cost(path), nan=FAR), 1e-12, FAR)


def _path(move, steps):
    """move: (t, parameters, slopes, state) -> parameters, state; state: [v, s]"""
    parameters = {"W1": np.array([START]), "b1": np.zeros((1, 1))}
    state = [_still(), _still()]
    path = [parameters["W1"][0].copy()]
    for t in range(1, steps + 1):
        slopes = {"dW1": CURVATURES * parameters["W1"], "db1": np.zeros((1, 1))}
        parameters, state = move(t, parameters, slopes, state)
        path.append(np.array(parameters["W1"][0]))
    return np.array(path)


def _still():
    return {"dW1": np.zeros((1, 2)), "db1": np.zeros((1, 1))}
