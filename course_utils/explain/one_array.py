"""What holds between a wrong part and one other array: by what factor the part is made of it."""

import math

import numpy as np

from course_utils.explain.candidates import Candidates, Label
from course_utils.explain.compare import RTOL

SLIGHT = 1e-5  # a factor closer to 1 comes from rounding
ENOUGH = 4  # entries of an array that can hardly agree by chance
LOOSE = 1e-10  # of a squared length, when arrays are sorted out before they are looked at closely


def relations_with_one_array(
    actual: np.ndarray, expected: np.ndarray, candidates: Candidates
) -> dict[tuple[str, Label], float]:
    """{(relation, label): factor} of what holds between a part and one array.

    "holds": actual = c * array; "term": actual = expected + c * array; "apart": see `_shares`.
    """
    if not candidates.labels:
        return {}
    rows, values, right = candidates.rows, actual.ravel(), expected.ravel()
    size = np.abs(values).max(initial=0)
    factors = {
        "holds": _proportions(values, rows, size),
        "term": _proportions(values - right, rows, size),
        "apart": _shares(values, right, rows, size),
    }
    return {
        (relation, label): factor
        for relation, each in factors.items()
        for label, factor in zip(candidates.labels, each.tolist())
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
