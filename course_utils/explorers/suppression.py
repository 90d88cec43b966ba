"""Suppression one box at a time: which box stays, and which ones it removes."""

import numpy as np

from course_utils.boxes import best_first, overlaps, removers
from course_utils.explorers.numbers import number_options
from course_utils.explorers.panel import Control, Scene, show
from course_utils.explorers.picture import Picture, new_figure
from course_utils.explorers.street_answers import answer, rate_control, scene_control
from course_utils.labels import label
from course_utils.messages import message
from course_utils.street_plot import DASHED, KIND_COLOURS, THIN, Drawn, StreetAxes, kind_name

MOST_BOXES, STEPS = 120, 10
SCORE = 0.6
IOU_THRESHOLDS = (0.1, 0.3, 0.5, 0.7, 0.9)


def explore_suppression():
    """Show a step of the suppression: the box that stays, and those that are removed by it."""
    show(scene())


def scene():
    """The explorer as a `Scene`."""
    figure = new_figure(8.6, 4.4)
    left, right = figure.subplots(1, 2)
    before = StreetAxes(left, MOST_BOXES, label("explorer.suppression.step"))
    after = StreetAxes(right, MOST_BOXES, label("explorer.suppression.stay"))

    def update(number, iou_threshold, step):
        street, *_ = said = answer(number)
        fired = said.fired(SCORE)
        remover = removers(*fired, iou_threshold)
        stays = [i for i in best_first(fired.scores) if remover[i] < 0]
        done = stays[: step - 1]
        decided = np.isin(np.arange(len(remover)), done) | np.isin(remover, done)
        now = stays[step - 1] if step <= len(stays) else None
        gone = np.flatnonzero(remover == now) if now is not None else np.array([], int)
        waiting = [i for i in np.flatnonzero(~decided) if i != now and i not in gone]
        before.show(street.picture, _step(fired, now, gone, waiting))
        after.show(street.picture, [_kept(fired, i) for i in stays[:step]])
        return _sentence(fired, now, gone, len(waiting), number, iou_threshold, step)

    artists = [*before.artists, *after.artists]
    return Scene(_controls(), Picture(figure, artists), update)


def _step(fired, now, gone, waiting):
    """The boxes of a step, those that matter most drawn last."""
    thin = [Drawn(fired.boxes[i], "white", "", THIN, 0.8) for i in waiting]
    dashed = [Drawn(fired.boxes[i], KIND_COLOURS[fired.classes[i]], "", DASHED, 1) for i in gone]
    return [*thin, *dashed, *([] if now is None else [_kept(fired, now, 3)])]


def _kept(fired, i, width=1.8):
    kind = fired.classes[i]
    name = f"{kind_name(kind)} {fired.scores[i]:.2f}"
    return Drawn(fired.boxes[i], KIND_COLOURS[kind], name, width=width)


def _sentence(fired, now, gone, waiting, number, iou_threshold, step):
    chosen = {"number": number, "threshold": iou_threshold, "step": step}
    if now is None:
        return message("explorer.suppression.over", **chosen)
    kept = {"kind": kind_name(fired.classes[now]), "score": fired.scores[now], "left": waiting}
    if not len(gone):
        return message("explorer.suppression.alone", **chosen, **kept)
    shared = overlaps(fired.boxes[gone], fired.boxes[now])
    found = {"gone": len(gone), "low": shared.min(), "high": shared.max()}
    return message("explorer.suppression.seen", **chosen, **kept, **found)


def _controls():
    return (
        scene_control(1),
        rate_control("iou_threshold", "explorer.street.iou", IOU_THRESHOLDS, 0.5),
        Control("step", message("explorer.suppression.steps"), number_options(1, STEPS), 1),
    )
