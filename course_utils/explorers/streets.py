"""Night and crowds: what is in a street, and what the detector finds there."""

from course_utils.boxes import survivors
from course_utils.explorers.numbers import number_options
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.explorers.street_answers import answer, named_boxes, scene_control
from course_utils.explorers.thresholds import true_boxes
from course_utils.labels import label
from course_utils.messages import message
from course_utils.precision import Found, hits, precision_recall
from course_utils.street_plot import StreetAxes

MOST_BOXES, MOST_THINGS = 30, 14
SCORE, IOU = 0.5, 0.5


def explore_streets():
    """Show a scene by day or by night, with few things or many, beside what is found in it."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(8.6, 4.4)
    left, right = figure.subplots(1, 2)
    truth = StreetAxes(left, MOST_BOXES, label("explorer.street.truth"))
    found = StreetAxes(right, MOST_BOXES, label("explorer.street.found"))

    def update(number, night, crowd):
        street, *_ = said = answer(number, night, crowd)
        kept = Found(*survivors(*said.fired(SCORE), max_boxes=MOST_BOXES, iou_threshold=IOU))
        right = hits(kept, street.boxes, street.classes)
        truth.show(street.picture, true_boxes(street))
        found.show(street.picture, named_boxes(kept, right))
        precision, recall = precision_recall(kept, street.boxes, street.classes)
        shown = {"number": number, "crowd": crowd, "things": len(street.boxes)}
        rates = {"right": int(right.sum()), "precision": precision, "recall": recall}
        code = f"explorer.streets.{'night' if night else 'day'}"
        return message(code, kept=len(kept.boxes), **shown, **rates)

    artists = [*truth.artists, *found.artists]
    return Scene(_controls(), Picture(figure, artists), update)


def _controls():
    times = [
        (message("explorer.streets.at_day"), False),
        (message("explorer.streets.at_night"), True),
    ]
    return (
        scene_control(4),
        Control("night", message("explorer.streets.time"), times, False, slider=False),
        Control("crowd", message("explorer.streets.crowd"), number_options(1, MOST_THINGS), 5),
    )
