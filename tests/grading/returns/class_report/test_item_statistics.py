"""Facility, discrimination and verdict of every test."""

import numpy as np
import pytest

from grading.returns.class_report.item_statistics import MIN_SUBMISSIONS, item_statistics
from tests.grading.returns.class_report.made_class import class_of


def test_discrimination_is_the_correlation_with_the_rest():
    rng = np.random.default_rng(0)
    skill = rng.normal(size=60)
    points = (skill[:, None] + rng.normal(size=(60, 5)) > 0) * np.array([2, 2, 3, 3, 1])
    points[:, 4] = (skill < 0) * 1  # those who know fail it
    found = item_statistics(class_of(points))
    for at, statistics in enumerate(found):
        rest = np.delete(points, at, axis=1).sum(axis=1)
        passed = points[:, at] > 0
        share = passed.mean()  # the point-biserial formula, by hand
        expected = (
            (rest[passed].mean() - rest[~passed].mean()) / rest.std() * np.sqrt(share * (1 - share))
        )
        assert statistics.discrimination == pytest.approx(expected)
        assert statistics.facility == pytest.approx(share)
    assert [statistics.weak for statistics in found] == [False, False, False, False, True]
    assert found[4].verdict == "look at it: those who do well elsewhere fail it"


def test_what_cannot_be_computed_is_said():
    same = np.ones((MIN_SUBMISSIONS, 2))
    half = np.column_stack([np.arange(MIN_SUBMISSIONS) % 2, np.ones(MIN_SUBMISSIONS)])
    assert [statistics.verdict for statistics in item_statistics(class_of(same))] == [
        "everyone has full points"
    ] * 2
    assert [statistics.verdict for statistics in item_statistics(class_of(half))] == [
        "nothing else differs",
        "everyone has full points",
    ]
    assert {statistics.verdict for statistics in item_statistics(class_of(half[1:]))} == {
        "too few to say"
    }
    assert "everyone has the same points" in {
        statistics.verdict for statistics in item_statistics(class_of(0 * half))
    }
