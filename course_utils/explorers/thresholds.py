"""Two thresholds over a street scene, with precision, recall and the number of boxes."""

from course_utils.boxes import survivors
from course_utils.explorers.panel import Scene, show
from course_utils.explorers.picture import Picture
from course_utils.explorers.street_answers import (
    TruthAndFound,
    answer,
    rate_control,
    scene_control,
)
from course_utils.messages import message
from course_utils.precision import Found

MOST_BOXES = 100
SCORES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
IOUS = (0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)


def explore_thresholds():
    """Show what stays of a scene for a chosen score threshold and IoU threshold."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    streets = TruthAndFound(MOST_BOXES)

    def update(number, score, iou):
        street, *_ = said = answer(number)
        fired = said.fired(score)
        kept = Found(*survivors(*fired, max_boxes=MOST_BOXES, iou_threshold=iou))
        seen = streets.show(street, kept)
        counts = {"fired": len(fired.boxes), "kept": len(kept.boxes)}
        chosen = {"number": number, "score": score, "iou": iou}
        return message("explorer.thresholds.seen", **chosen, **counts, **seen)

    return Scene(_controls(), Picture(streets.figure, streets.artists), update)


def _controls():
    return (
        scene_control(5),
        rate_control("score", "explorer.street.score", SCORES, 0.6),
        rate_control("iou", "explorer.street.iou", IOUS, 0.5),
    )
