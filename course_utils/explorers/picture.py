"""A figure of which only the moving parts are drawn again, so that sliders are answered at once."""

import io
import textwrap
import unicodedata

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from course_utils.figures import has_dark_form
from course_utils.plotting import TINTS, plot_points

DPI = 100
GRID = 100  # points along each side of the grid on which a boundary is computed
CHARACTER_WIDTH = 7  # pixels of a caption's character, roughly


class Picture:
    """A figure in which only the `moving` artists change.

    They are drawn in the order given, over all others (matplotlib calls this blitting).
    """

    def __init__(self, figure, moving):
        self.moving = moving
        self.has_dark_form = has_dark_form(figure)
        self.canvas = FigureCanvasAgg(figure)
        for artist in moving:
            artist.set_animated(True)
        self.canvas.draw()
        figure.set_layout_engine("none")
        self.background = self.canvas.copy_from_bbox(figure.bbox)

    def pixels(self):
        """The picture as it is now, (height, width, 3) uint8."""
        self.canvas.restore_region(self.background)
        for artist in self.moving:
            artist.axes.draw_artist(artist)
        return np.array(self.canvas.buffer_rgba())[..., :3]


class Boundary:
    """The decision boundary of a network, under the points.

    ax: axes that hold nothing else; X (2, m), Y (1, m)
    limit: the picture reaches from -limit to limit in both directions
    names: (of class 0, of class 1), for the legend
    artists: those that `show` changes, and the points and the frame, which are drawn over them
    """

    def __init__(self, ax, X, Y, limit, names=None):
        plot_points(X, Y, ax, names)
        steps = np.linspace(-limit, limit, GRID)
        self.plane = np.stack([x.ravel() for x in np.meshgrid(steps, steps)])  # (2, GRID**2)
        extent, tint = (-limit, limit, -limit, limit), self._tint(np.zeros(GRID**2, int))
        self.image = ax.imshow(tint, origin="lower", extent=extent)
        ax.set(xlim=(-limit, limit), ylim=(-limit, limit))
        self.artists = [self.image, *ax.collections, *ax.spines.values()]

    def show(self, predict):
        """Tint the plane by the labels (1, k) that `predict` gives to points (2, k)."""
        self.image.set_data(self._tint(np.ravel(predict(self.plane))))

    def _tint(self, labels):
        return TINTS[labels].reshape(GRID, GRID, 3)


def new_figure(width, height):
    """An empty figure, in inches; pyplot does not know of it, so it is never displayed twice."""
    return Figure(figsize=(width, height), dpi=DPI, layout="constrained")


def as_png(pixels):
    """Bytes of a PNG file, packed for speed."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "png", compress_level=1)
    return file.getvalue()


def with_caption(pixels, sentence):
    """The picture with a sentence below it, for pages that show nothing but pictures.

    pixels (height, width, 3) -> (height + that of the caption, width, 3), uint8
    """
    width = pixels.shape[1]
    is_wide = any(unicodedata.east_asian_width(letter) == "W" for letter in sentence)
    lines = textwrap.wrap(sentence, width // (CHARACTER_WIDTH * (2 if is_wide else 1)))
    strip = Figure(figsize=(width / DPI, (0.2 * len(lines) + 0.1)), dpi=DPI)
    strip.text(0.01, 0.95, "\n".join(lines), va="top", fontsize=9.5)
    canvas = FigureCanvasAgg(strip)
    canvas.draw()
    caption = np.array(canvas.buffer_rgba())[:, :, :3]
    return np.vstack([pixels, caption[:, :width]])
