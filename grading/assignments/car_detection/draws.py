"""Inputs of the cases on car detection, drawn from a legacy random stream.

No two scores are equal but where a case is about that, and the shapes of a case are all different.
"""

import numpy as np


def shifted_pair(rng: np.random.RandomState, right: int, down: int) -> list:
    """[box1, box2] that share a part: the second lies this way (1 or -1) of the first."""
    first = _box(rng.uniform(10, 20, 2), rng.uniform([6, 11], [9, 14]))
    size = rng.uniform([10, 4], [13, 7])
    shift = rng.uniform(0.3, 0.7, 2) * np.minimum(size, np.subtract(first[2:], first[:2]))
    start = [
        first[axis + 2] - shift[axis] if way > 0 else first[axis] + shift[axis] - size[axis]
        for axis, way in enumerate((right, down))
    ]
    return [first, _box(np.array(start), size)]


def inside_pair(rng: np.random.RandomState, large_first: bool) -> list:
    """[box1, box2], one inside the other."""
    corner, size = rng.uniform(0, 5, 2), rng.uniform([9, 5], [15, 8])
    large = _box(corner, size)
    small = _box(corner + size * rng.uniform(0.1, 0.3, 2), size * rng.uniform(0.3, 0.6, 2))
    return [large, small] if large_first else [small, large]


def apart_pair(rng: np.random.RandomState, gap_x: float, gap_y: float) -> list:
    """[box1, box2]; the gap between them along each axis: 0 where they touch, negative where both
    cover the same stretch of it."""
    first = rng.randint(0, 9, 2)
    size1, size2 = rng.randint([3, 7], [6, 12]), rng.randint([5, 3], [11, 6])
    second = first + np.where([gap_x < 0, gap_y < 0], 1, np.add(size1, [gap_x, gap_y]))
    boxes = [_box(first, size1), _box(second, size2)]
    return boxes if rng.rand() < 0.5 else boxes[::-1]


def grid(
    rng: np.random.RandomState, shape: tuple[int, int, int], kinds: int, threshold: float
) -> list:
    """[boxes, box_confidence, box_class_probs, threshold]."""
    weights = rng.rand(*shape, kinds) ** 3
    probs = weights / weights.sum(axis=-1, keepdims=True)
    return [_corners(rng, shape), rng.uniform(0.3, 1, (*shape, 1)), probs, threshold]


def grid_by_default(rng: np.random.RandomState, shape: tuple[int, int, int], kinds: int) -> list:
    """[boxes, box_confidence, box_class_probs], with some boxes on either side of the default."""
    boxes, confidence, probs, _ = grid(rng, shape, kinds, 0)
    best = probs.max(axis=-1, keepdims=True)
    sure = rng.permutation(np.linspace(0.45, 0.92, best.size)).reshape(best.shape)
    return [boxes, np.sqrt(sure), np.sqrt(sure) * probs / best]


def exact_grid(rng: np.random.RandomState, shape: tuple[int, int, int], kinds: int) -> list:
    """As `grid`, with scores that are exact; some are equal to the threshold."""
    confidence = rng.randint(4, 9, (*shape, 1)) / 8
    probs = np.full((*shape, kinds), 0.125)
    for place in np.ndindex(*shape):
        probs[(*place, rng.randint(kinds))] = rng.choice([0.25, 0.5, 0.75])
    scores = np.unique((confidence * probs).max(axis=-1))
    return [_corners(rng, shape), confidence, probs, float(scores[len(scores) // 2])]


def clusters(
    rng: np.random.RandomState, k: int, kinds: int, *limits: float, places: int = 3
) -> list:
    """[scores, boxes, classes, *limits]: boxes that crowd around a few places, in any order.

    limits: max_boxes and iou_threshold
    """
    centre = 40 * rng.randint(0, places, k)[:, None] + rng.uniform(-4, 4, (k, 2))
    half = rng.uniform([6, 9], [9, 14], (k, 2))
    boxes = np.concatenate([centre - half, centre + half], axis=1)
    scores = rng.permutation(np.linspace(0.3, 0.97, k)) + rng.uniform(0, 0.02, k)
    return [scores, boxes, rng.randint(0, kinds, k), *limits]


def same_places(rng: np.random.RandomState, kinds: int) -> list:
    """[scores, boxes, classes]: nearly the same box for each of several classes, at two places."""
    scores, boxes, classes = clusters(rng, 4 * kinds, kinds, places=1)
    middle = np.array([30.0, 20.0, 60.0, 35.0])
    shift = np.repeat([[0.0], [100.0]], 2 * kinds, axis=0)
    boxes = middle + shift + rng.uniform(-2, 2, boxes.shape)
    return [scores, boxes, np.tile(np.arange(kinds), 4) + 1]


def chain(rng: np.random.RandomState, length: int) -> list:
    """[scores, boxes, classes]: each box overlaps the next one, the best is at one end."""
    width, height = rng.uniform(12, 16), rng.uniform(5, 8)
    left = rng.uniform(0, 9) + 0.25 * width * np.arange(length)
    low = rng.uniform(0, 9)
    boxes = np.stack([left, np.full(length, low), left + width, np.full(length, low + height)], 1)
    scores = np.sort(rng.uniform(0.35, 0.55, length) + 0.4)[::-1]
    order = rng.permutation(length)
    return [scores[order], boxes[order], np.full(length, rng.randint(1, 4))]


def ties(rng: np.random.RandomState, k: int) -> list:
    """[scores, boxes, classes]: boxes far apart, two of each score; the first comes twice."""
    corner = 50 * np.arange(k)[:, None] + rng.uniform(0, 9, (k, 2))
    boxes = np.concatenate([corner, corner + rng.uniform([5, 9], [8, 14], (k, 2))], axis=1)
    scores = np.repeat(rng.permutation(np.linspace(0.4, 0.9, (k + 1) // 2)), 2)[:k]
    again = [*range(k), 0]
    classes = rng.randint(0, 3, k)
    return [scores[again], boxes[again], classes[again]]


def no_boxes(rng: np.random.RandomState) -> list:
    """[scores, boxes, classes] of nothing."""
    return [np.zeros(0), np.zeros((0, 4)), np.zeros(0, dtype=int)]


def outputs(
    rng: np.random.RandomState, shape: tuple[int, int, int], kinds: int, *rest: object
) -> list:
    """[(box_xy, box_wh, box_confidence, box_class_probs), *rest]: boxes around two places.

    rest: image_shape, max_boxes, score_threshold, iou_threshold, as far as they are given
    """
    place = rng.choice([0.3, 0.7], (*shape, 1))
    box_xy = place * [1, 0.8] + rng.uniform(-0.05, 0.05, (*shape, 2))
    box_wh = rng.uniform([0.2, 0.3], [0.3, 0.5], (*shape, 2))
    _, confidence, probs = grid_by_default(rng, shape, kinds)
    return [(box_xy, box_wh, confidence, probs), *rest]


def _box(corner: np.ndarray, size: np.ndarray) -> tuple:
    return tuple(np.concatenate([corner, corner + size]).tolist())


def _corners(rng: np.random.RandomState, shape: tuple[int, int, int]) -> np.ndarray:
    """(*shape, 4)"""
    corner = rng.uniform(0, 60, (*shape, 2))
    return np.concatenate([corner, corner + rng.uniform(5, 30, (*shape, 2))], axis=-1)
