"""Which values can be graded: the one rule of the visible checks and of the grader.

None, truth values, numbers, text, bytes, lists, tuples, dictionaries, and numpy arrays and scalars
of numbers, truth values or text. Subclasses of list, tuple and dict count as what they hold. Of the
subclasses of arrays, `np.matrix` and `np.memmap` do: they hold the same numbers in the same places.
Anything else is refused by the name of its type: other subclasses may mean something else by their
numbers (a masked array hides some), and an object may answer every question as it likes.
"""

import operator
import re
from functools import lru_cache
from typing import Any

import numpy as np

from course_utils.messages import Message, message

DTYPE = re.compile(r"[<>|=](?:[biufc]\d{1,2}|U[1-9]\d{0,5})")
MAX_DEPTH = 50  # of containers in containers
LONGEST_NAME = 150  # characters shown of the name of a type
SIMPLE = frozenset({type(None), bool, int, float, complex, str, bytes})
CONTAINERS: tuple[Any, ...] = (dict, list, tuple)
ARRAYS = (np.ndarray, np.matrix, np.memmap)


class NotPlain(TypeError):
    """A value that cannot be graded; the message names its type."""


class NotAResult(TypeError):
    """What a function returned cannot be graded; the message names its type."""

    for_students = True
    is_about_result = True


def plain_result(value: Any) -> Any:
    """The result of a function as `plain_value` has it; NotAResult where it cannot be graded."""
    try:
        return plain_value(value)
    except NotPlain as error:
        raise NotAResult(message("returned.what", what=error.args[0])) from None


def plain_value(value: Any, depth: int = 0) -> Any:
    """The same value of plain types; NotPlain names what cannot be graded.

    An array is the same object, or a view of it: who writes to one changes the other.

    depth: of the containers around the value
    """
    kind = type(value)
    if kind in SIMPLE:
        return value
    if kind in ARRAYS:
        return _require_dtype(value if kind is np.ndarray else value.view(np.ndarray))
    if issubclass(kind, np.generic):
        _require_dtype(np.asarray(value))
        return value
    if not issubclass(kind, CONTAINERS):
        raise NotPlain(type_name(value))
    if depth > MAX_DEPTH:
        raise NotPlain(message("value.nested", value=type_name(value)))
    return _plain_container(value, depth + 1)


def type_name(value: Any) -> Message:
    """A value in words, by its type alone."""
    kind = type(value)
    module = getattr(kind, "__module__", "")
    name = f"{kind.__name__}" if module in ("builtins", "__main__") else f"{module}.{kind.__name__}"
    return message("value.of_type", type=name[:LONGEST_NAME])


def _plain_container(value: Any, depth: int) -> Any:
    """The content as a plain dictionary, list or tuple. The methods of a subclass are not used.

    What is plain already is handed back as it is: a new dictionary would hash all keys again, and a
    stranger's keys can make that slow.
    """
    base = next(base for base in CONTAINERS if issubclass(type(value), base))
    flat = [*dict.keys(value), *dict.values(value)] if base is dict else list(base.__iter__(value))
    plain = [part if type(part) in SIMPLE else plain_value(part, depth) for part in flat]
    if type(value) is base and all(map(operator.is_, plain, flat)):
        return value
    half = len(plain) // 2
    return dict(zip(plain[:half], plain[half:])) if base is dict else base(plain)


def _require_dtype(array: np.ndarray) -> np.ndarray:
    if not _is_plain_dtype(array.dtype):
        raise NotPlain(message("value.of_dtype", dtype=str(array.dtype)))
    return array


@lru_cache(maxsize=256)
def _is_plain_dtype(dtype: np.dtype) -> bool:
    return DTYPE.fullmatch(dtype.str) is not None
