"""What a wrong part is made of: of which arrays, sums and products, and by what factor.

All of it is arithmetic on values; nothing here knows a formula. A candidate is an array that a part
may be made of by mistake: an input, another part of the expected result, their sums and products.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from course_utils.explain.compare import RTOL
from course_utils.explain.components import components_of
from course_utils.explain.names import shown_names
from course_utils.explain.observation import Observation
from course_utils.messages import Message, message

SLIGHT = 1e-5  # a factor closer to 1 comes from rounding
ENOUGH = 4  # entries of an array that can hardly agree by chance
SMALLEST_SWAP = 1e-6  # factor of a swap; what is smaller comes from rounding
MOST_AT_ONCE = 1_000_000  # numbers, when pairs of arrays are compared
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


def compositions_of(observations: Sequence[Observation], part: str) -> dict[Key, list[float]]:
    """{(relation, labels): factors} of all that holds for a wrong part in every observation.

    The simplest comes first. The relations are: "holds", the part is an array times the factor;
    "term", it is off by that; "apart", all but a share of the array is off by the factor; "swap",
    it has one array, times the factor, in place of another.
    """
    held: dict[Key, list[float]] = {}
    keys = None
    for observation in observations:
        found = _compositions_in(observation, part, keys)
        held = {key: [*held.get(key, []), factor] for key, factor in found.items()}
        keys = held.keys()
        if not held:
            break
    return held


def _compositions_in(
    observation: Observation, part: str, keys: Collection[Key] | None
) -> dict[Key, float]:
    """{(relation, labels): factor} in one observation; of `keys` only, where they are given."""
    actual, expected = _part_of(observation, part)
    if actual.shape != expected.shape:
        return {}
    if not (np.isfinite(actual).all() and np.isfinite(expected).all()):
        return {}
    only = None if keys is None else {label for _, labels in keys for label in labels}
    candidates = _candidates(_known_arrays(observation, part), expected.shape, only)
    found: dict[Key, float] = {}
    for relation, fit in (("holds", _multiple), ("term", _term), ("apart", _all_but_a_share)):
        for label, array in candidates.items():
            factor = fit(actual, expected, array)
            if factor is not None:
                found[relation, (label,)] = factor
    for labels, factor in _swaps(actual - expected, candidates).items():
        found["swap", labels] = factor
    return {key: factor for key, factor in found.items() if keys is None or key in keys}


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


def _multiple(actual: np.ndarray, expected: np.ndarray, array: np.ndarray) -> float | None:
    """The factor c where actual = c * array."""
    return _proportion(actual, array, np.abs(actual).max(initial=0))


def _term(actual: np.ndarray, expected: np.ndarray, array: np.ndarray) -> float | None:
    """The factor c where actual = expected + c * array."""
    return _proportion(actual - expected, array, np.abs(actual).max(initial=0))


def _all_but_a_share(actual: np.ndarray, expected: np.ndarray, array: np.ndarray) -> float | None:
    """The factor c where actual = c * expected + some share of the array.

    For single numbers, which would always be so: where actual - array = c * (expected - array).
    """
    if actual.size == 1:
        return _proportion(actual - array, expected - array, np.abs(actual).max(initial=0))
    columns = np.stack([expected.ravel(), array.ravel()], axis=1)
    if actual.size < ENOUGH or np.linalg.matrix_rank(columns) < 2:
        return None
    shares, *_ = np.linalg.lstsq(columns, actual.ravel(), rcond=None)
    factor = float(shares[0])
    if not _is_near(columns @ shares, actual.ravel(), np.abs(actual).max()):
        return None
    return factor if abs(factor) > RTOL and abs(factor - 1) > SLIGHT else None


def _proportion(values: np.ndarray, array: np.ndarray, size: float) -> float | None:
    """The factor c, not 0, where values = c * array; None where there is none.

    size: of the numbers that the values were computed from, which sets their rounding errors
    """
    square = float(np.vdot(array, array))
    factor = float(np.vdot(array, values)) / square if square else 0.0
    room = np.abs(values).max(initial=0) + size / 100
    fits = _is_near(values, factor * array, room)
    return factor if fits and abs(factor) * np.abs(array).max() > RTOL * size else None


def _swaps(gap: np.ndarray, candidates: Candidates) -> dict[tuple[Label, Label], float]:
    """{(there, belongs): c} of the pairs of arrays where gap = c * (there - belongs), with c > 0.

    All pairs at once: c is the projection of the gap on the difference of the two arrays.
    """
    labels = list(candidates)
    if not labels or not gap.any():
        return {}
    rows = np.array([candidates[label].ravel() for label in labels])
    along, square = rows @ gap.ravel(), (rows**2).sum(axis=1)
    lengths = square[:, None] + square - 2 * rows @ rows.T  # of there - belongs, squared
    with np.errstate(all="ignore"):
        factors = (along[:, None] - along) / lengths
        rest = 1 - factors * (along[:, None] - along) / np.vdot(gap, gap)
        likely = (factors > SMALLEST_SWAP) & (lengths > SWAP_RTOL) & (rest < SWAP_RTOL)
    pairs = np.argwhere(likely)
    return {
        (labels[i], labels[j]): float(factors[i, j])
        for block in np.array_split(pairs, 1 + pairs.size * gap.size // MOST_AT_ONCE)
        for i, j in block[_fitting(gap.ravel(), rows, factors, block)].tolist()
    }


def _fitting(gap: np.ndarray, rows: np.ndarray, factors: np.ndarray, pairs: np.ndarray) -> Any:
    """For each of some pairs, whether gap = factor * (row - other row) at every entry."""
    there, belongs = pairs.T
    off = np.abs(factors[there, belongs, None] * (rows[there] - rows[belongs]) - gap)
    return off.max(axis=1, initial=0) <= RTOL * np.abs(gap).max()


def _is_near(first: np.ndarray, second: np.ndarray, size: float) -> bool:
    return bool(np.abs(first - second).max(initial=0) <= RTOL * size)


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
