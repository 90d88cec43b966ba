"""Precision, recall and average precision, against counting by hand and scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score

from course_utils.datasets.streets import Street
from course_utils.precision import (
    Found,
    average_precision,
    average_precisions,
    hits,
    precision_recall,
)

TRUE = np.array([[0, 0, 10, 10], [20, 0, 30, 10], [40, 0, 50, 10]], dtype=float)
CLASSES = np.array([0, 0, 1])
FOUND = Found(
    np.array([0.9, 0.8, 0.7, 0.6]),
    np.array([[0, 0, 10, 9], [0, 0, 10, 10], [40, 0, 50, 10], [21, 0, 31, 10]], dtype=float),
    np.array([0, 0, 0, 0]),
)


def test_a_thing_is_found_once_and_by_its_class():
    assert hits(FOUND, TRUE, CLASSES).tolist() == [True, False, False, True]
    assert precision_recall(FOUND, TRUE, CLASSES) == (0.5, pytest.approx(2 / 3))


def test_nothing_found_and_nothing_there():
    nothing = Found(np.zeros(0), np.zeros((0, 4)), np.zeros(0, int))
    assert precision_recall(nothing, TRUE, CLASSES) == (1, 0)
    assert precision_recall(nothing, TRUE[:0], CLASSES[:0]) == (1, 1)
    assert precision_recall(FOUND, TRUE[:0], CLASSES[:0]) == (0, 1)


def test_average_precision_by_hand():
    """Right, wrong, right of two things: precisions 1 and 2/3 where recall grows."""
    assert average_precision([0.9, 0.5, 0.7], [True, True, False], 2) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert average_precision([0.9, 0.8, 0.7], [False, True, True], 2) == pytest.approx(2 / 3)
    assert average_precision([], [], 3) == 0
    assert np.isnan(average_precision([], [], 0))


def test_where_precision_only_falls_it_is_scikit_learn_s():
    right = np.array([1, 1, 1, 0, 1, 0, 0, 0, 0])
    scores = np.linspace(1, 0, len(right))
    mine = average_precision(scores, right, right.sum())
    assert mine == pytest.approx(average_precision_score(right, scores))


def test_each_class_has_its_own():
    street = Street(np.zeros((96, 96, 3)), TRUE, CLASSES, False)
    np.testing.assert_allclose(average_precisions([FOUND], [street], "ab"), [(1 + 2 / 4) / 2, 0])
