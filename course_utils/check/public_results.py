"""What the public examples of an exercise must give, in all their parts and digits.

`assignments/NAME/public_results.json` is made by the instructor's `course expected`. A check passes
or fails by the figures in `exercises.py`; what it says of a function that failed rests on these.
"""

import functools

import numpy as np

from course_utils.assignments.registry import merged_files
from course_utils.explain import Call

FILE = "public_results.json"


def expected_calls(name):
    """The right `Call` of each public example of an exercise; empty where none are published."""
    return [expected_call(entry) for entry in entries_of(name)]


def entries_of(name):
    """What is published of each public example of an exercise, as `encoded` made it."""
    return published().get(name, ())


def expected_call(entry):
    """The right `Call` of which `encoded` made this."""
    return Call(decoded(entry["result"]), verdict=entry["verdict"])


def encoded(call):
    """A right `Call` as JSON can hold it."""
    return {"result": _encoded(call.result), "verdict": call.verdict}


def _encoded(value):
    if isinstance(value, dict):
        return {"dict": {key: _encoded(part) for key, part in value.items()}}
    if isinstance(value, (tuple, list)):
        return {"tuple": [_encoded(part) for part in value]}
    if isinstance(value, np.ndarray):
        return {"array": value.tolist(), "dtype": value.dtype.name}
    return np.asarray(value).item()


def decoded(entry):
    """The value of which `_encoded` made this."""
    if not isinstance(entry, dict):
        return entry
    if "dict" in entry:
        return {key: decoded(part) for key, part in entry["dict"].items()}
    if "tuple" in entry:
        return tuple(decoded(part) for part in entry["tuple"])
    return np.array(entry["array"], dtype=entry["dtype"])


@functools.cache
def published():
    """{function: the entries of its examples} of all assignments."""
    return merged_files(FILE)
