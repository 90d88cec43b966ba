"""Compare an actual result with the expected one, part by part.

Used by the visible checks and by the hidden tests, so that both mean the same by "right":

- a dictionary has the expected keys; a tuple (or list) the expected length;
- an array has the expected shape and holds real numbers, floats where floats are expected;
- a number is a real number: int, float, numpy scalar or 0-d array, but neither bool nor array;
- values agree within rtol * |expected| + atol and are finite where the expected ones are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.messages import Message, Verbatim, Words, message

RTOL = 1e-7  # two computations of one number in double precision agree far better than this
MOST_KEYS, LONGEST_KEY = 20, 40  # shown of a dictionary: a stranger's may have any number of keys


@dataclass(frozen=True)
class Tolerance:
    """How far a result may be off and still be right; fields as in `first_difference`."""

    rtol: float = RTOL
    atol: float = 1e-9
    extra_keys: bool = False


@dataclass(frozen=True)
class Difference:
    """The first difference between two results.

    kind: "type", "keys", "length", "shape", "dtype", "finite" or "value"
    where: the part of the result, e.g. "W1" or "cache[2]"; "" for the whole
    expected, actual: `expected` never holds values, only form
    """

    kind: str
    where: str
    expected: Words
    actual: Words

    def as_message(self) -> Message:
        """The difference in a clause."""
        if self.where:
            return message(
                "difference.part", part=self.where, expected=self.expected, actual=self.actual
            )
        return message("difference.whole", expected=self.expected, actual=self.actual)

    def __str__(self) -> str:
        return f"{self.as_message()}"


def first_difference(
    actual: Any,
    expected: Any,
    *,
    rtol: float = RTOL,
    atol: float = 0.0,
    extra_keys: bool = False,
    values: bool = True,
    where: str = "",
) -> Difference | None:
    """The first `Difference` between two results, or None when they agree.

    rtol, atol: as in `numpy.isclose`
    extra_keys: whether a dictionary may hold more keys than expected
    values: False compares only the form: types, keys, lengths, shapes, dtypes
    where: how the two are called in their whole result
    """
    options = dict(rtol=rtol, atol=atol, extra_keys=extra_keys, values=values)
    if isinstance(expected, dict):
        return _compare_dicts(actual, expected, where, options)
    if isinstance(expected, (tuple, list)):
        return _compare_tuples(actual, expected, where, options)
    if isinstance(expected, str):  # an argument such as a mode
        is_same = isinstance(actual, str) and actual == expected
        return None if is_same else Difference("type", where, describe(expected), describe(actual))
    compare_form = _compare_arrays if isinstance(expected, np.ndarray) else _compare_numbers
    difference = compare_form(actual, expected, where)
    if difference is None and values:
        return _compare_values(actual, expected, where, rtol, atol)
    return difference


def describe(value: Any) -> Words:
    """Any value in a few words: its type and form, never the content of a long one."""
    if isinstance(value, np.ndarray):
        return message("form.array", shape=str(value.shape), dtype=str(value.dtype))
    if isinstance(value, dict):
        return _with_keys("form.dictionary", value)
    if isinstance(value, (tuple, list)):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return message(f"form.{kind}", len(value), items=len(value))
    if value is None:
        return message("form.none")
    if isinstance(value, float):  # numpy's doubles are floats too, and need no other name
        return Verbatim(f"{float(value)!r}")
    if isinstance(value, (bool, int, np.generic)):
        return Verbatim(f"{value!r}")
    return message("form.other_type", type=type(value).__name__)


def _compare_dicts(
    actual: Any, expected: dict, where: str, options: dict[str, Any]
) -> Difference | None:
    if not isinstance(actual, dict):
        return Difference("type", where, describe(expected), describe(actual))
    missing = [key for key in expected if key not in actual]
    extra = [] if options["extra_keys"] else [key for key in actual if key not in expected]
    if missing or extra:
        expected_keys, actual_keys = (_with_keys("form.keys", keys) for keys in (expected, actual))
        return Difference("keys", where, expected_keys, actual_keys)
    return _first_found(
        first_difference(
            actual[key], value, where=f"{where}[{key!r}]" if where else str(key), **options
        )
        for key, value in expected.items()
    )


def _compare_tuples(
    actual: Any, expected: tuple | list, where: str, options: dict[str, Any]
) -> Difference | None:
    if not isinstance(actual, (tuple, list)):
        return Difference("type", where, describe(tuple(expected)), describe(actual))
    if len(actual) != len(expected):
        return Difference("length", where, _items(expected), _items(actual))
    return _first_found(
        first_difference(part, value, where=f"{where or 'result'}[{i}]", **options)
        for i, (part, value) in enumerate(zip(actual, expected))
    )


def _compare_arrays(actual: Any, expected: np.ndarray, where: str) -> Difference | None:
    """Form only."""
    if not isinstance(actual, np.ndarray):
        array = message("form.array_of_shape", shape=str(expected.shape))
        return Difference("type", where, array, describe(actual))
    if actual.shape != expected.shape:
        return Difference("shape", where, _shape(expected), _shape(actual))
    # A mask (expected as bool or int) may come as any real number; floats must come as floats.
    if actual.dtype.kind not in ("f" if expected.dtype.kind == "f" else "biuf"):
        dtype = message("form.dtype", dtype=str(actual.dtype))
        return Difference("dtype", where, message("form.floats"), dtype)
    return None


def _compare_numbers(actual: Any, expected: Any, where: str) -> Difference | None:
    """Form only."""
    is_array = isinstance(actual, np.ndarray) and actual.shape != ()
    # asked before numpy is: it would make numbers of True and "8", and arrays of lists
    is_other_type = isinstance(actual, (bool, str, bytes, tuple, list, dict))
    if is_array or is_other_type or np.asarray(actual).dtype.kind not in "iuf" or np.ndim(actual):
        return Difference("type", where, message("form.number"), describe(actual))
    return None


def _compare_values(
    actual: Any, expected: Any, where: str, rtol: float, atol: float
) -> Difference | None:
    if _are_close(actual, expected, rtol, atol):
        return None
    if np.all(np.isfinite(expected)) and not np.all(np.isfinite(actual)):
        return Difference("finite", where, message("form.finite"), message("form.not_finite"))
    return Difference("value", where, message("form.other_values"), describe(actual))


def _are_close(actual: Any, expected: Any, rtol: float, atol: float) -> bool:
    """Compare as doubles: numpy would round `expected` to a half-precision `actual`.

    This is the formula of `np.isclose`, which takes five times as long to get to it.
    """
    with np.errstate(all="ignore"):
        actual, expected = np.asarray(actual, dtype=float), np.asarray(expected, dtype=float)
        if (actual == expected).all():  # as most right results are
            return True
        near = abs(actual - expected) <= atol + rtol * abs(expected)
        return bool(((near & np.isfinite(expected)) | (actual == expected)).all())


def _first_found(differences: Iterable[Difference | None]) -> Difference | None:
    return next((difference for difference in differences if difference is not None), None)


def _with_keys(code: str, dictionary: Mapping) -> Message:
    """The first keys, each cut to a length that can be shown, and how many more there are."""
    shown = ", ".join(str(key)[:LONGEST_KEY] for key, _ in zip(dictionary, range(MOST_KEYS)))
    rest = len(dictionary) - MOST_KEYS
    if rest > 0:
        return message(f"{code}.more", keys=f"{{{shown}, ...}}", rest=rest)
    return message(code, keys=f"{{{shown}}}")


def _items(values: tuple | list) -> Message:
    return message("form.items", len(values), items=len(values))


def _shape(array: np.ndarray) -> Message:
    return message("form.shape", shape=str(array.shape))
