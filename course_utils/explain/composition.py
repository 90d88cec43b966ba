"""What a wrong part is made of, in terms of arrays that went in or came out right: a term too few, another array, a wrong share.

All of it is arithmetic on values; nothing here knows a formula.
"""

import numpy as np

from course_utils.explain.components import components_of
from course_utils.explain.pool import candidates, pool_of

RTOL = 1e-7
SLIGHT = 1e-5  # a factor closer to 1 comes from rounding
ENOUGH = 4  # entries of an array that can hardly agree by chance


def compositions_of(tries, part):
    """{(kind, names): factors} of all that holds for a wrong part in every one of these `Observation`s, the simplest first.

    kind: "holds" where the part is an array times the factor; "term" where it is off by it; "apart" where all but a share of
    the array is off by the factor; "swap" where it has one array, times the factor, in place of another
    """
    held = None
    for one in tries:
        found = _made_of(one, part, held)
        held = {key: [*(held or {}).get(key, []), factor] for key, factor in found.items()}
        if not held:
            break
    return held


def _made_of(one, part, keys):
    """{(kind, names): factor} in one try; of `keys` only, where they are given."""
    got, wanted = (
        np.asarray(components_of(which.result, one.names)[part], dtype=float)
        for which in (one.got, one.wanted)
    )
    if got.shape != wanted.shape or not (np.isfinite(got).all() and np.isfinite(wanted).all()):
        return {}
    pool = {name: value for name, value in pool_of(one).items() if name != part}
    only = None if keys is None else {name for _, names in keys for name in names}
    known = candidates(pool, wanted.shape, only)
    found = {}
    for kind, fit in (("holds", _multiple), ("term", _term), ("apart", _apart)):
        fits = {(kind, (name,)): fit(got, wanted, value) for name, value in known.items()}
        found |= {key: factor for key, factor in fits.items() if factor is not None}
    found |= {("swap", names): factor for names, factor in _swaps(got - wanted, known).items()}
    return {key: factor for key, factor in found.items() if keys is None or key in keys}


def _multiple(got, wanted, value):
    """c where got = c * value."""
    return _proportion(got, value, np.abs(got).max(initial=0))


def _term(got, wanted, value):
    """c where got = wanted + c * value."""
    return _proportion(got - wanted, value, np.abs(got).max(initial=0))


def _apart(got, wanted, value):
    """c where got = c * wanted + some share of value; for single numbers, where got - value = c * (wanted - value)."""
    if got.size == 1:
        return _proportion(got - value, wanted - value, np.abs(got).max(initial=0))
    columns = np.stack([wanted.ravel(), value.ravel()], axis=1)
    if got.size < ENOUGH or np.linalg.matrix_rank(columns) < 2:
        return None
    shares, *_ = np.linalg.lstsq(columns, got.ravel(), rcond=None)
    share, fits = float(shares[0]), _near(columns @ shares, got.ravel(), np.abs(got).max())
    return share if fits and abs(share) > RTOL and abs(share - 1) > SLIGHT else None


def _proportion(one, two, size):
    """c where one = c * two, not 0; None where there is none. size: of the numbers that `one` was computed from"""
    square = float(np.vdot(two, two))
    factor = float(np.vdot(two, one)) / square if square else 0.0
    fits = _near(one, factor * two, np.abs(one).max(initial=0) + size / 100)
    return factor if fits and abs(factor) * np.abs(two).max() > RTOL * size else None


def _swaps(gap, known):
    """{(there, belongs): c} of the pairs of arrays where gap = c * (there - belongs), with c > 0."""
    names = list(known)
    if not names or not gap.any():
        return {}
    rows = np.array([known[name].ravel() for name in names])
    along, square = rows @ gap.ravel(), (rows**2).sum(axis=1)
    lengths = square[:, None] + square - 2 * rows @ rows.T  # of there - belongs, squared
    with np.errstate(all="ignore"):
        factors = (along[:, None] - along) / lengths
        rest = 1 - factors * (along[:, None] - along) / np.vdot(gap, gap)
    likely = np.argwhere((factors > 1e-6) & (lengths > 1e-9) & (rest < 1e-9))
    return {
        (names[i], names[j]): float(factors[i, j])
        for i, j in likely
        if _near(factors[i, j] * (rows[i] - rows[j]), gap.ravel(), np.abs(gap).max())
    }


def _near(one, two, size):
    return bool(np.abs(one - two).max(initial=0) <= RTOL * size)
