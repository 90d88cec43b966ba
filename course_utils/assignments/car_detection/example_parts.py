"""The inputs of the public examples on car detection, and right parts that stand in for others.

Numbers have few decimals, so that the results can be written out.
"""

from collections.abc import Callable

import numpy as np

from course_utils.boxes import confident, overlap, survivors

SUPPRESSION: dict[str, Callable] = {"iou": overlap}
EVALUATION: dict[str, Callable] = {
    "iou": overlap,
    "yolo_filter_boxes": confident,
    "yolo_non_max_suppression": survivors,
}


def ties_in_one_order(result):
    """The boxes of a result, those of equal scores in the order of their classes and corners.

    Which of them comes first is not asked. A result of another form is handed back as it is.
    """
    try:
        scores, boxes, classes = (np.asarray(part) for part in result)
        run = np.concatenate([[0], np.cumsum(scores[1:] != scores[:-1])])[: len(scores)]
        order = np.lexsort((*boxes.T[::-1], classes, run))
        return tuple(part[order] if isinstance(part, np.ndarray) else part for part in result)
    except (TypeError, ValueError, IndexError):
        return result


def grid_case(shape=(1, 2, 3), kinds=5, threshold=0.3, seed=1):
    """[boxes, box_confidence, box_class_probs, threshold]. shape: rows, columns, anchors"""
    rng = np.random.RandomState(seed)
    confidence = rng.randint(30, 100, (*shape, 1)) / 100
    return [random_corners(rng, shape), confidence, random_shares(rng, (*shape, kinds)), threshold]


def boxes_case():
    """[scores, boxes, classes]: a chain of three, a box of another class, and one by itself."""
    scores = np.array([0.6, 0.9, 0.5, 0.8, 0.7])
    boxes = np.array(
        [[2, 0, 10, 5], [0, 0, 8, 5], [4, 0, 12, 5], [1, 0, 8, 6], [20, 10, 25, 18]], dtype=float
    )
    return [scores, boxes, np.array([2, 2, 2, 0, 2])]


def random_boxes_case(k=9, kinds=2, seed=1):
    """[scores, boxes, classes]: `k` boxes around three places."""
    rng = np.random.RandomState(seed)
    places = rng.randint(0, 3, k)[:, None] * 12
    corner = places + rng.randint(0, 4, (k, 2))
    boxes = np.concatenate([corner, corner + rng.randint(6, 10, (k, 2))], axis=1).astype(float)
    return [rng.permutation(k) / 10 + 0.05, boxes, rng.randint(0, kinds, k)]


def outputs_case(shape=(2, 1, 3), kinds=2, seed=1):
    """(box_xy, box_wh, box_confidence, box_class_probs). shape: rows, columns, anchors"""
    rng = np.random.RandomState(seed)
    xy = [0.3, 0.5] + [0.4, 0] * rng.randint(0, 2, (*shape, 1))
    xy = xy + rng.randint(-4, 5, (*shape, 2)) / 100
    wh = rng.randint([30, 40], [45, 60], (*shape, 2)) / 100
    confidence = rng.randint(70, 100, (*shape, 1)) / 100
    return xy, wh, confidence, random_shares(rng, (*shape, kinds), sure=7)


def random_corners(rng, shape):
    """Corners (*shape, 4) with one decimal."""
    corner = rng.randint(0, 60, (*shape, 2)) / 10
    return np.concatenate([corner, corner + rng.randint(5, 40, (*shape, 2)) / 10], axis=-1)


def random_shares(rng, shape, sure=4):
    """Shares in tenths that add up to 1 along the last axis; one is `sure` tenths or more."""
    tenths = np.zeros(shape, int)
    for place in np.ndindex(*shape[:-1]):
        favourite = rng.randint(shape[-1])
        rest = rng.multinomial(10 - sure, np.full(shape[-1], 1 / shape[-1]))
        tenths[place] = rest + sure * (np.arange(shape[-1]) == favourite)
    return tenths / 10
