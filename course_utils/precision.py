"""How good a detector is: precision, recall, and mAP, the mean of average precisions."""

from typing import NamedTuple

import numpy as np

from course_utils.boxes import best_first, overlaps

LEAST_OVERLAP = 0.5  # of a found box with a true one, so that it counts: the 50 of mAP50


class Found(NamedTuple):
    """What was found in one picture: scores (k,), boxes (k, 4), classes (k,), best first."""

    scores: np.ndarray
    boxes: np.ndarray
    classes: np.ndarray


def hits(found, true_boxes, true_classes):
    """Which found boxes are right: of the right class, on a thing that no better box has found.

    found: a `Found`; true_boxes (l, 4), true_classes (l,) -> (k,) of True and False
    """
    shared = overlaps(found.boxes, true_boxes)
    fitting = np.equal.outer(found.classes, true_classes) & (shared >= LEAST_OVERLAP)
    free, right = np.ones(len(true_boxes), bool), np.zeros(len(found.boxes), bool)
    for i in best_first(found.scores):
        candidates = np.flatnonzero(fitting[i] & free)
        if candidates.size:
            free[candidates[shared[i, candidates].argmax()]] = False
            right[i] = True
    return right


def precision_recall(found, true_boxes, true_classes):
    """The share of the found boxes that are right, and the share of the things that are found.

    Where nothing is found, no box is wrong: the precision is 1. So it is with recall.
    """
    right = np.count_nonzero(hits(found, true_boxes, true_classes))
    return right / max(len(found.boxes), right) if len(found.boxes) else 1.0, (
        right / len(true_boxes) if len(true_boxes) else 1.0
    )


def average_precision(scores, right, things):
    """The area under the curve of precision over recall, each precision being the best from there.

    scores, right (k,): of the boxes of one class in all pictures; things: how many there are
    """
    right = np.asarray(right)[best_first(scores)]
    so_far = np.cumsum(right)
    precision = so_far / np.arange(1, len(right) + 1)
    from_here = np.maximum.accumulate(precision[::-1])[::-1]
    return float(from_here[right.astype(bool)].sum() / things) if things else float("nan")


def average_precisions(all_found, streets, kinds):
    """The average precision of each of `kinds` over several pictures: (number of kinds,)

    all_found: a `Found` for each of `streets`
    """
    right = np.concatenate([hits(f, s.boxes, s.classes) for f, s in zip(all_found, streets)])
    scores = np.concatenate([found.scores for found in all_found])
    classes = np.concatenate([found.classes for found in all_found])
    truth = np.concatenate([street.classes for street in streets])
    return np.array(
        [
            average_precision(scores[classes == c], right[classes == c], np.sum(truth == c))
            for c in range(len(kinds))
        ]
    )
