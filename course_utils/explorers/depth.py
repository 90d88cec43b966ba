"""How the gradient fades or grows from layer to layer, by the depth and the scale of the start."""

import functools

import numpy as np

from course_utils.datasets import load_even_digits
from course_utils.deep import chain, chain_slopes
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.network import compute_cost, xavier_parameters
from course_utils.plotting import BLUE, ORANGE

DEPTHS = tuple(range(1, 11))
SCALES = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.41, 2)  # times 1 / sqrt(inputs)
WIDTH = 20  # units of a hidden layer
EXAMPLES = 200
SEED = 5
FAINTEST, STRONGEST = 1e-12, 1e2  # lengths that are shown


def explore_depth():
    """Show first cost and gradients by layer, for a chosen depth and scale of the first weights."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(11, 4)
    left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
    image = _heat_map(figure, left)
    ends = {"color": ORANGE, "linewidth": 2}
    edges = [left.plot([0.5, 10.5], [0, 0], **ends)[0] for _ in range(2)]
    (line,) = right.plot([], [], "-o", color=BLUE)
    right.set(yscale="log", xlim=(0.5, 10.5), ylim=(FAINTEST / 3, STRONGEST * 3), xticks=DEPTHS)
    right.set(xlabel=label("explorer.depth.layer"), title=label("explorer.depth.chosen"))

    def update(depth, scale):
        costs, lengths = starts(depth)
        row = SCALES.index(scale)
        shown = np.full((len(SCALES), len(DEPTHS)), np.nan)
        shown[:, :depth] = np.log10(np.clip(lengths, FAINTEST, STRONGEST))
        image.set_data(shown)
        for edge, side in zip(edges, (-0.5, 0.5)):
            edge.set_ydata([row + side] * 2)
        line.set_data(range(1, depth + 1), np.clip(lengths[row], FAINTEST, STRONGEST))
        about = {"first": lengths[row][0], "last": lengths[row][-1], "cost": costs[row]}
        return message("explorer.depth.seen", depth, depth=depth, scale=scale, **about)

    return Scene(_controls(), Picture(figure, [image, *edges, line]), update)


@functools.cache
def starts(depth):
    """Before training, for each of SCALES: the cost, and the length of dW of every layer.

    -> (scales,), (scales, depth)
    """
    digits = load_even_digits()
    X, Y = digits.train_X[:, :EXAMPLES], digits.train_Y[:, :EXAMPLES]
    unscaled = xavier_parameters([len(X), *[WIDTH] * (depth - 1), 1], seed=SEED)
    costs, lengths = [], []
    for scale in SCALES:
        output, caches = chain(X, {name: scale * array for name, array in unscaled.items()})
        slopes = chain_slopes(output, Y, caches)
        costs.append(compute_cost(output, Y))
        lengths.append([np.linalg.norm(slopes[f"dW{number}"]) for number in range(1, depth + 1)])
    return np.array(costs), np.array(lengths)


def _controls():
    depths = [(str(depth), depth) for depth in DEPTHS]
    scales = [(f"{scale:g}", scale) for scale in SCALES]
    return (
        Control("depth", message("explorer.depth.depth"), depths, 4),
        Control("scale", message("explorer.depth.scale"), scales, 0.05),
    )


def _heat_map(figure, ax):
    """The image of log10 of the lengths, scales by layers, and its bar of colours."""
    image = ax.imshow(
        np.zeros((len(SCALES), len(DEPTHS))),
        cmap="cividis",
        vmin=np.log10(FAINTEST),
        vmax=np.log10(STRONGEST),
        aspect="auto",
        extent=(0.5, len(DEPTHS) + 0.5, len(SCALES) - 0.5, -0.5),
    )
    ax.set_yticks(range(len(SCALES)), [f"{scale:g}" for scale in SCALES])
    ax.set(xticks=DEPTHS, xlabel=label("explorer.depth.layer"))
    ax.set(ylabel=label("explorer.depth.scale"), title=label("explorer.depth.lengths"))
    bar = figure.colorbar(image, ax=ax)
    bar.set_ticks([-12, -9, -6, -3, 0], labels=["≤ 1e-12", "1e-9", "1e-6", "0.001", "1"])
    return image
