"""What the detector should say of a scene: which cells and anchors should fire, and with what."""

import numpy as np

from course_utils.datasets.streets import SIZE, Street
from course_utils.detector import ANCHORS, CELLS

SCENES, FIRST_SEED = 5_000, 10_000  # to train on
REACH = 0.95  # cells: how far from a thing's centre the centre of a cell that fires may be
LEAST_SHAPE = 0.4  # intersection over union of a box and an anchor on one centre
CELL = SIZE / CELLS  # pixels


def targets_of(street: Street) -> tuple[np.ndarray, np.ndarray]:
    """Boxes in pixels (12, 12, 3, 4), and classes (12, 12, 3), -1 where nothing should fire.

    Up to four cells around a thing's centre fire, with every anchor of about its shape: so each
    thing is found several times, and there is something to suppress. Where two things claim a
    place, it belongs to the one whose centre is nearer.
    """
    boxes = np.zeros((CELLS, CELLS, len(ANCHORS), 4), np.float32)
    classes = np.full(boxes.shape[:3], -1)
    nearest = np.full(boxes.shape[:3], np.inf)
    for box, kind in zip(street.boxes, street.classes):
        distance = _distances((box[:2] + box[2:]) / 2)
        claimed = (distance < REACH)[:, :, None] & _fitting_anchors(box[2:] - box[:2])
        claimed &= distance[:, :, None] < nearest
        nearest[claimed] = np.broadcast_to(distance[:, :, None], nearest.shape)[claimed]
        boxes[claimed], classes[claimed] = box, kind
    return boxes, classes


def _distances(centre: np.ndarray) -> np.ndarray:
    """How far the centre of each cell is, in cells, along the axis where it is farther: (12, 12)"""
    middles = np.arange(CELLS) + 0.5
    across, down = (np.abs(middles - at / CELL) for at in centre)
    return np.maximum(across, down[:, None])


def _fitting_anchors(size: np.ndarray) -> np.ndarray:
    """Which anchors are of about this shape; the best one always is: (3,)"""
    common = np.minimum(ANCHORS, size).prod(axis=1)
    fit = common / (ANCHORS.prod(axis=1) + size.prod() - common)
    return (fit >= LEAST_SHAPE) | (fit == fit.max())
