"""Night and crowds: what is in a street, and what the detector finds there."""

from course_utils.boxes import survivors
from course_utils.explorers.numbers import number_options
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture
from course_utils.explorers.street_answers import TruthAndFound, answer, scene_control
from course_utils.messages import message
from course_utils.precision import Found

MOST_BOXES, MOST_THINGS = 30, 14
SCORE, IOU = 0.5, 0.5


def explore_streets():
    """Show a scene by day or by night, with few things or many, beside what is found in it."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    streets = TruthAndFound(MOST_BOXES)

    def update(number, night, crowd):
        street, *_ = said = answer(number, night, crowd)
        kept = Found(*survivors(*said.fired(SCORE), max_boxes=MOST_BOXES, iou_threshold=IOU))
        seen = streets.show(street, kept)
        code = f"explorer.streets.{'night' if night else 'day'}"
        return message(code, kept=len(kept.boxes), number=number, crowd=crowd, **seen)

    return Scene(_controls(), Picture(streets.figure, streets.artists), update)


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
