"""Two thresholds over a street scene, with precision, recall and the number of boxes."""

from course_utils.boxes import survivors
from course_utils.explorers.panel import Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.explorers.street_answers import (
    answer,
    named_boxes,
    rate_control,
    scene_control,
)
from course_utils.labels import label
from course_utils.messages import message
from course_utils.precision import Found, hits, precision_recall
from course_utils.street_plot import KIND_COLOURS, Drawn, StreetAxes, kind_name

MOST_BOXES = 100
SCORES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
IOUS = (0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


def explore_thresholds():
    """Show what stays of a scene for a chosen score threshold and IoU threshold."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(8.6, 4.4)
    left, right = figure.subplots(1, 2)
    truth = StreetAxes(left, MOST_BOXES, label("explorer.street.truth"))
    found = StreetAxes(right, MOST_BOXES, label("explorer.street.found"))

    def update(number, score, iou):
        street, *_ = said = answer(number)
        fired = said.fired(score)
        kept = Found(*survivors(*fired, max_boxes=MOST_BOXES, iou_threshold=iou))
        right = hits(kept, street.boxes, street.classes)
        truth.show(street.picture, true_boxes(street))
        found.show(street.picture, named_boxes(kept, right))
        precision, recall = precision_recall(kept, street.boxes, street.classes)
        counts = {"fired": len(fired.boxes), "kept": len(kept.boxes), "right": int(right.sum())}
        rates = {"things": len(street.boxes), "precision": precision, "recall": recall}
        chosen = {"number": number, "score": score, "iou": iou}
        return message("explorer.thresholds.seen", **chosen, **counts, **rates)

    artists = [*truth.artists, *found.artists]
    return Scene(_controls(), Picture(figure, artists), update)


def true_boxes(street):
    """A `Drawn` for each thing of a scene."""
    pairs = zip(street.boxes, street.classes)
    return [Drawn(box, KIND_COLOURS[kind], kind_name(kind)) for box, kind in pairs]


def _controls():
    return (
        scene_control(5),
        rate_control("score", "explorer.street.score", SCORES, 0.6),
        rate_control("iou", "explorer.street.iou", IOUS, 0.5),
    )
