"""Call a student's function and keep all that came of it."""

import contextlib
import copy
import inspect
import io
import pickle
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.explain.compare import first_difference
from course_utils.explain.fingerprint import fingerprint_of
from course_utils.explain.stubs import using_stubs
from course_utils.explain.verdicts import verdict


@dataclass(frozen=True)
class Call:
    """What came of one call.

    error: what it raised, as "TypeError: ...", or ""; todo: whether that was the stub of the exercise;
        stopped: whether it came to no end, or ended the process it ran in
    changed: the first argument that was written to, by position and part, or None
    said: the verdict of a gradient check that it printed, "right", "wrong" or ""
    again: whether a second call gave the same, where that was tried
    after: the arguments as the call left them, where it changed them
    asked: the arguments of its own calls of a function that was watched; None where none was
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
    asked: Any = None


def try_call(function, arguments, keywords=None, stubs=None, watched=""):
    """Call the function; its `Call`, whatever happens. watched: one of the stand-ins, whose arguments are kept"""
    stubs, asked = dict(stubs or {}), [] if watched else None
    if watched:
        stubs[watched] = _keeping(stubs[watched], asked)
    before = pickle.dumps(arguments)
    printed = io.StringIO()
    try:
        with (
            using_stubs(function, stubs),
            contextlib.redirect_stdout(printed),
            np.errstate(all="ignore"),
        ):
            result = function(*arguments, **(keywords or {}))
    except NotImplementedError:
        return Call(todo=True, error="NotImplementedError")
    except Exception as error:
        words = (
            f"{error}"
            if getattr(error, "for_students", False)
            else f"{type(error).__name__}: {error}"
        )
        return Call(error=words, stopped=getattr(error, "stopped", False))
    changed = _changed(arguments, before)
    said = verdict(printed.getvalue())
    after = arguments if changed else None
    return Call(
        result, changed=changed, said=said, printed=printed.getvalue(), after=after, asked=asked
    )


def try_twice(function, arguments, keywords=None, stubs=None, watched=""):
    """Call the function, spoil what it returned, call it again from another random state: the first `Call`, with `again` filled in."""
    first = try_call(function, copy.deepcopy(arguments), keywords, stubs, watched)
    kept = copy.deepcopy(first)
    spoil(first.result)
    np.random.seed(54321)
    second = try_call(function, arguments, keywords, stubs)
    return replace(kept, again=fingerprint_of(kept) == fingerprint_of(second))


def _keeping(function, asked):
    def kept(*arguments, **keywords):
        asked.append(copy.deepcopy(inspect.signature(function).bind(*arguments, **keywords).args))
        return function(*arguments, **keywords)

    return kept


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
