"""What a wrong part is made of: of which arrays, sums and products, and by what factor.

All of it is arithmetic on values; nothing here knows a formula. A candidate is an array that a part
may be made of by mistake: an input, another part of the expected result, their sums and products.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from course_utils.explain.compare import RTOL
from course_utils.explain.components import components_of
from course_utils.explain.named_ratios import may_have_name
from course_utils.explain.names import shown_names
from course_utils.explain.observation import Observation
from course_utils.messages import Message, message

SLIGHT = 1e-5  # a factor closer to 1 comes from rounding
ENOUGH = 4  # entries of an array that can hardly agree by chance
SMALLEST_SWAP = 1e-6  # factor of a swap; what is smaller comes from rounding
MOST_AT_ONCE = 1_000_000  # numbers, when pairs of arrays are compared
STEADY_RTOL = 1e-6  # between factors that count as the same number
LOOSE = 1e-10  # of a squared length, when arrays are sorted out before they are looked at closely
SWAP_RTOL = 1e-9  # of squared lengths, when pairs are sorted out before they are compared by entry


class Label(NamedTuple):
    """What a candidate is made of.

    how: "itself", "sum" (of its entries), "squares" (the sum of its squared entries), "rows" (the
        sums of its rows), "entries" (two arrays multiplied by entry) or "product" (of matrices,
        of which one may be transposed: its name ends in ".T")
    names: of one array, or of two
    """

    how: str
    names: tuple[str, ...]

    def as_message(self) -> Message:
        """The candidate in a clause: "the product of W1 and A0"."""
        first, second = shown_names((*self.names, *self.names)[:2])
        if self.how in ("entries", "product"):
            return message(f"array.{self.how}", first=first, second=second)
        return message(f"array.{self.how}", name=first)


Arrays = dict[str, np.ndarray]
Candidates = dict[Label, np.ndarray]
Key = tuple[str, tuple[Label, ...]]  # relation, labels of the arrays


def compositions_of(
    observations: Sequence[Observation], part: str, named_only: bool = False
) -> dict[Key, list[float]]:
    """{(relation, labels): factors} of all that holds for a wrong part in every observation.

    The simplest comes first. The relations are: "holds", the part is an array times the factor;
    "term", it is off by that; "apart", all but a share of the array is off by the factor; "swap",
    it has one array, times the factor, in place of another.

    named_only: leave out swaps whose factor changes and has no name; single numbers have thousands
    """
    held: dict[Key, list[float]] = {}
    swaps: Swaps | None = None
    for observation in observations:
        actual, expected = _part_of(observation, part)
        if actual.shape != expected.shape or not np.isfinite([actual, expected]).all():
            return {}
        labels_held = {label for _, labels in held for label in labels}
        only = None if swaps is None else {*swaps.labels, *labels_held}
        candidates = _candidates(_known_arrays(observation, part), expected.shape, only)
        found = _of_one_array(actual, expected, candidates)
        held = {
            key: [*held.get(key, []), factor]
            for key, factor in found.items()
            if swaps is None or key in held
        }
        found_swaps = _swaps(actual - expected, candidates, swaps)
        swaps = swaps.with_next(found_swaps) if swaps else found_swaps
        if not held and not swaps.labels:
            return {}
    if swaps is None:
        return {}
    return held | {
        ("swap", labels): each for labels, each in swaps.pairs(observations[0], named_only)
    }


def _part_of(observation: Observation, part: str) -> tuple[np.ndarray, np.ndarray]:
    """The actual and the expected values of a part."""
    names = observation.signature.component_names
    results = (observation.actual.result, observation.expected.result)
    actual, expected = (components_of(result, names)[part] for result in results)
    return np.asarray(actual, dtype=float), np.asarray(expected, dtype=float)


def _known_arrays(observation: Observation, part: str) -> Arrays:
    """The ingredients, and the expected values of all other parts, by name."""
    names = observation.signature.component_names
    values = {**observation.ingredients, **components_of(observation.expected.result, names)}
    arrays = {name: np.asarray(value) for name, value in values.items() if name not in ("", part)}
    return {
        name: array.astype(float) for name, array in arrays.items() if array.dtype.kind in "biuf"
    }


# Relations between a part and one candidate ------------------------------------------------------


def _of_one_array(
    actual: np.ndarray, expected: np.ndarray, candidates: Candidates
) -> dict[Key, float]:
    """{(relation, labels): factor} of what holds between a part and one array.

    "holds": actual = c * array; "term": actual = expected + c * array; "apart": see `_shares`.
    """
    if not candidates:
        return {}
    rows = np.array([array.ravel() for array in candidates.values()])
    values, right = actual.ravel(), expected.ravel()
    size = np.abs(values).max(initial=0)
    factors = {
        "holds": _proportions(values, rows, size),
        "term": _proportions(values - right, rows, size),
        "apart": _shares(values, right, rows, size),
    }
    return {
        (relation, (label,)): factor
        for relation, each in factors.items()
        for label, factor in zip(candidates, each.tolist())
        if not math.isnan(factor)
    }


def _proportions(values: np.ndarray, rows: np.ndarray, size: float) -> np.ndarray:
    """For each row the factor c, not 0, where values = c * row; NaN where there is none.

    values: the same for all rows, or for each its own
    size: of the numbers that the values were computed from, which sets their rounding errors
    """
    values = np.broadcast_to(values, rows.shape)
    squares = _row_dots(rows, rows)
    factors = _row_dots(rows, values) / np.where(squares, squares, 1)
    off = np.abs(values - factors[:, None] * rows).max(axis=1, initial=0)
    fits = off <= RTOL * (np.abs(values).max(axis=1, initial=0) + size / 100)
    counts = np.abs(factors) * np.abs(rows).max(axis=1, initial=0) > RTOL * size
    return np.where(fits & counts, factors, np.nan)


def _shares(values: np.ndarray, right: np.ndarray, rows: np.ndarray, size: float) -> np.ndarray:
    """For each row the factor c where values = c * right + some share of the row; else NaN.

    For single numbers, which would always be so: where values - row = c * (right - row).
    """
    if values.size == 1:
        return _proportions(values - rows, right - rows, size)
    factors = np.full(len(rows), np.nan)
    if values.size >= ENOUGH:
        for at in np.flatnonzero(_is_in_plane(values, right, rows, size)):
            factors[at] = _share(values, right, rows[at], size)
    return factors


def _is_in_plane(
    values: np.ndarray, right: np.ndarray, rows: np.ndarray, size: float
) -> np.ndarray:
    """For each row whether values may be a sum of shares of `right` and of it.

    A quick look at all, with ample room for rounding: `_share` is exact.
    """
    unit = right / (np.linalg.norm(right) or 1)
    across = rows - np.outer(rows @ unit, unit)
    left = values - (values @ unit) * unit
    squares = _row_dots(across, across)
    rest = left @ left - (across @ left) ** 2 / np.where(squares, squares, 1)
    return rest <= LOOSE * (values @ values) + values.size * (2 * RTOL * size) ** 2


def _share(values: np.ndarray, right: np.ndarray, row: np.ndarray, size: float) -> float:
    columns = np.stack([right, row], axis=1)
    if np.linalg.matrix_rank(columns) < 2:
        return np.nan
    shares, *_ = np.linalg.lstsq(columns, values, rcond=None)
    factor = float(shares[0])
    fits = np.abs(columns @ shares - values).max() <= RTOL * size
    return factor if fits and abs(factor) > RTOL and abs(factor - 1) > SLIGHT else np.nan


def _row_dots(rows: np.ndarray, others: np.ndarray) -> np.ndarray:
    return np.einsum("ij,ij->i", rows, others)


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


def _swaps(gap: np.ndarray, candidates: Candidates, earlier: Swaps | None) -> Swaps:
    """The swaps in one observation: of the arrays in `earlier` ones, where there are any.

    All pairs at once: c is the projection of the gap on the difference of the two arrays.
    """
    labels = [label for label in candidates if earlier is None or label in earlier.labels]
    if not labels or not gap.any():
        return Swaps([], np.zeros((1, 0, 0)))
    rows = np.array([candidates[label].ravel() for label in labels])
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


# Candidates --------------------------------------------------------------------------------------


def _candidates(
    arrays: Arrays, shape: tuple[int, ...], only: Collection[Label] | None
) -> Candidates:
    """Candidates of a shape by label: single arrays, then sums, then products; `only` some of them.

    A column or row counts when it spreads to the shape.
    """
    found = {
        Label("itself", (name,)): np.broadcast_to(array, shape)
        for name, array in arrays.items()
        if _spreads(array, shape)
    }
    if shape in ((), (1, 1)):
        found |= {label: np.full(shape, total) for label, total in _totals(arrays).items()}
    elif shape[-1] == 1:
        found |= _row_sums(arrays, shape[0])
    found |= _products(arrays, shape, only)
    return {label: array for label, array in found.items() if only is None or label in only}


def _spreads(array: np.ndarray, shape: tuple[int, ...]) -> bool:
    is_matrix = array.ndim == 2 and len(shape) == 2
    return array.shape == shape or (is_matrix and array.shape in {(shape[0], 1), (1, shape[1])})


def _totals(arrays: Mapping[str, Any]) -> dict[Label, float]:
    """The sum of each array, and of its squares."""
    found = {}
    for name, array in arrays.items():
        found[Label("sum", (name,))] = float(np.sum(array))
        found[Label("squares", (name,))] = float(np.sum(np.square(array)))
    return found


def _row_sums(arrays: Arrays, rows: int) -> Candidates:
    return {
        Label("rows", (name,)): array.sum(1, keepdims=True)
        for name, array in arrays.items()
        if array.ndim == 2 and len(array) == rows
    }


def _products(arrays: Arrays, shape: tuple[int, ...], only: Collection[Label] | None) -> Candidates:
    """Products of two arrays: by entry, and of matrices, one of which may be transposed."""
    found: Candidates = {}
    matrices = {name: array for name, array in arrays.items() if array.ndim == 2}
    for name, first in matrices.items():
        for other, second in matrices.items():
            if first.shape == second.shape == shape and name < other:
                found[Label("entries", (name, other))] = first * second
            for names, left, right in (
                ((name, other), first, second),
                ((name, f"{other}.T"), first, second.T),
                ((f"{name}.T", other), first.T, second),
            ):
                label = Label("product", names)
                is_fitting = (left.shape[0], right.shape[1]) == shape
                if (only is None or label in only) and is_fitting and left.shape[1] == len(right):
                    found[label] = left @ right
    return found
