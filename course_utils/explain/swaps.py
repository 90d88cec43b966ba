"""Pairs of arrays of which one stands in a wrong part where the other one belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.explain.candidates import Candidates, Label
from course_utils.explain.compare import RTOL
from course_utils.explain.named_ratios import may_have_name
from course_utils.explain.observation import Observation

STEADY_RTOL = 1e-6  # between factors that count as the same number
SMALLEST_SWAP = 1e-6  # factor of a swap; what is smaller comes from rounding
MOST_AT_ONCE = 1_000_000  # numbers, when pairs of arrays are compared
SWAP_RTOL = 1e-9  # of squared lengths, when pairs are sorted out before they are compared by entry


@dataclass(frozen=True)
class Swaps:
    """The pairs of arrays where gap = c * (there - belongs), with c > 0.

    factors: c by observation, there and belongs; NaN where the pair does not fit in all
    """

    labels: list[Label]
    factors: np.ndarray

    def with_next(self, other: "Swaps") -> "Swaps":
        """Those that fit in the observations of both."""
        positions = {label: at for at, label in enumerate(other.labels)}
        mine = [at for at, label in enumerate(self.labels) if label in positions]
        labels = [self.labels[at] for at in mine]
        theirs = [positions[label] for label in labels]
        factors = np.concatenate(
            [each.factors[:, at][:, :, at] for each, at in ((self, mine), (other, theirs))]
        )
        factors[:, np.isnan(factors).any(axis=0)] = np.nan
        return Swaps(labels, factors).narrowed()

    def narrowed(self) -> "Swaps":
        """The same without arrays that are in no pair."""
        fits = ~np.isnan(self.factors).any(axis=0)
        at = np.flatnonzero(fits.any(axis=0) | fits.any(axis=1))
        return Swaps([self.labels[i] for i in at], self.factors[:, at][:, :, at])

    def pairs(
        self, first: Observation, named_only: bool
    ) -> Iterator[tuple[tuple[Label, Label], list[float]]]:
        """((there, belongs), factors) of each. See `compositions_of`; first: the observation"""
        pairs = np.argwhere(~np.isnan(self.factors).any(axis=0))
        factors = self.factors[:, pairs[:, 0], pairs[:, 1]].T
        if named_only:
            stays = np.isclose(factors, factors[:, :1], rtol=STEADY_RTOL).all(axis=1)
            counts = stays | may_have_name(factors[:, 0], first)
            pairs, factors = pairs[counts], factors[counts]
        for (there, belongs), each in zip(pairs.tolist(), factors.tolist()):
            yield (self.labels[there], self.labels[belongs]), each


def swaps_between(gap: np.ndarray, candidates: Candidates) -> Swaps:
    """The swaps in one observation. gap: the actual values less the expected ones

    All pairs at once: c is the projection of the gap on the difference of the two arrays.
    """
    labels, rows = candidates.labels, candidates.rows
    if not labels or not gap.any():
        return Swaps([], np.zeros((1, 0, 0)))
    along, square = rows @ gap.ravel(), (rows**2).sum(axis=1)
    lengths = square[:, None] + square - 2 * rows @ rows.T  # of there - belongs, squared
    with np.errstate(all="ignore"):
        factors = (along[:, None] - along) / lengths
        rest = 1 - factors * (along[:, None] - along) / np.vdot(gap, gap)
        likely = (factors > SMALLEST_SWAP) & (lengths > SWAP_RTOL) & (rest < SWAP_RTOL)
    pairs = np.argwhere(likely)
    found = np.full_like(factors, np.nan)
    for block in np.array_split(pairs, 1 + pairs.size * gap.size // MOST_AT_ONCE):
        there, belongs = block[_fitting(gap.ravel(), rows, factors, block)].T
        found[there, belongs] = factors[there, belongs]
    return Swaps(labels, found[None]).narrowed()


def _fitting(gap: np.ndarray, rows: np.ndarray, factors: np.ndarray, pairs: np.ndarray) -> Any:
    """For each of some pairs, whether gap = factor * (row - other row) at every entry."""
    there, belongs = pairs.T
    off = np.abs(factors[there, belongs, None] * (rows[there] - rows[belongs]) - gap)
    return off.max(axis=1, initial=0) <= RTOL * np.abs(gap).max()
