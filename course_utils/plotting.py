"""Pictures for the notebooks. Every function draws on the axes it is given, or makes new ones.

All return their axes. Colours are from the Okabe-Ito palette, which colour-blind readers can tell
apart; classes, curves and methods also differ in marker or line style, so that no meaning hangs on
colour alone.
"""

from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.ticker import MaxNLocator

from course_utils.figures import TRUE_COLOURS, show_figures_with_words
from course_utils.football_pitch import SIZE, pitch_lines
from course_utils.labels import label as words

BLUE, ORANGE, GREEN, PINK = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
COLOURS = (BLUE, ORANGE, GREEN, PINK)
LINES = ("-", "--", "-.", ":")
HATCHES = ("//", "\\\\", "..", "xx")
TINTS = np.array([[204, 229, 247], [252, 224, 201]], np.uint8)  # light BLUE (class 0), ORANGE (1)
WHOLE_STEPS = (1, 2, 5, 10)  # between numbers below an axis, times a power of ten
WIDEST = 12  # inches; in a wider picture the letters are too small on a narrow page
CHUNK = 8_192  # points that are predicted at once; their activations fit the processor's cache


def plot_points(X, Y, ax=None, names=None):
    """Scatter two classes: 0 as blue circles, 1 as orange triangles.

    X (2, m), Y (1, m); a unit is as long on one axis as on the other
    names: (of class 0, of class 1), for the legend below the axes
    """
    ax = ax or plt.subplots(figsize=(4.5, 4.5))[1]
    labels = np.ravel(Y)
    names = names or [words("plot.class", number=number) for number in (0, 1)]
    for value, name, colour, marker in ((0, names[0], BLUE, "o"), (1, names[1], ORANGE, "^")):
        x1, x2 = X[:, labels == value]
        style = {"s": 22, "c": colour, "marker": marker, "linewidths": 0.4, "edgecolors": "white"}
        ax.scatter(x1, x2, label=name, **style)
    ax.set(xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2, frameon=False, fontsize=9)
    return ax


def plot_decision_boundary(predict, X, Y, ax=None, step=0.01, names=None):
    """Tint the plane by the class that `predict` gives, under the points of both classes.

    predict: a function from points (2, k) to labels (1, k);  X (2, m), Y (1, m)
    step: distance between neighbouring points of the grid on which `predict` is called
    names: (of class 0, of class 1), for the legend
    """
    ax = plot_points(X, Y, ax, names)
    (left, right), (low, high) = ((x.min() - 1, x.max() + 1) for x in X)
    x1, x2 = np.meshgrid(np.arange(left, right, step), np.arange(low, high, step))
    grid = np.stack([x1.ravel(), x2.ravel()])
    chunks = np.array_split(grid, grid.shape[1] // CHUNK + 1, axis=1)
    labels = np.concatenate([np.ravel(predict(chunk)) for chunk in chunks]).reshape(x1.shape)
    picture = TINTS[(labels > 0.5).astype(int)]
    aspect = ax.get_aspect()
    ax.imshow(picture, extent=(left, right, low, high), origin="lower", aspect=aspect, zorder=0)
    return ax


def plot_pitch(ax):
    """Draw the lines of a football pitch behind points that are there, and show the whole pitch.

    Both coordinates reach from -1 to 1: the first from goal to goal, the second from side to side.
    The picture has the shape of a real pitch, so a circle on the grass is a circle.
    """
    length, width = SIZE
    style = {"color": "0.55", "linewidth": 1, "zorder": 0.5}
    for line in pitch_lines():
        ax.plot(*(line / [length / 2, width / 2]).T, **style)
    ticks = np.linspace(-1, 1, 5)
    ax.set(xlim=(-1.06, 1.06), ylim=(-1.06, 1.06), aspect=width / length)
    ax.set(xticks=ticks, yticks=ticks)
    return ax


def plot_costs(runs, axes=None, share_y=True, xlabel=""):
    """The cost curves of several `TrainingRun`s side by side, each under its label.

    Iterations at which the cost was infinite are marked by a cross on the upper edge.
    xlabel: what the runs count, where it is not iterations
    """
    axes = _row_of_axes(len(runs), width=4, height=3, sharey=share_y) if axes is None else axes
    for ax, run, colour, line in zip(axes, runs, cycle(COLOURS), cycle(LINES)):
        costs = np.array(run.costs)
        iterations = np.arange(len(costs)) * run.every
        ax.plot(iterations, np.where(np.isfinite(costs), costs, np.nan), line, color=colour)
        if (infinite := iterations[np.isinf(costs)]).size:
            _mark_infinite(ax, infinite)
        counted = xlabel or words("plot.iteration")
        ax.set(title=run.label, xlabel=counted, ylabel=words("plot.cost"))
        ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    return axes


def plot_histograms(values, axes=None, bins=30, colour=BLUE, value_range=None):
    """One histogram for each array, under its name, mean and standard deviation.

    values: {"W1": array of any shape, "A1": array, ...}
    """
    axes = _row_of_axes(len(values), width=3.4, height=2.8) if axes is None else axes
    for ax, (name, array) in zip(axes, values.items()):
        flat = np.ravel(array)
        ax.hist(flat, bins=bins, range=value_range, color=colour, edgecolor="white", linewidth=0.4)
        title = words("plot.histogram", name=name, mean=flat.mean(), std=flat.std())
        ax.set(title=title, ylabel=words("plot.count"))
        ax.title.set_fontsize(10)
    return axes


def plot_two_histograms(values, ax=None, bins=30):
    """Histograms of two or more arrays as outlines over one another, with the same bins.

    They differ in colour, line style and hatching.

    values: {"label": array of any shape, ...}
    """
    ax = ax or plt.subplots(figsize=(6, 3.6))[1]
    arrays = [np.ravel(array) for array in values.values()]
    edges = np.histogram_bin_edges(np.concatenate(arrays), bins)
    styles = zip(cycle(COLOURS), cycle(LINES), cycle(HATCHES))
    for label, array, (colour, line, hatch) in zip(values, arrays, styles):
        style = {"edgecolor": colour, "linestyle": line, "hatch": hatch, "linewidth": 1.6}
        ax.hist(array, bins=edges, histtype="step", label=label, **style)
    ax.set(ylabel=words("plot.count"))
    ax.legend()
    return ax


def plot_curves(curves, ax=None, xlabel="", ylabel="", xscale="linear", yscale="linear"):
    """Several lines in one picture, each with a colour, a line style and a marker of its own.

    curves: {"label": (x (k,), y (k,)), ...}; a logarithmic axis leaves out y <= 0
    Where all x are whole numbers, as those of layers are, so are the numbers below the axis.
    """
    ax = ax or plt.subplots(figsize=(6, 3.6))[1]
    styles = zip(cycle(COLOURS), cycle(LINES), cycle("os^D"))
    for (label, (x, y)), (colour, line, marker) in zip(curves.items(), styles):
        y = np.asarray(y, dtype=float)
        shown = np.where(y > 0, y, np.nan) if yscale == "log" else y
        ax.plot(x, shown, line, color=colour, marker=marker, markersize=4, label=label)
    ax.set(xlabel=xlabel, ylabel=ylabel, xscale=xscale, yscale=yscale)
    if xscale == "linear" and all(np.equal(np.mod(x, 1), 0).all() for x, _ in curves.values()):
        ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=WHOLE_STEPS))
    ax.legend()
    return ax


def plot_epsilon(curves, ax=None, threshold=None):
    """Relative error of a gradient against epsilon, both on logarithmic axes.

    curves: {"label": (epsilons (k,), errors (k,)), ...}; errors of exactly 0 are left out
    threshold: the error above which a gradient counts as wrong; drawn as a horizontal line
    """
    labels = {"xlabel": r"$\varepsilon$", "ylabel": words("plot.relative_error")}
    ax = plot_curves(curves, ax, xscale="log", yscale="log", **labels)
    if threshold is not None:
        line = words("plot.threshold", threshold=threshold)
        ax.axhline(threshold, color="0.4", linewidth=1, label=line)
        ax.legend()
    return ax


def plot_picture(pixels, ax=None, cmap="gray", title="", **limits):
    """Draw numbers (rows, columns) as a picture, which looks the same in a dark theme.

    There light and dark change places in all other figures, and this one speaks of both.
    cmap, limits: as of matplotlib's imshow, vmin and vmax among them
    """
    ax = ax or plt.subplots(figsize=(2.6, 2.2), layout="constrained")[1]
    ax.figure.set_gid(TRUE_COLOURS)
    ax.imshow(pixels, cmap=cmap, **limits)
    ax.set(xticks=[], yticks=[], title=title)
    return ax


def _row_of_axes(count, width, height, **how):
    """So many axes side by side, in a new figure; width and height of each in inches."""
    size = (min(width * count, WIDEST), height)
    _, axes = plt.subplots(1, count, figsize=size, squeeze=False, layout="constrained", **how)
    return axes[0]


def _mark_infinite(ax, iterations):
    """A cross on the upper edge for each iteration at which the cost was infinite."""
    heights = np.full(iterations.size, 0.97)  # as a share of the axes' height
    upper_edge = ax.get_xaxis_transform()
    ax.plot(iterations, heights, "kx", transform=upper_edge, label=words("plot.infinite"))
    ax.legend(loc="upper right")


show_figures_with_words()
