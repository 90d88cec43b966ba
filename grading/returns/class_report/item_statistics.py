"""How the tests did: how easy each is, and whether it tells strong students from weak ones."""

from dataclasses import dataclass

import numpy as np

from grading.returns.class_report.class_data import ClassData, Item

# Below this many submissions a correlation says nothing: its standard error is about
# 1/sqrt(n - 1) = 0.23.
MIN_SUBMISSIONS = 20
# An item of lower discrimination should be looked at (Ebel and Frisbie 1991, table 13.3).
WEAK_DISCRIMINATION = 0.2


@dataclass(frozen=True)
class ItemStatistics:
    """How one test did.

    facility: the mean share of its points, from 0 to 1; lost: the mean number of points lost
    discrimination: the item-rest correlation, or None where it cannot be computed
    verdict: what to say of it
    """

    item: Item
    facility: float
    lost: float
    discrimination: float | None
    verdict: str

    @property
    def weak(self) -> bool:
        return self.discrimination is not None and self.discrimination < WEAK_DISCRIMINATION


def item_statistics(class_data: ClassData) -> list[ItemStatistics]:
    """Facility and discrimination of every test, in the order of the notebook.

    Facility is the mean share of the points. Discrimination is the item-rest correlation: Pearson's
    r between the points of the item and the points of all others; for an item that is passed or
    failed this is the point-biserial correlation. The item itself is left out of the sum, since it
    would correlate with itself (Nunnally and Bernstein 1994, Psychometric Theory, chapter 8; Ebel
    and Frisbie 1991, Essentials of Educational Measurement, chapter 13).
    """
    points = _points_matrix(class_data)
    if not len(points):
        return []
    rest = points.sum(axis=1, keepdims=True) - points
    return [
        _statistics(item, points[:, column], rest[:, column])
        for column, item in enumerate(class_data.items)
    ]


def _points_matrix(class_data: ClassData) -> np.ndarray:
    """Points, shape (submissions that could be read, tests)."""
    rows = [
        [mark.score if (mark := marks.get(item.id)) else 0.0 for item in class_data.items]
        for marks in (submission.recorded.marks for submission in class_data.readable)
    ]
    return np.array(rows, dtype=float).reshape(len(rows), len(class_data.items))


def _statistics(item: Item, points: np.ndarray, rest: np.ndarray) -> ItemStatistics:
    """points, rest: of every submission (n,), in this test and in all others"""
    mean = float(points.mean())
    facility = mean / item.points if item.points else 1.0
    discrimination = None
    if len(points) < MIN_SUBMISSIONS:
        verdict = "too few to say"
    elif np.ptp(points) == 0:
        verdict = f"everyone has {'full' if facility >= 1 else 'the same'} points"
    elif np.ptp(rest) == 0:
        verdict = "nothing else differs"
    else:
        discrimination = float(np.corrcoef(points, rest)[0, 1])
        verdict = _verdict(discrimination)
    return ItemStatistics(
        item=item,
        facility=facility,
        lost=item.points - mean,
        discrimination=discrimination,
        verdict=verdict,
    )


def _verdict(discrimination: float) -> str:
    if discrimination < 0:
        return "look at it: those who do well elsewhere fail it"
    return "weak: look at it" if discrimination < WEAK_DISCRIMINATION else "good"
