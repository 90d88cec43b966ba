"""Tell the outcome of one call from another by a few numbers, without keeping the outcome."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from course_utils.explain.call import Call

PER_ARRAY = 4  # numbers of a fingerprint for each array: see `_numbers_of`
WRITTEN = 1e-8  # of a number: as close as it comes in a file


@dataclass(frozen=True)
class Fingerprint:
    """form: types, shapes, error, and whatever else is no number, as text
    numbers: `PER_ARRAY` for each array or number, in order
    """

    form: str
    numbers: tuple[float, ...] = ()

    def like(self, other: Fingerprint, rtol: float, atol: float) -> bool:
        """Whether both outcomes agree within rtol times their size, or atol in every number."""
        if self.form != other.form or len(self.numbers) != len(other.numbers):
            return False
        mine, theirs = self._table(), other._table()
        size = np.maximum(mine[:, 3:], theirs[:, 3:])  # the length of each array, as a vector
        room = _room(size, mine[:, 2:3], rtol, atol)
        return bool(np.all(np.abs(mine - theirs)[:, [0, 1, 3]] <= room))

    def places_among(self, shorts: Iterable[list[Any]], rtol: float, atol: float) -> list[int]:
        """The places of the short forms (see `short`) of outcomes that may be like this one.

        All of those that are; another one only by chance.
        """
        own_digest, *own_sums = self.short()
        numbers = self._table()
        # As in `like`, but only one of both sizes is known: the larger may be larger by a bit.
        room = _room(numbers[:, 3], numbers[:, 2], rtol, atol) / (1 - 2 * rtol)
        each = np.repeat(room, 2)  # of the two random sums of each array
        weights = np.abs(_random_weights(each.size))
        rooms = np.append(weights @ each, np.linalg.norm(room))
        return [
            place
            for place, (digest, *sums) in enumerate(shorts)
            if digest == own_digest
            and np.all(np.abs(np.subtract(own_sums, sums)) <= rooms + WRITTEN * np.abs(sums))
        ]

    @property
    def is_one_number(self) -> bool:
        """Whether it is that of a single number, of which it then says all."""
        return len(self.numbers) == PER_ARRAY and self.numbers[2] == 1

    def short(self) -> list[Any]:
        """[digest of the form, two random sums, length]: small enough for a file of thousands."""
        numbers = self._table()
        first, second = _random_weights(2 * len(numbers))
        sums = numbers[:, :2].ravel()
        digest = hashlib.sha256(self.form.encode()).hexdigest()[:12]
        length = float(np.linalg.norm(numbers[:, 3]))
        return [digest, float(sums @ first), float(sums @ second), length]

    def _table(self) -> np.ndarray:
        return np.array(self.numbers).reshape(-1, PER_ARRAY)


def fingerprint_of(call: Call, seen: str = "") -> Fingerprint:
    """The fingerprint of a call: of its result, and of the arguments where it changed them.

    seen: what else was seen of the call and tells it from others
    """
    if call.error:
        # Python says the same of many mistakes: the helper that the line calls tells some of them
        # apart.
        helper = call.raised.helper if call.raised else ""
        return Fingerprint(f"{call.error} in {helper}" if helper else call.error)
    leaves = list(_leaves("", call.result))
    if call.changed:
        leaves += _leaves("after", call.arguments_after)
    forms = [form for form, _ in leaves]
    # These words are hashed into the tables `fingerprints.json`: they stay, whatever the fields
    # are called.
    forms += [f"changed {call.changed}", f"said {call.verdict}", f"again {call.repeatable}"]
    forms += [f"shared {call.shared}"] * bool(call.shared)
    if call.result is None and call.printed:
        forms.append("printed instead")
    forms += [f"seen {seen}"] * bool(seen)
    arrays = [array for _, array in leaves if array is not None]
    numbers = [number for array in arrays for number in _numbers_of(array)]
    return Fingerprint("; ".join(forms), tuple(numbers))


def _leaves(name: str, value: Any) -> Iterator[tuple[str, np.ndarray | None]]:
    """(form, array or None) of every array, number and other thing in a value."""
    if isinstance(value, (dict, tuple, list)):
        kind = "dict" if isinstance(value, dict) else "tuple"  # a list may stand for a tuple
        yield f"{name} {kind} of {len(value)}", None
        for key, part in _items_of(value):
            yield from _leaves(f"{name}.{key}", part)
        return
    is_number = isinstance(value, (int, float, complex, np.ndarray, np.generic))
    array = np.asarray(value) if is_number else None
    if array is None or array.dtype.kind not in "biuf":
        yield f"{name} {type(value).__name__} {value!r:.60}", None
        return
    finite = np.isfinite(array)
    strange = "" if finite.all() else f" {np.isnan(array).sum()} NaN {(~finite).sum()} not finite"
    kind = f"array {array.shape}" if isinstance(value, np.ndarray) else "number"
    yield f"{name} {kind} {array.dtype}{strange}", np.where(finite, array, 0).astype(float)


def _items_of(container: dict | tuple | list) -> list[tuple[Any, Any]]:
    """(key or position, part) of each part; those of a dictionary in the order of their keys."""
    if isinstance(container, dict):
        return sorted(container.items(), key=lambda item: str(item[0]))
    return list(enumerate(container))


def _numbers_of(array: np.ndarray) -> tuple[float, float, float, float]:
    """Two random sums, the number of entries, the length as a vector."""
    flat = array.ravel()
    first, second = _random_weights(flat.size)
    return float(flat @ first), float(flat @ second), float(flat.size), float(np.linalg.norm(flat))


def _room(size: np.ndarray, entries: np.ndarray, rtol: float, atol: float) -> np.ndarray:
    """How far the numbers of an array may be off, by its length as a vector and its entries."""
    return 2 * (rtol * size + atol * np.sqrt(np.maximum(entries, 1)))


@functools.cache
def _random_weights(size: int) -> np.ndarray:
    return np.random.RandomState(7).uniform(-1, 1, (2, size))
