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
    first = rng.randint([20, 0], [29, 9])  # no x is a y: mixed up, they share nothing either
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


def scene(rng: np.random.RandomState, singles: int, kinds: int, *limits: float) -> list:
    """[scores, boxes, classes, *limits]: whatever makes suppression go wrong, in every draw.

    limits: max_boxes and iou_threshold
    Best first: box A of a chain A, B, C; on A a box of another class; far away two of A's class,
    one on the other, with B's score between theirs; C; boxes that stand alone.
    """
    first, second = rng.choice(kinds, 2, replace=False)
    threshold = limits[1] if len(limits) > 1 else 0.5
    steps = (1 - threshold) / (1 + threshold) * rng.uniform(0.6, 0.9, 4)  # the next one overlaps
    axis = rng.randint(2)
    a, d, *alone = _places(rng, 2 + singles)
    b, c = _moved(a, steps[0], axis), _moved(a, steps[0] + steps[1], axis)
    boxes = [a, _moved(a, steps[2] / 2, 1 - axis), d, b, _moved(d, steps[3], axis), c, *alone]
    classes = np.array([first, second, first, first, first, first, *rng.choice(kinds, singles)])
    return [*_given(rng, _falling(rng, len(boxes)), boxes, classes, first_ones=[1, 3, 2]), *limits]


def same_places(rng: np.random.RandomState, kinds: int) -> list:
    """[scores, boxes, classes]: two boxes of each class at one place, and one at another.

    Of each class, the two best lie apart.
    """
    here, there = _places(rng, 2)
    steps = rng.uniform(-0.1, 0.1, 3 * kinds)
    boxes = [_moved(box, step, 0) for box, step in zip(kinds * [here], steps)]
    boxes += [_moved(box, step, 1) for box, step in zip(kinds * [there], steps[kinds:])]
    boxes += [_moved(box, step, 0) for box, step in zip(kinds * [here], steps[2 * kinds :])]
    classes = np.concatenate([rng.permutation(kinds) for _ in range(3)]) + 1
    other = np.flatnonzero(classes[2 * kinds :] != classes[0])[0] + 2 * kinds
    return _given(rng, _falling(rng, len(boxes)), boxes, classes, first_ones=[other, kinds])


def chain(rng: np.random.RandomState, length: int) -> list:
    """[scores, boxes, classes]: each box overlaps the next one, the best is at one end.

    The second comes first, and the best last.
    """
    (box,) = _places(rng, 1)
    step, axis = rng.choice([-0.25, 0.25]), rng.randint(2)
    boxes = [_moved(box, step * place, axis) for place in range(length)]
    classes = np.full(length, rng.randint(1, 4))
    first_ones = [1, *(2 + rng.permutation(length - 2))]
    return _given(rng, _falling(rng, length), boxes, classes, first_ones)


def ties(rng: np.random.RandomState) -> list:
    """[scores, boxes, classes]: boxes far apart, two of each score; the best is there twice."""
    first, second, third = rng.choice(5, 3, replace=False)
    best, *others = _places(rng, 5)
    scores = np.repeat(_falling(rng, 3), 2)
    classes = np.array([first, first, second, second, first, third])
    return _given(rng, scores, [best, best, *others], classes, first_ones=[2])


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


def _places(rng: np.random.RandomState, count: int) -> list[np.ndarray]:
    """Boxes far apart: (4,) each."""
    corner = 60 * rng.permutation(count)[:, None] + rng.uniform(0, 9, (count, 2))
    return list(np.concatenate([corner, corner + rng.uniform([12, 9], [20, 15], (count, 2))], 1))


def _moved(box: np.ndarray, share: float, axis: int) -> np.ndarray:
    """The box, moved by a share s of its own side: the IoU of both is (1 - |s|) / (1 + |s|)."""
    way = np.zeros(4)
    way[[axis, axis + 2]] = share * (box[axis + 2] - box[axis])
    return box + way


def _falling(rng: np.random.RandomState, k: int) -> np.ndarray:
    """Scores (k,), best first."""
    return np.linspace(0.95, 0.35, k) + rng.uniform(-0.02, 0.02, k)


def _given(
    rng: np.random.RandomState,
    scores: np.ndarray,
    boxes: list[np.ndarray],
    classes: np.ndarray,
    first_ones: list[int],
) -> list:
    """[scores, boxes, classes] in any order, but for those that come first.

    All are given best first: then no order is right by chance.
    """
    rest = rng.permutation([i for i in range(len(scores)) if i not in first_ones])
    order = [*first_ones, *rest]
    return [scores[order], np.array(boxes)[order], classes[order]]


def _corners(rng: np.random.RandomState, shape: tuple[int, int, int]) -> np.ndarray:
    """(*shape, 4)"""
    corner = rng.uniform(0, 60, (*shape, 2))
    return np.concatenate([corner, corner + rng.uniform(5, 30, (*shape, 2))], axis=-1)
