"""What the explorers of street scenes share: scenes with what the detector says of them."""

import functools
from typing import NamedTuple

from course_utils.boxes import confident, scale_boxes, yolo_boxes_to_corners
from course_utils.datasets.streets import SIZE, Street, load_street
from course_utils.detector import look
from course_utils.explorers.numbers import number_options
from course_utils.explorers.panel import Control
from course_utils.explorers.picture import new_figure
from course_utils.labels import label
from course_utils.messages import message
from course_utils.precision import Found, hits, precision_recall
from course_utils.street_plot import DASHED, KIND_COLOURS, SOLID, Drawn, StreetAxes, kind_name

FIRST_SEED = 40  # of the scenes to choose from
SCENES = 8


class Answer(NamedTuple):
    """A scene, and of all boxes of the detector the corners in pixels, confidence and kinds."""

    street: Street
    corners: object
    confidence: object
    probabilities: object

    def fired(self, threshold):
        """The boxes that score so much, as a `Found`, in no order."""
        parts = confident(self.corners, self.confidence, self.probabilities, threshold)
        return Found(*parts)


@functools.lru_cache(maxsize=64)
def answer(number, night=None, crowd=None):
    """The `Answer` to one of the scenes; night and crowd as in `load_street`."""
    street = load_street(FIRST_SEED + number, night=night, crowd=crowd)
    centres, sizes, confidence, probabilities = look(street.picture)
    corners = scale_boxes(yolo_boxes_to_corners(centres, sizes), (SIZE, SIZE))
    return Answer(street, corners, confidence, probabilities)


class TruthAndFound:
    """A figure of a scene twice: with its things, and with what is kept of the detector's boxes.

    most_boxes: so many at most can be shown on either side
    """

    def __init__(self, most_boxes):
        self.figure = new_figure(8.6, 4.4)
        left, right = self.figure.subplots(1, 2)
        self._truth = StreetAxes(left, most_boxes, label("explorer.street.truth"))
        self._found = StreetAxes(right, most_boxes, label("explorer.street.found"))
        self.artists = [*self._truth.artists, *self._found.artists]

    def show(self, street, kept):
        """Draw a `Street` and a `Found`; how many are right of how many things, and the rates."""
        right = hits(kept, street.boxes, street.classes)
        self._truth.show(street.picture, _true_boxes(street))
        self._found.show(street.picture, _named_boxes(kept, right))
        precision, recall = precision_recall(kept, street.boxes, street.classes)
        counts = {"right": int(right.sum()), "things": len(street.boxes)}
        return counts | {"precision": precision, "recall": recall}


def _true_boxes(street):
    """A `Drawn` for each thing of a scene."""
    pairs = zip(street.boxes, street.classes)
    return [Drawn(box, KIND_COLOURS[kind], kind_name(kind)) for box, kind in pairs]


def _named_boxes(found, right):
    """A `Drawn` for each box of a `Found`; where `right` says False, dashed."""
    return [
        Drawn(
            found.boxes[i],
            KIND_COLOURS[kind],
            f"{kind_name(kind)} {found.scores[i]:.2f}",
            SOLID if right[i] else DASHED,
        )
        for i, kind in enumerate(found.classes)
    ]


def scene_control(start):
    """Which scene."""
    return Control("number", message("explorer.street.scene"), number_options(1, SCENES), start)


def rate_control(name, code, values, start):
    """A number with few digits to choose."""
    return Control(name, message(code), [(f"{value:g}", value) for value in values], start)
