"""Compare what a function returned with what it should return, part by part.

Used by the visible checks and by the hidden tests, so that both mean the same by "right":

- a dictionary has the wanted keys; a tuple (or list) the wanted length;
- an array has the wanted shape and holds real numbers, floats where floats are wanted;
- a number is a real number: int, float, numpy scalar or 0-d array, but neither bool nor array;
- values agree within rtol * |wanted| + atol and are finite where the wanted ones are.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Difference:
    """The first thing that differs.

    kind: "type", "keys", "length", "shape", "dtype", "finite" or "value"
    where: the part of the result, e.g. "W1" or "cache[2]"; "" for the whole
    expected, got: words for both; `expected` never holds values, only form
    """

    kind: str
    where: str
    expected: str
    got: str

    def __str__(self):
        subject = f"{self.where}: " if self.where else ""
        return f"{subject}expected {self.expected}, got {self.got}"


def first_difference(got, wanted, *, rtol=1e-7, atol=0.0, extra_keys=False, values=True, where=""):
    """The first `Difference` between `got` and `wanted`, or None when they agree.

    rtol, atol: as in `numpy.isclose`
    extra_keys: whether a dictionary may hold more keys than wanted
    values: False compares only the form: types, keys, lengths, shapes, dtypes
    """
    options = dict(rtol=rtol, atol=atol, extra_keys=extra_keys, values=values)
    if isinstance(wanted, dict):
        return _compare_dicts(got, wanted, where, options)
    if isinstance(wanted, (tuple, list)):
        return _compare_tuples(got, wanted, where, options)
    form = _array_form if isinstance(wanted, np.ndarray) else _number_form
    difference = form(got, wanted, where)
    return (
        _compare_values(got, wanted, where, rtol, atol)
        if difference is None and values
        else difference
    )


def describe(value):
    """A few words for any value: its type and form, never the content of a long one."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    if isinstance(value, dict):
        return f"a dictionary with keys {_key_list(value)}"
    if isinstance(value, (tuple, list)):
        return f"a {type(value).__name__} of {len(value)} items"
    if value is None:
        return "None (is there a return?)"
    if isinstance(value, float):  # numpy's doubles are floats too, and need no other name
        return f"{float(value)!r}"
    if isinstance(value, (bool, int, np.generic)):
        return f"{value!r}"
    return f"a value of type {type(value).__name__}"


def _compare_dicts(got, wanted, where, options):
    if not isinstance(got, dict):
        return Difference(
            "type", where, f"a dictionary with keys {_key_list(wanted)}", describe(got)
        )
    missing = [key for key in wanted if key not in got]
    extra = [] if options["extra_keys"] else [key for key in got if key not in wanted]
    if missing or extra:
        return Difference(
            "keys", where, f"the keys {_key_list(wanted)}", f"the keys {_key_list(got)}"
        )
    return _first(
        first_difference(
            got[key], value, where=f"{where}[{key!r}]" if where else str(key), **options
        )
        for key, value in wanted.items()
    )


def _compare_tuples(got, wanted, where, options):
    if not isinstance(got, (tuple, list)):
        return Difference("type", where, f"a tuple of {len(wanted)} items", describe(got))
    if len(got) != len(wanted):
        return Difference("length", where, f"{len(wanted)} items", f"{len(got)} items")
    return _first(
        first_difference(part, value, where=f"{where or 'result'}[{i}]", **options)
        for i, (part, value) in enumerate(zip(got, wanted))
    )


def _array_form(got, wanted, where):
    if not isinstance(got, np.ndarray):
        return Difference("type", where, f"an array of shape {wanted.shape}", describe(got))
    if got.shape != wanted.shape:
        return Difference("shape", where, f"shape {wanted.shape}", f"shape {got.shape}")
    # A mask (wanted as bool or int) may come as any real number; floats must come as floats.
    if got.dtype.kind not in ("f" if wanted.dtype.kind == "f" else "biuf"):
        return Difference("dtype", where, "floating-point numbers", f"dtype {got.dtype}")
    return None


def _number_form(got, wanted, where):
    if isinstance(got, np.ndarray) and got.shape != ():
        return Difference("type", where, "a number", describe(got))
    if (
        isinstance(got, (bool, str, bytes, tuple, list, dict))
        or np.asarray(got).dtype.kind not in "iuf"
        or np.ndim(got)
    ):
        return Difference("type", where, "a number", describe(got))
    return None


def _compare_values(got, wanted, where, rtol, atol):
    if np.all(np.isfinite(wanted)) and not np.all(np.isfinite(got)):
        return Difference("finite", where, "finite numbers", "NaN or infinity")
    return (
        None
        if _close(got, wanted, rtol, atol)
        else Difference("value", where, "other values", describe(got))
    )


def _close(got, wanted, rtol, atol):
    """Compared as doubles: numpy would round `wanted` to a half-precision `got` and find them equal."""
    with np.errstate(all="ignore"):
        got, wanted = np.asarray(got, dtype=float), np.asarray(wanted, dtype=float)
        return bool(np.all(np.isclose(got, wanted, rtol=rtol, atol=atol)))


def _first(differences):
    return next((difference for difference in differences if difference is not None), None)


def _key_list(dictionary, most=20):
    """The first of its keys, and how many more there are: a stranger's dictionary may have any number, of any length."""
    shown = [str(key)[:40] for key, _ in zip(dictionary, range(most))]
    more = [f"and {len(dictionary) - most:,} more"] if len(dictionary) > most else []
    return "{" + ", ".join(shown + more) + "}"
