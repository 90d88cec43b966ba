"""The parts of a result, by name, and which part follows from which.

Names are those of `course_utils.network`: W1, b1, Z1, A1 of layer 1, D1 for its dropout mask, and
dW1, db1, dZ1, dA1 for their gradients. A part of another name follows from none.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

ARRAY_NAME = re.compile(r"(d?)([A-Zb])(\d+)")
# The order in which a layer computes its arrays: forward Z, D, A; backward dA, dZ.
STAGES: dict[str, dict[str, int]] = {"": {"Z": 0, "D": 1, "A": 2}, "d": {"A": 0, "Z": 1}}
MASK = STAGES[""]["D"]  # drawn, not computed: it follows from nothing

Names = Sequence[str] | Callable[[int], Sequence[str]]


class Place(NamedTuple):
    """Where a part is computed: gradient "d" or "", layer, stage of `STAGES`.

    stage None: nothing else follows from it, as from dW1
    """

    gradient: str
    layer: int
    stage: int | None


LAST = Place("", layer=10**6, stage=10)  # a cost, or a result that is one number


def components_of(result: Any, names: Names = ()) -> dict[str, Any]:
    """The parts of a result by name.

    {"W1": array, ...} of a dictionary; {"": number} of what is no tuple either. Of a tuple its
    items, also nested ones, by `names` or else by position. A dictionary in it is opened: where
    it has a name its entries are v["dW1"], ..., else they are items in the order of their keys.

    names: of the items, or how many there are -> their names
    """
    if isinstance(result, dict):
        return {str(key): value for key, value in result.items()}
    if isinstance(result, (tuple, list)):
        items = list(_flat(result))
        if not callable(names) and len(names) == len(items):
            return dict(_opened(zip(names, items)))
        entries = list(_entries(items))
        names = names(len(entries)) if callable(names) else names
        positions = list(map(str, range(len(entries))))
        return dict(zip(names if len(names) == len(entries) else positions, entries))
    return {"": result}


def follows(part: str, other: str) -> bool:
    """Whether a wrong `other` can be why `part` is wrong.

    Forward, A1 follows from Z1; backward, dW1 follows from dZ1.
    """
    mine, theirs = _place_of(part), _place_of(other)
    if mine is None or theirs is None or part == other:
        return False
    if mine.gradient != theirs.gradient or theirs.stage is None:
        return False
    is_same_layer = theirs.layer == mine.layer
    if mine.gradient:
        is_earlier = mine.stage is None or theirs.stage < mine.stage
        return theirs.layer > mine.layer or (is_same_layer and is_earlier)
    if mine.stage is None or mine.stage == MASK:
        return False
    return theirs.layer < mine.layer or (is_same_layer and theirs.stage < mine.stage)


def origins(wrong: Iterable[str]) -> list[str]:
    """Of the wrong parts, those that follow from no other wrong one."""
    wrong = list(wrong)
    return [part for part in wrong if not any(follows(part, other) for other in wrong)]


def kind_of(part: str) -> str:
    """The kind of array that a part is: "W" of W1 and W2, "dW" of their gradients."""
    found = ARRAY_NAME.match(part)
    return "".join(found.groups()[:2]) if found else part


def _flat(items: Iterable[Any]) -> Iterator[Any]:
    """The items, with those of tuples and lists one by one."""
    for item in items:
        if isinstance(item, (tuple, list)) and not isinstance(item, np.ndarray):
            yield from _flat(item)
        else:
            yield item


def _opened(named: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """The same items, with those of a dictionary one by one, under its name."""
    for name, item in named:
        if isinstance(item, dict):
            yield from ((f'{name}["{key}"]', value) for key, value in item.items())
        else:
            yield name, item


def _entries(items: Iterable[Any]) -> Iterator[Any]:
    """The same items, with those of a dictionary one by one, in the order of their keys."""
    for item in items:
        if isinstance(item, dict):
            yield from _entries(_flat(item[key] for key in sorted(item, key=str)))
        else:
            yield item


def _place_of(part: str) -> Place | None:
    if part in ("cost", "AL", ""):
        return LAST
    found = ARRAY_NAME.match(part)
    if not found:
        return None
    gradient, letter, layer = found.groups()
    return Place(gradient, int(layer), STAGES[gradient].get(letter))
