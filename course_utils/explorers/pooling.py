"""Pooling forward and backward: the winner of a window, and the slopes that come back."""

import numpy as np

from course_utils.convolution import pool, pool_slopes
from course_utils.explorers.numbers import MARKED, Frame, Grid, number_options
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import ORANGE

PICTURE = np.array(
    [
        [-4, 7, 2, -9, 5],
        [1, -6, 11, 3, -2],
        [8, 0, -7, 10, 4],
        [-5, 12, 6, -1, -3],
        [9, -8, 13, -10, 14],
    ]
)
SLOPES = np.array([[6, -2, 4, 1], [3, 5, -1, 2], [-3, 2, 6, 1], [4, 1, -2, 3]])
F = 2


def explore_pooling():
    """Show a window, what it becomes, and the slope that comes back, for both modes."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(9.5, 3.6)
    axes = figure.subplots(1, 3)
    titles = [label(f"explorer.pooling.{name}") for name in ("before", "after", "back")]
    sizes = (PICTURE.shape, SLOPES.shape, PICTURE.shape)
    before, after, back = (Grid(ax, *size, title) for ax, size, title in zip(axes, sizes, titles))
    frames = [Frame(ax, ORANGE) for ax in axes]

    def update(mode, stride, place):
        A, kept = pool(PICTURE[None, :, :, None], {"f": F, "stride": stride}, mode)
        _, rows, columns, _ = A.shape
        row, column = np.unravel_index(place % (rows * columns), (rows, columns))
        dA = SLOPES[:rows, :columns]
        returned = pool_slopes(dA[None, :, :, None], kept, mode)[0, :, :, 0]
        top, left = row * stride, column * stride
        marked = _marked(mode, top, left)
        before.show(PICTURE, marked)
        after.show(A[0, :, :, 0])
        back.show(returned, marked)
        for frame, where in zip(frames, ((top, left, F, F), (row, column), (top, left, F, F))):
            frame.show(*where)
        shown = {"row": row, "column": column, "slope": dA[row, column], "top": top, "left": left}
        code = f"explorer.pooling.seen.{mode}"
        return message(code, value=A[0, row, column, 0], share=dA[row, column] / F**2, **shown)

    artists = [*before.artists, *after.artists, *back.artists, *(frame.artist for frame in frames)]
    return Scene(_controls(), Picture(figure, artists), update)


def _marked(mode, top, left):
    """{place: colour} of the pixels of a window that have a part in its output."""
    window = PICTURE[top : top + F, left : left + F]
    has_part = window == window.max() if mode == "max" else np.ones(window.shape, bool)
    return {(top + y, left + x): MARKED for y, x in np.argwhere(has_part)}


def _controls():
    modes = [(message(f"explorer.pooling.{mode}"), mode) for mode in ("max", "average")]
    return (
        Control("mode", message("explorer.pooling.mode"), modes, "max", slider=False),
        Control("stride", message("explorer.windows.stride"), number_options(1, 2), 1),
        Control("place", message("explorer.windows.place"), number_options(0, 15), 5),
    )
