"""How the tests did: which are easy, and which do not tell those who know from those who do not."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from grading.pipeline.run_summary import mistake_of
from grading.returns.class_report.read import ClassData, Item, SubmissionData

FEW = 20  # submissions below which a correlation says nothing: its standard error is about 1/sqrt(n - 1) = 0.23
WEAK = 0.2  # discrimination below which an item should be looked at (Ebel and Frisbie 1991, table 13.3)


@dataclass(frozen=True)
class ItemStatistics:
    """How one test did. lost: points lost on average; discrimination: None where none can be computed

    verdict: what to say of it
    """

    item: Item
    facility: float
    lost: float
    discrimination: float | None
    verdict: str

    @property
    def weak(self) -> bool:
        return self.discrimination is not None and self.discrimination < WEAK


@dataclass(frozen=True)
class Mistake:
    """One mistake of the class. count: students who made it; finding, code: of one of them, without a name"""

    function: str
    title: str
    count: int
    finding: dict[str, str]
    paper: SubmissionData


def item_statistics(group: ClassData) -> list[ItemStatistics]:
    """Facility and discrimination of every test, in the order of the notebook.

    Facility is the mean share of the points. Discrimination is the item-rest correlation: Pearson's r between the points
    of the item and the points of all others, for an item that is passed or failed the point-biserial correlation. The item
    itself is left out of the sum, else it would correlate with itself (Nunnally and Bernstein 1994, Psychometric Theory,
    chapter 8; Ebel and Frisbie 1991, Essentials of Educational Measurement, chapter 13).
    """
    marks = _matrix(group)
    if not len(marks):
        return []
    rest = marks.sum(axis=1, keepdims=True) - marks
    return [_standing(item, marks[:, at], rest[:, at]) for at, item in enumerate(group.items)]


def _matrix(group: ClassData) -> np.ndarray:
    """Points, (submissions that could be read, tests)."""
    rows = [
        [mark.score if (mark := paper.entry.marks.get(item.id)) else 0.0 for item in group.items]
        for paper in group.read
    ]
    return np.array(rows, dtype=float).reshape(len(rows), len(group.items))


def _standing(item: Item, points: np.ndarray, rest: np.ndarray) -> ItemStatistics:
    mean = float(points.mean())
    facility = mean / item.points if item.points else 1.0
    lost = item.points - mean
    if len(points) < FEW:
        return ItemStatistics(item, facility, lost, None, "too few to say")
    if np.ptp(points) == 0:
        same = "everyone has full points" if facility >= 1 else "everyone has the same points"
        return ItemStatistics(item, facility, lost, None, same)
    if np.ptp(rest) == 0:
        return ItemStatistics(item, facility, lost, None, "nothing else differs")
    r = float(np.corrcoef(points, rest)[0, 1])
    words = (
        "look at it: those who do well elsewhere fail it"
        if r < 0
        else "weak: look at it"
        if r < WEAK
        else "good"
    )
    return ItemStatistics(item, facility, lost, r, words)


def mistakes(group: ClassData) -> list[Mistake]:
    """The mistakes of the class, the commonest first, counted as `course grade` counts them."""
    counts: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], tuple[int, dict[str, str], SubmissionData]] = {}
    for paper in group.papers:
        mine = {(name, mistake_of(finding)): finding
                for name, found in paper.findings.items() for finding in reversed(found)}  # fmt: skip
        counts.update(mine.keys())
        for key, finding in mine.items():
            size = len(paper.code.get(key[0], ""))
            if key not in shown or size < shown[key][0]:  # the shortest code shows it best
                shown[key] = (size, finding, paper)
    ranked = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    return [Mistake(*key, count, *shown[key][1:]) for key, count in ranked]
