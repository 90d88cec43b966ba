"""Two boxes, what they share, and what common slips make of it."""

from matplotlib.patches import Rectangle

from course_utils.boxes import overlap
from course_utils.explorers.numbers import number_options
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.plotting import BLUE, ORANGE

FIRST = (4, 3, 9, 7)
WIDTH, HEIGHT = 16, 11  # of the grid


def explore_overlap():
    """Move and stretch a box over another; see their IoU, and what three slips would make of it."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(6.4, 4.2)
    ax = figure.subplots()
    ax.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0), aspect="equal", xlabel="x", ylabel="y")
    ax.set(xticks=range(WIDTH + 1), yticks=range(HEIGHT + 1))
    ax.grid(color="0.9")
    common = ax.add_patch(Rectangle((0, 0), 1, 1, facecolor="0.75", edgecolor="none"))
    first, second = (
        ax.add_patch(
            Rectangle((0, 0), 1, 1, fill=False, edgecolor=colour, linewidth=3, linestyle=style)
        )
        for colour, style in ((BLUE, "-"), (ORANGE, (0, (4, 1.5))))
    )
    _place(first, FIRST)
    title = ax.text(0.2, 0.85, "", fontsize=11)

    def update(left, top, width, height):
        box = (left, top, left + width, top + height)
        _place(second, box)
        shared = _shared(FIRST, box)
        common.set_visible(min(shared[2] - shared[0], shared[3] - shared[1]) > 0)
        _place(common, shared)
        values = _values(FIRST, box, shared)
        title.set_text(label("explorer.overlap.value", iou=values["iou"]))
        return message("explorer.overlap.seen", x1=left, y1=top, x2=box[2], y2=box[3], **values)

    return Scene(_controls(), Picture(figure, [common, first, second, title]), update)


def _shared(a, b):
    """Corners of what two boxes share; the wrong way round where they share nothing."""
    return max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])


def _values(a, b, shared):
    """The IoU, and what becomes of it without the clamp, with the shared part counted twice, and
    with one pixel more on every side."""
    unclamped = _area(shared)
    both = _area(a) + _area(b)
    larger = [(x1, y1, x2 + 1, y2 + 1) for x1, y1, x2, y2 in (a, b)]
    clamped = max(shared[2] - shared[0], 0) * max(shared[3] - shared[1], 0)
    return {
        "iou": overlap(a, b),
        "unclamped": unclamped / (both - unclamped),
        "twice": clamped / both,
        "pixel": overlap(*larger),
    }


def _area(box):
    return (box[2] - box[0]) * (box[3] - box[1])


def _place(patch, box):
    patch.set_bounds(box[0], box[1], box[2] - box[0], box[3] - box[1])


def _controls():
    return (
        Control("left", message("explorer.overlap.left"), number_options(0, 10), 6),
        Control("top", message("explorer.overlap.top"), number_options(0, 7), 4),
        Control("width", message("explorer.overlap.width"), number_options(1, 6), 6),
        Control("height", message("explorer.overlap.height"), number_options(1, 4), 4),
    )
