"""Call a student's function and keep all that came of it."""

import contextlib
import copy
import io
import pickle
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.checks.compare import first_difference
from course_utils.checks.sketch import sketch_of
from course_utils.checks.stand_ins import standing_in
from course_utils.checks.verdicts import verdict


@dataclass(frozen=True)
class Call:
    """What came of one call.

    error: what it raised, as "TypeError: ...", or ""; todo: whether that was the stub of the exercise;
        stopped: whether it came to no end, or ended the process it ran in
    changed: the first argument that was written to, by position and part, or None
    said: the verdict of a gradient check that it printed, "right", "wrong" or ""
    again: whether a second call gave the same, where that was tried
    after: the arguments as the call left them, where it changed them
    """

    result: Any = None
    error: str = ""
    todo: bool = False
    stopped: bool = False
    changed: Any = None
    said: str = ""
    printed: str = ""
    again: bool = True
    after: Any = None


def try_call(function, arguments, keywords=None, stand_ins=None):
    """Call the function; its `Call`, whatever happens."""
    before = pickle.dumps(arguments)
    printed = io.StringIO()
    try:
        with (
            standing_in(function, stand_ins or {}),
            contextlib.redirect_stdout(printed),
            np.errstate(all="ignore"),
        ):
            result = function(*arguments, **(keywords or {}))
    except NotImplementedError:
        return Call(todo=True, error="NotImplementedError")
    except Exception as error:
        words = f"{error}" if getattr(error, "for_students", False) else f"{type(error).__name__}: {error}"
        return Call(error=words, stopped=getattr(error, "stopped", False))
    changed = _changed(arguments, before)
    said = verdict(printed.getvalue())
    after = arguments if changed else None
    return Call(result, changed=changed, said=said, printed=printed.getvalue(), after=after)


def try_twice(function, arguments, keywords=None, stand_ins=None):
    """Call the function, spoil what it returned, call it again from another random state: the first `Call`, with `again` filled in."""
    first = try_call(function, copy.deepcopy(arguments), keywords, stand_ins)
    kept = copy.deepcopy(first)
    spoil(first.result)
    np.random.seed(54321)
    second = try_call(function, arguments, keywords, stand_ins)
    return replace(kept, again=sketch_of(kept) == sketch_of(second))


def spoil(value):
    """Overwrite every array in a result, so that a second call which hands out the same ones is noticed."""
    if isinstance(value, np.ndarray) and value.flags.writeable and value.dtype.kind == "f":
        value[...] = np.nan
    elif isinstance(value, dict):
        for part in value.values():
            spoil(part)


def _changed(arguments, before):
    """(position, where in it) of the first argument that is not what it was when it was pickled as `before`."""
    if pickle.dumps(arguments) == before:
        return None
    for position, (now, then) in enumerate(zip(arguments, pickle.loads(before))):
        if difference := first_difference(now, then):
            return position, difference.where
    return None
