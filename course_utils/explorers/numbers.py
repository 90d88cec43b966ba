"""Numbers written into the squares of a grid, in pictures that move, and numbers to choose."""

import numpy as np
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

SIZE = 9  # of the numbers, in points
PAPER = "#EAF3FA"
MARKED = "#FFD9A8"  # a square that counts


class Grid:
    """An array of at most (rows, columns) numbers, each in a square of its own.

    ax: axes that hold nothing else
    artists: those that `show` changes
    """

    def __init__(self, ax, rows, columns, title):
        self.shape = rows, columns
        self.image = ax.imshow(np.ones((rows, columns, 3)))
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontsize=10)
        ax.set_frame_on(False)
        self.words = {
            place: ax.text(*place[::-1], "", ha="center", va="center", fontsize=SIZE)
            for place in np.ndindex(rows, columns)
        }
        self.artists = [self.image, *self.words.values()]

    def show(self, values, colours=None):
        """Write the array `values` into the squares; the others vanish.

        colours: by place, where a square does not have the usual one
        """
        squares = np.ones((*self.shape, 3))
        squares[: len(values), : len(values[0])] = to_rgb(PAPER)
        for place, colour in (colours or {}).items():
            squares[place] = to_rgb(colour)
        self.image.set_data(squares)
        for place, word in self.words.items():
            is_there = all(at < size for at, size in zip(place, values.shape))
            word.set_visible(is_there)
            if is_there:
                word.set_text(f"{values[place]:g}")


class Frame:
    """A thick frame around a window of a `Grid`."""

    def __init__(self, ax, colour):
        self.artist = ax.add_patch(
            Rectangle((0, 0), 1, 1, fill=False, edgecolor=colour, linewidth=3)
        )

    def show(self, top, left, height=1, width=1):
        """Put it around so many rows and columns."""
        self.artist.set_bounds(left - 0.5, top - 0.5, width, height)


def number_options(first, last):
    """Whole numbers to choose from, both ends included."""
    return [(str(value), value) for value in range(first, last + 1)]
