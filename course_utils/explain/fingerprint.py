"""A few numbers by which one outcome of a call can be told from another, without keeping the outcome itself."""

import functools
import hashlib
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Fingerprint:
    """form: types, shapes, error and what else is no number; numbers: four for each array or number, in order."""

    form: str
    numbers: tuple = ()

    def like(self, other, rtol, atol):
        """Whether both are of outcomes that agree within rtol times their size, or atol in every number."""
        if self.form != other.form or len(self.numbers) != len(other.numbers):
            return False
        one, two = np.array(self.numbers).reshape(-1, 4), np.array(other.numbers).reshape(-1, 4)
        size = np.maximum(one[:, 3:], two[:, 3:])  # the root of the sum of squares, of each part
        room = rtol * size + atol * np.sqrt(np.maximum(one[:, 2:3], 1))
        return bool(np.all(np.abs(one - two)[:, [0, 1, 3]] <= 2 * room))

    def short(self):
        """[digest of the form, two random sums, length]: little enough to keep thousands of them in a file."""
        numbers = np.array(self.numbers).reshape(-1, 4)
        one, two = _weights(2 * len(numbers))
        sums = numbers[:, :2].ravel()
        digest = hashlib.sha256(self.form.encode()).hexdigest()[:12]
        return [digest, float(sums @ one), float(sums @ two), float(np.linalg.norm(numbers[:, 3]))]


def fingerprint_of(call):
    """The sketch of a `Call`: of its result, and of the arguments where it changed them."""
    if call.error:
        return Fingerprint(call.error)
    leaves = [*_leaves("", call.result), *(_leaves("after", call.after) if call.changed else ())]
    words = [form for form, _ in leaves]
    words += [f"changed {call.changed}", f"said {call.said}", f"again {call.again}"]
    if call.result is None and call.printed:
        words.append("printed instead")
    numbers = [number for _, array in leaves if array is not None for number in _numbers(array)]
    return Fingerprint("; ".join(words), tuple(numbers))


def _leaves(name, value):
    """(form, array or None) of every array, number and other thing in a value."""
    if isinstance(value, (dict, tuple, list)):
        yield f"{name} {type(value).__name__} of {len(value)}", None
        items = (
            sorted(value.items(), key=lambda item: str(item[0]))
            if isinstance(value, dict)
            else enumerate(value)
        )
        for key, part in items:
            yield from _leaves(f"{name}.{key}", part)
        return
    array = (
        np.asarray(value)
        if isinstance(value, (int, float, complex, np.ndarray, np.generic))
        else None
    )
    if array is None or array.dtype.kind not in "biuf":
        yield f"{name} {type(value).__name__} {value!r:.60}", None
        return
    finite = np.isfinite(array)
    strange = "" if finite.all() else f" {np.isnan(array).sum()} NaN {(~finite).sum()} not finite"
    kind = f"array {array.shape}" if isinstance(value, np.ndarray) else "number"
    yield f"{name} {kind} {array.dtype}{strange}", np.where(finite, array, 0).astype(float)


def _numbers(array):
    """Two random sums, the number of entries, the length."""
    flat = array.ravel()
    one, two = _weights(flat.size)
    return float(flat @ one), float(flat @ two), float(flat.size), float(np.linalg.norm(flat))


@functools.cache
def _weights(size):
    return np.random.RandomState(7).uniform(-1, 1, (2, size))
