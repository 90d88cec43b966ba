"""Parts of one result that are one array: what is written to one of them is in the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.explain.components import Names, components_of


def same_as_earlier(arrays: Sequence[np.ndarray]) -> dict[int, int]:
    """Which arrays are the same entries in memory as one before: position -> that one's.

    Views of one memory in other shapes are not found. No exercise asks for such.
    """
    positions: dict[tuple, int] = {}
    same = {}
    for position, array in enumerate(arrays):
        address = array.__array_interface__["data"][0]
        first = positions.setdefault((address, array.shape, array.strides), position)
        if first != position and array.size:
            same[position] = first
    return same


def first_shared(result: Any, names: Names = ()) -> tuple[str, str] | None:
    """(part, an earlier part) of a result that are one array; None where each is its own.

    names: as in `components_of`
    """
    parts = components_of(result, names)
    arrays = {name: part for name, part in parts.items() if isinstance(part, np.ndarray)}
    for position, first in same_as_earlier(list(arrays.values())).items():
        return list(arrays)[position], list(arrays)[first]
    return None
