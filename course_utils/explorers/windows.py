"""Which window makes which number of the output, by stride, frame and size of the filter."""

import numpy as np

from course_utils.convolution import convolve, framed
from course_utils.explorers.numbers import Frame, Grid, number_options
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import ORANGE

PICTURE = np.array([[3, 1, 0, 2, 5, 1], [0, 2, 4, 1, 1, 0], [1, 5, 2, 0, 3, 2], [2, 0, 1, 4, 2, 1]])
WEIGHTS = {2: [[1, -1], [2, 0]], 3: [[1, 0, -1], [2, 0, -2], [1, 0, -1]]}
LARGEST_FRAME, GREY = 1, "0.8"
LAST_PLACE = 34  # of the largest output; in smaller ones, counting goes round


def explore_windows():
    """Show the window of a place of the output, for a chosen filter size, stride and frame."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(9.5, 4.2)
    left, right = figure.subplots(1, 2)
    height, width = np.add(PICTURE.shape, 2 * LARGEST_FRAME)
    before = Grid(left, height, width, label("explorer.windows.before"))
    after = Grid(right, height - 1, width - 1, label("explorer.windows.after"))
    window, answer = Frame(left, ORANGE), Frame(right, ORANGE)

    def update(f, stride, pad, place):
        X = framed(PICTURE[None, :, :, None], pad)
        W = np.array(WEIGHTS[f])[:, :, None, None]
        Z = convolve(PICTURE[None, :, :, None], W, 0, {"stride": stride, "pad": pad})[0][0, :, :, 0]
        row, column = np.unravel_index(place % Z.size, Z.shape)
        before.show(X[0, :, :, 0], _frame_colours(X.shape[1:3], pad))
        after.show(Z)
        top, start = row * stride, column * stride
        window.show(top, start, f, f)
        answer.show(row, column)
        shown = {"row": row, "column": column, "value": Z[row, column], "rows": len(Z)}
        covered = {"top": top, "bottom": top + f - 1, "left": start, "right": start + f - 1}
        return message("explorer.windows.seen", columns=len(Z[0]), **shown, **covered)

    artists = [*before.artists, *after.artists, window.artist, answer.artist]
    return Scene(_controls(), Picture(figure, artists), update)


def _frame_colours(shape, pad):
    """{place: grey} of the frame."""
    places = np.ndindex(*shape)
    inside = [range(pad, size - pad) for size in shape]
    return {place: GREY for place in places if any(at not in r for at, r in zip(place, inside))}


def _controls():
    return (
        Control("f", message("explorer.windows.f"), number_options(2, 3), 3),
        Control("stride", message("explorer.windows.stride"), number_options(1, 3), 2),
        Control("pad", message("explorer.windows.pad"), number_options(0, LARGEST_FRAME), 1),
        Control("place", message("explorer.windows.place"), number_options(0, LAST_PLACE), 4),
    )
