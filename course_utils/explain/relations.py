"""How a wrong array or number relates to the expected one."""

from collections.abc import Callable
from typing import Any

import numpy as np

# In the order of how much they say: of those that hold in every observation the first is told.
RELATIONS = (
    "zero",
    "nonzero",
    "sign",
    "opposite",
    "squared",
    "root",
    "reciprocal",
    "complement",
    "single",
    "rounded",
    "transposed",
    "nearly",
    "factor",
    "offset",
    "signs",
    "order",
    "leak",
    "silent",
    "row factors",
    "row offsets",
    "column factors",
    "column offsets",
    "rows",
    "columns",
    "slight",
    "entries",
    "larger",
    "smaller",
)
# These say less than the arrays that a part is made of: see `composition`.
WEAK = ("signs", *RELATIONS[RELATIONS.index("row factors") :])
SAME = {"same": None}

NEARLY = 1e-5  # relative error below which values are "nearly" right
SLIGHT = 1e-6  # error below which a single number is "slightly" off
MOST_DIGITS = 8  # of those to which results are rounded

Relations = dict[str, Any]
Close = Callable[[np.ndarray, np.ndarray], bool]


def relations_between(actual: Any, expected: Any, rtol: float, atol: float) -> Relations:
    """All relations that hold, {relation: value}; `SAME` where the two agree.

    Both are arrays of one shape, or numbers. The value of "factor" and "offset" is that number; of
    "entries" the share of wrong ones; of "rows" and "columns" their position: "first", "last" or
    "some".
    """
    actual, expected = np.asarray(actual, dtype=float), np.asarray(expected, dtype=float)

    def close(values: np.ndarray, others: np.ndarray) -> bool:
        if values.shape != others.shape:
            return False
        return bool(_are_close(values, others, rtol, atol).all())

    with np.errstate(all="ignore"):
        if close(actual, expected):
            return dict(SAME)
        if not (np.isfinite(actual).all() and np.isfinite(expected).all()):
            return {}
        return (
            _of_every_entry(actual, expected, close)
            | _of_the_whole(actual, expected, close)
            | _fitted(actual, expected, close)
            | _by_line(actual, expected, close)
            | _of_some_entries(actual, expected, ~_are_close(actual, expected, rtol, atol))
        )


def _are_close(values: np.ndarray, others: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """As np.isclose, in a third of its time: finding out why calls it thousands of times."""
    near = np.abs(values - others) <= atol + rtol * np.abs(others)
    return (near & np.isfinite(others)) | (values == others)


def _of_every_entry(actual: np.ndarray, expected: np.ndarray, close: Close) -> Relations:
    """Relations of each entry to the expected one."""
    is_mask = bool(np.isin(expected, (0, 1)).all() and np.isin(actual, (0, 1)).all())
    rounded = [np.round(expected, digits) for digits in range(MOST_DIGITS)]
    rounded += [np.trunc(expected), np.floor(expected)]
    return _holding(
        {
            "zero": not actual.any(),
            "nonzero": not expected.any(),
            "sign": close(actual, -expected),
            "opposite": is_mask and close(actual, 1 - expected) and actual.size > 1,
            "squared": close(actual, expected**2),
            "root": close(actual, np.sqrt(np.abs(expected))),
            "reciprocal": close(actual, 1 / expected),
            "complement": close(actual, 1 - expected),
            "single": close(actual, expected.astype(np.float32)),
            "rounded": any(close(actual, values) for values in rounded),
            "signs": close(np.abs(actual), np.abs(expected)),
        }
    )


def _of_the_whole(actual: np.ndarray, expected: np.ndarray, close: Close) -> Relations:
    """Relations of an array, or of a single number, as a whole."""
    is_number = actual.size == 1
    distance = np.linalg.norm(actual - expected)
    is_sorted_alike = close(np.sort(actual, axis=None), np.sort(expected, axis=None))
    return _holding(
        {
            "transposed": actual.ndim == 2 and close(actual, expected.T),
            "order": actual.size > 1 and is_sorted_alike,
            "nearly": bool(distance < NEARLY * np.linalg.norm(expected)),
            "slight": is_number and bool(np.abs(actual - expected) < SLIGHT),
            "larger": is_number and bool(np.abs(actual) > np.abs(expected)),
            "smaller": is_number and bool(np.abs(actual) < np.abs(expected)),
        }
    )


def _holding(relations: dict[str, bool]) -> Relations:
    return {relation: None for relation, holds in relations.items() if holds}


def _fitted(actual: np.ndarray, expected: np.ndarray, close: Close) -> Relations:
    """The factor, by least squares, and the offset."""
    found: Relations = {}
    square = np.vdot(expected, expected)
    factor = float(np.vdot(actual, expected) / square) if square else 0.0
    if abs(factor - 1) > NEARLY and square and close(actual, factor * expected):
        found["factor"] = factor
    offset = float(np.mean(actual - expected))
    if close(actual, expected + offset):
        found["offset"] = offset
    return found


def _by_line(actual: np.ndarray, expected: np.ndarray, close: Close) -> Relations:
    """A factor or an offset for each row or each column."""
    found: Relations = {}
    for line, axis in (("row", 1), ("column", 0)):
        if actual.ndim != 2 or actual.shape[axis] < 2:
            continue
        squares = (expected**2).sum(axis, keepdims=True)
        # a line of zeros has no factor of its own
        factors = (actual * expected).sum(axis, keepdims=True) / np.where(squares, squares, 1)
        # one number alone has always a factor, and what became zero has the factor 0
        telling = (np.count_nonzero(expected, axis, keepdims=True) > 1) & (factors != 0)
        if np.sum(telling) >= min(2, telling.size) and close(actual, factors * expected):
            found[f"{line} factors"] = None
        if close(actual, expected + (actual - expected).mean(axis, keepdims=True)):
            found[f"{line} offsets"] = None
    return found


def _of_some_entries(actual: np.ndarray, expected: np.ndarray, wrong: np.ndarray) -> Relations:
    """Relations in which some entries are right. wrong: which are not, as a mask"""
    if wrong.all() or actual.ndim != 2:
        return {}
    found: Relations = {}
    if not expected[wrong].any():
        found["leak"] = None
    if not actual[wrong].any():
        found["silent"] = None
    if not expected[~wrong].any():
        return found  # a zero is easily right
    found["entries"] = float(wrong.mean())
    for relation, axis in (("rows", 1), ("columns", 0)):
        lines = np.all(wrong, axis=axis)
        if np.array_equal(lines, np.any(wrong, axis=axis)):
            found[relation] = _position(lines)
    return found


def _position(lines: np.ndarray) -> str:
    """ "first", "last" or "some": which of the rows or columns are marked."""
    marked = list(np.flatnonzero(lines))
    if marked == [len(lines) - 1]:
        return "last"
    return "first" if marked == [0] else "some"
