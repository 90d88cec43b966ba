"""Boxes: their corners, how much two of them overlap, and which of many are left.

A box is x1, y1, x2, y2: the left top and the right bottom corner; x goes right, y goes down. The
exercises on car detection ask for one pair of boxes, and one box, at a time. Here whole tables of
them are compared, so that these parts can stand in for a student's own without showing how those
are written.
"""

import numpy as np


def yolo_boxes_to_corners(box_xy, box_wh):
    """Centres (..., 2) and sizes (..., 2) -> corners (..., 4): x1, y1, x2, y2"""
    half = np.asarray(box_wh) / 2
    return np.concatenate([box_xy - half, box_xy + half], axis=-1)


def scale_boxes(boxes, image_shape):
    """Corners (..., 4) as shares of a picture -> in its pixels. image_shape: (height, width)"""
    height, width = image_shape
    return boxes * np.array([width, height, width, height], dtype=float)


def overlaps(boxes, others):
    """Intersection over union of every box with every other: (k, 4), (l, 4) -> (k, l)"""
    a, b = np.reshape(boxes, (-1, 1, 4)), np.reshape(others, (1, -1, 4))
    sides = np.minimum(a, b)[..., 2:] - np.maximum(a, b)[..., :2]
    common = sides.clip(0).prod(axis=-1)
    return common / (_areas(a) + _areas(b) - common)


def overlap(box1, box2):
    """Intersection over union of two boxes, each of four numbers."""
    return float(overlaps([*box1], [*box2]).item())


def confident(boxes, box_confidence, box_class_probs, threshold=0.6):
    """Of all places and anchors, the boxes whose best class is sure enough, in their order.

    boxes (..., 4), box_confidence (..., 1), box_class_probs (..., n)
    -> scores (k,), boxes (k, 4), classes (k,)
    """
    table = np.einsum("...i,...n->...n", box_confidence, box_class_probs)
    best = np.amax(table, axis=-1)
    places = np.nonzero(~(best < threshold))
    return best[places], boxes[places], table[places].argmax(axis=1)


def removers(scores, boxes, classes, iou_threshold=0.5, across=False):
    """By which better box each box is removed: its index, or -1 for a box that stays; (k,)

    across: whether boxes of different classes remove each other too
    """
    rivals = overlaps(boxes, boxes) > iou_threshold
    if not across:
        rivals &= np.equal.outer(classes, classes)
    np.fill_diagonal(rivals, False)
    remover = np.full(len(scores), -1)
    for best in best_first(scores):
        if remover[best] < 0:
            remover[rivals[best] & (remover < 0)] = best
    return remover


def survivors(scores, boxes, classes, max_boxes=10, iou_threshold=0.5, *, across=False):
    """What is left after the removal, the best boxes first.

    scores (k,), boxes (k, 4), classes (k,) -> the same of at most `max_boxes` boxes
    """
    remover = removers(scores, boxes, classes, iou_threshold, across)
    left = [i for i in best_first(scores) if remover[i] < 0][: int(max_boxes)]
    chosen = np.array(left, dtype=int)
    return scores[chosen], boxes[chosen], classes[chosen]


def find_things(outputs, image_shape, max_boxes=10, score_threshold=0.6, iou_threshold=0.5):
    """From what a detector says of a picture to boxes in its pixels; as `survivors`.

    outputs: centres, sizes, confidences, probabilities: of `course_utils.detector.look`
    """
    centres, sizes, sure, probable = outputs
    corners = scale_boxes(yolo_boxes_to_corners(centres, sizes), image_shape)
    fired = confident(corners, sure, probable, score_threshold)
    return survivors(*fired, max_boxes=max_boxes, iou_threshold=iou_threshold)


def best_first(scores):
    """Indices from the highest score to the lowest; of equal ones, the first comes first."""
    return np.argsort(np.negative(scores), kind="stable")


def _areas(boxes):
    """(..., 4) -> (...)"""
    return np.prod(boxes[..., 2:] - boxes[..., :2], axis=-1)
