"""How a wrong array or number relates to the right one."""

import numpy as np

# Relations in order of how much they say; of those that hold in every try the first is told.
KINDS = (
    "zero", "sign", "opposite", "squared", "root", "reciprocal", "complement", "single", "rounded",
    "transposed", "nearly", "factor", "offset", "signs", "order", "leak", "silent", "row factors", "row offsets",
    "column factors", "column offsets", "rows", "columns", "slight", "entries", "larger", "smaller",
)  # fmt: skip
WEAK = (
    "signs",
    *KINDS[KINDS.index("row factors") :],
)  # say less than of which array a part is made


def relations(got, wanted, rtol, atol):
    """All relations that hold, {kind: value}; "same" alone where the two agree. Arrays of one shape, or numbers.

    The value of "factor" and "offset" is that number; of "rows" and "columns" those that are wrong.
    """
    got, wanted = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)

    def close(one, two):
        return one.shape == two.shape and bool(np.all(np.isclose(one, two, rtol=rtol, atol=atol)))

    with np.errstate(all="ignore"):
        if close(got, wanted):
            return {"same": None}
        if not (np.isfinite(got).all() and np.isfinite(wanted).all()):
            return {}
        return (
            _plain(got, wanted, close)
            | _fitted(got, wanted, close)
            | _by_line(got, wanted, close)
            | _partly(got, wanted, rtol, atol)
        )


def _plain(got, wanted, close):
    """Relations without a number of their own."""
    ones = bool(np.isin(wanted, (0, 1)).all() and np.isin(got, (0, 1)).all())
    rounded = any(close(got, np.round(wanted, digits)) for digits in range(8))
    with np.errstate(all="ignore"):
        hold = {
            "zero": not got.any(),
            "sign": close(got, -wanted),
            "opposite": ones and close(got, 1 - wanted) and got.size > 1,
            "squared": close(got, wanted**2),
            "root": close(got, np.sqrt(np.abs(wanted))),
            "reciprocal": close(got, 1 / wanted),
            "complement": close(got, 1 - wanted),
            "single": close(got, wanted.astype(np.float32)),
            "rounded": rounded or close(got, np.trunc(wanted)),
            "transposed": got.ndim == 2 and close(got, wanted.T),
            "signs": close(np.abs(got), np.abs(wanted)),
            "order": got.size > 1 and close(np.sort(got, axis=None), np.sort(wanted, axis=None)),
            "nearly": bool(np.linalg.norm(got - wanted) < 1e-5 * np.linalg.norm(wanted)),
            "slight": got.size == 1 and bool(np.abs(got - wanted) < 1e-6),
            "larger": got.size == 1 and bool(np.abs(got) > np.abs(wanted)),
            "smaller": got.size == 1 and bool(np.abs(got) < np.abs(wanted)),
        }
    return {kind: None for kind, holds in hold.items() if holds}


def _fitted(got, wanted, close):
    """A factor, an offset."""
    found = {}
    square = np.vdot(wanted, wanted)
    factor = float(np.vdot(got, wanted) / square) if square else 0.0
    if abs(factor - 1) > 1e-5 and factor and close(got, factor * wanted):
        found["factor"] = factor
    offset = float(np.mean(got - wanted))
    if close(got, wanted + offset):
        found["offset"] = offset
    return found


def _by_line(got, wanted, close):
    """A factor or an offset for each row or each column."""
    found = {}
    for line, axis in (("row", 1), ("column", 0)):
        if got.ndim != 2 or got.shape[axis] < 2:
            continue
        factors = (got * wanted).sum(axis, keepdims=True) / (wanted**2).sum(axis, keepdims=True)
        if close(got, factors * wanted):
            found[f"{line} factors"] = None
        if close(got, wanted + (got - wanted).mean(axis, keepdims=True)):
            found[f"{line} offsets"] = None
    return found


def _partly(got, wanted, rtol, atol):
    """Relations in which some entries are right."""
    wrong = ~np.isclose(got, wanted, rtol=rtol, atol=atol)
    if wrong.all() or got.ndim != 2:
        return {}
    found = {"entries": float(wrong.mean())}
    if not wanted[wrong].any():
        found["leak"] = None
    if not got[wrong].any():
        found["silent"] = None
    for kind, axis in (("rows", 1), ("columns", 0)):
        lines = wrong.any(axis=axis)
        if not lines.all():
            found[kind] = _which(np.flatnonzero(lines), len(lines))
    return found


def _which(lines, count):
    """ "first", "last" or "some" of the rows or columns."""
    if list(lines) == [count - 1]:
        return "last"
    return "first" if list(lines) == [0] else "some"
