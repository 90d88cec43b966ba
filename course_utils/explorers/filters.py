"""A gallery of filters to choose, and one weight of it to change, over a photograph."""

import functools

import numpy as np

from course_utils.convolution import convolve
from course_utils.datasets.views import load_photo
from course_utils.explorers.numbers import MARKED, Grid
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import plot_picture

GALLERY = {
    "upright": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
    "level": [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
    "diagonal": [[2, 1, 0], [1, 0, -1], [0, -1, -2]],
    "detail": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "sharpen": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
    "blur": [[1, 2, 1], [2, 4, 2], [1, 2, 1]],
    "same": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
}
MOST = 8  # that can be added to a weight or taken off it


def explore_filters():
    """Show what a filter makes of a photograph; one of its weights can be changed."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(8, 2.4)
    axes = figure.subplots(1, 3, width_ratios=(1, 1.8, 1.8))
    weights = Grid(axes[0], 3, 3, label("explorer.filters.weights"))
    plain = {"interpolation": "nearest"}  # each pixel as it is; smoothed, they make a large file
    plot_picture(_photo()[0, :, :, 0], axes[1], **plain)
    plot_picture(_photo()[0, :, :, 0], axes[2], "RdBu_r", vmin=-1, vmax=1, **plain)
    image = axes[2].images[0]
    for ax, name in zip(axes[1:], ("photo", "answers")):
        ax.set_title(label(f"explorer.filters.{name}"), fontsize=10)
        ax.axis("off")

    def update(name, place, change):
        W = np.array(GALLERY[name], dtype=float)
        W.flat[place] += change
        row, column = divmod(place, 3)
        weights.show(W, {(row, column): MARKED})
        Z = convolve(_photo(), W[:, :, None, None], 0, {"stride": 1, "pad": 0})[0][0, :, :, 0]
        reach = max(np.percentile(np.abs(Z), 99), 1e-9)
        image.set_data(Z)
        image.set_clim(-reach, reach)
        shown = {"row": row, "column": column, "weight": W[row, column]}
        return message("explorer.filters.seen", sum=W.sum(), mean=np.abs(Z).mean(), **shown)

    return Scene(_controls(), Picture(figure, [*weights.artists, image]), update)


@functools.cache
def _photo():
    return load_photo()


def _controls():
    names = [(message(f"explorer.filters.{name}"), name) for name in GALLERY]
    places = [(f"{row}, {column}", 3 * row + column) for row, column in np.ndindex(3, 3)]
    changes = [(f"{value:+d}", value) for value in range(-MOST, MOST + 1)]
    return (
        Control("name", message("explorer.filters.filter"), names, "upright", slider=False),
        Control("place", message("explorer.filters.place"), places, 4, slider=False),
        Control("change", message("explorer.filters.change"), changes, 0),
    )
