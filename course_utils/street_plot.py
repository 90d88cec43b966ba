"""Street scenes with boxes, for the notebook and the explorers."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Rectangle

from course_utils.datasets.streets import KINDS, SIZE
from course_utils.figures import TRUE_COLOURS
from course_utils.labels import label

# Bright enough for the night, and apart for colour-blind readers; the kind is written beside it.
KIND_COLOURS = ("#56B4E9", "#E69F00", "#F0E442", "#FF8FD0")
SOLID, DASHED, THIN = "-", (0, (3, 2)), (0, (1, 1.5))


def plot_street(picture, boxes=(), classes=None, scores=None, *, ax=None, title=""):
    """Draw a picture and boxes on it.

    picture (96, 96, 3); boxes (k, 4) in pixels; classes (k,): without them, boxes have no names
    scores (k,): written behind the names
    """
    ax = ax or plt.subplots(figsize=(4.6, 4.8), layout="constrained")[1]
    street = StreetAxes(ax, most=len(boxes), title=title)
    kinds = np.zeros(len(boxes), int) if classes is None else np.asarray(classes, int)
    names = [""] * len(kinds) if classes is None else [kind_name(kind) for kind in kinds]
    if scores is not None:
        names = [f"{name} {score:.2f}" for name, score in zip(names, scores)]
    colours, width = [KIND_COLOURS[kind] for kind in kinds], 0.7 if classes is None else 1.6
    drawn = [Drawn(*one, width=width) for one in zip(boxes, colours, names)]
    street.show(picture, drawn)
    return ax


def kind_name(kind):
    """The name of a kind, an index into `KINDS`, for a picture."""
    return label(f"street.{KINDS[kind]}")


class Drawn:
    """A box as it is drawn: four corners, a colour, a name, a style of line and its width."""

    def __init__(self, box, colour, name="", style=SOLID, width=1.6):
        self.box, self.colour, self.name = box, colour, name
        self.style, self.width = style, width


class StreetAxes:
    """Axes with a picture and at most so many boxes, which can be changed.

    artists: those that `show` changes
    """

    def __init__(self, ax, most, title=""):
        ax.figure.set_gid(TRUE_COLOURS)
        self.image = ax.imshow(np.zeros((SIZE, SIZE, 3)), extent=(0, SIZE, SIZE, 0))
        ax.set(xticks=[], yticks=[], title=title, xlim=(0, SIZE), ylim=(SIZE, 0))
        ax.title.set_fontsize(10)
        style = {"fill": False, "visible": False}
        self.frames = [ax.add_patch(Rectangle((0, 0), 1, 1, **style)) for _ in range(most)]
        paper = {"facecolor": "black", "alpha": 0.6, "pad": 0.8, "edgecolor": "none"}
        self.words = [
            ax.text(0, 0, "", fontsize=7.5, va="bottom", clip_on=True, bbox=paper, visible=False)
            for _ in range(most)
        ]
        self.artists = [self.image, *self.frames, *self.words]

    def show(self, picture, boxes):
        """Show a picture (96, 96, 3) and a list of `Drawn`; boxes beyond the most are left out."""
        self.image.set_data(picture)
        for place, (frame, word) in enumerate(zip(self.frames, self.words)):
            is_there = place < len(boxes)
            frame.set_visible(is_there)
            word.set_visible(is_there and bool(boxes[place].name))
            if is_there:
                _change(frame, word, boxes[place])


def _change(frame, word, drawn):
    x1, y1, x2, y2 = drawn.box
    frame.set_bounds(x1, y1, x2 - x1, y2 - y1)
    frame.set(edgecolor=drawn.colour, linestyle=drawn.style, linewidth=drawn.width)
    word.set(text=drawn.name, color=drawn.colour)
    word.set_position((np.clip(x1, 0.5, SIZE - 12), np.clip(y1 - 0.8, 5, SIZE)))
