"""Call a student's function and keep all that came of it."""

import contextlib
import copy
import io
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.explain.compare import first_difference
from course_utils.explain.errors import CallError, read_error
from course_utils.explain.fingerprint import fingerprint_of
from course_utils.explain.inputs import Signature
from course_utils.explain.plain_values import plain_result
from course_utils.explain.refused_arguments import without_refused
from course_utils.explain.stubs import WatchedFunction, using_stubs
from course_utils.explain.verdicts import verdict
from course_utils.messages import DEFAULT_LANGUAGE, Message, in_language

# np.random.seed before a call whose outcome is compared with that of another function: so a
# function that sets no seed of its own can be recognised by its numbers.
CALL_SEED = 2024
SECOND_CALL_SEED = 54321  # another random state: what should not depend on it must stay the same

NO_SIGNATURE = Signature()

Arguments = list[Any]
Stubs = Mapping[str, Callable]


@dataclass(frozen=True)
class Call:
    """The outcome of one call.

    error: what it raised, as "TypeError: ...", or ""; in English, since calls are compared by it
    said: the error's message, where that was written for students
    raised: the same as a value, with its line; None where Python raised nothing of its own
    refused: the arguments that the function does not take, and without which it was called
    refusal: what it raised with them
    todo: whether the error is that of an exercise not yet begun
    stopped: whether it did not end by itself, or ended the process it ran in
    not_gradable: whether the error is about the type of what it returned
    changed: (position, part) of the first argument that it wrote to, or None
    verdict: of a gradient check, as printed: "right", "wrong" or ""
    repeatable: whether a second call gave the same; True where there was none
    shared: (part, earlier part) of the result that are one array, where each must be its own
    arguments_after: the arguments as the call left them, where it changed them
    watched_calls: the arguments of each call of the watched stub; None where none was watched
    """

    result: Any = None
    error: str = ""
    said: Message | None = None
    raised: CallError | None = None
    refused: tuple[str, ...] = ()
    refusal: CallError | None = None
    todo: bool = False
    stopped: bool = False
    changed: tuple[int, str] | None = None
    shared: tuple[str, str] | None = None
    verdict: str = ""
    printed: str = ""
    repeatable: bool = True
    arguments_after: Arguments | None = None
    watched_calls: list[tuple] | None = None
    not_gradable: bool = False

    def apart(self) -> "Call":
        """A copy that the function, which may hold on to its result, does not change later.

        The watched calls are copies already, and many.
        """
        held = copy.deepcopy((self.result, self.arguments_after))
        return replace(self, result=held[0], arguments_after=held[1])


def try_call(
    function: Callable,
    arguments: Arguments,
    keywords: Mapping[str, Any] | None = None,
    stubs: Stubs | None = None,
    watched_stub: str = "",
    signature: Signature = NO_SIGNATURE,
) -> Call:
    """Call the function; return the `Call`, whatever happens.

    A result that cannot be graded is an error, here as in the grader. An argument that may be left
    out, and that the function does not take, is left out, so that the rest can be looked at.

    stubs: by name, right versions of functions that it calls
    watched_stub: the name of one of them, whose arguments are kept
    signature: of the exercise
    """

    def attempt(arguments: Arguments, keywords: Mapping[str, Any]) -> Call:
        return _try_once(function, arguments, keywords, dict(stubs or {}), watched_stub)

    first = attempt(arguments, keywords or {})
    return without_refused(first, attempt, arguments, keywords or {}, signature)


def _try_once(
    function: Callable,
    arguments: Arguments,
    keywords: Mapping[str, Any],
    stubs: dict[str, Callable],
    watched_stub: str,
) -> Call:
    """As `try_call`, with the arguments as they are."""
    watched_calls: list[tuple] | None = None
    if watched_stub:
        watched = WatchedFunction(stubs[watched_stub], watched_stub)
        stubs[watched_stub], watched_calls = watched, watched.calls
    before = pickle.dumps(arguments)
    try:
        result, printed = _captured(function, arguments, keywords, stubs)
        result = plain_result(result)
    except NotImplementedError:
        return Call(todo=True, error="NotImplementedError")
    except Exception as error:
        return Call(
            error=_describe_error(error),
            said=_said_for_students(error),
            raised=_raised(error, function),
            stopped=getattr(error, "stopped", False),
            not_gradable=getattr(error, "is_about_result", False),
        )
    changed = _first_changed(arguments, before)
    return Call(
        result=result,
        changed=changed,
        verdict=verdict(printed),
        printed=printed,
        arguments_after=arguments if changed else None,
        watched_calls=watched_calls,
    )


def try_twice(
    function: Callable,
    arguments: Arguments,
    keywords: Mapping[str, Any] | None = None,
    stubs: Stubs | None = None,
    watched_stub: str = "",
    signature: Signature = NO_SIGNATURE,
) -> Call:
    """As `try_call`, with `repeatable` filled in by a second call.

    What the first call returned is overwritten before the second one, and the random state is
    another: a function that hands out its own arrays, or sets no seed, is noticed.
    """
    copied = copy.deepcopy(arguments)
    first = try_call(function, copied, keywords, stubs, watched_stub, signature)
    kept = first.apart()
    overwrite_arrays(first.result)
    np.random.seed(SECOND_CALL_SEED)
    second = try_call(function, arguments, keywords, stubs, signature=signature)
    return replace(kept, repeatable=fingerprint_of(kept) == fingerprint_of(second))


def overwrite_arrays(value: Any) -> None:
    """Fill every array of floats in a result, or in its values, with NaN."""
    if isinstance(value, np.ndarray) and value.flags.writeable and value.dtype.kind == "f":
        value[...] = np.nan
    elif isinstance(value, dict):
        for part in value.values():
            overwrite_arrays(part)


def _captured(
    function: Callable, arguments: Arguments, keywords: Mapping[str, Any], stubs: Stubs
) -> tuple[Any, str]:
    """What the function returns and what it prints."""
    printed = io.StringIO()
    capture = contextlib.redirect_stdout(printed)
    with using_stubs(function, stubs), capture, np.errstate(all="ignore"):
        result = function(*arguments, **keywords)
    return result, printed.getvalue()


def _describe_error(error: Exception) -> str:
    """The error by type and text; one that was written for students, by its text alone."""
    if getattr(error, "for_students", False):
        with in_language(DEFAULT_LANGUAGE):
            return f"{error}"
    return f"{type(error).__name__}: {error}"


def _said_for_students(error: Exception) -> Message | None:
    said = error.args[0] if getattr(error, "for_students", False) and error.args else None
    return said if isinstance(said, Message) else None


def _raised(error: Exception, function: Callable) -> CallError | None:
    """The error as a value; None for one that was written for students.

    One that was raised in another process brings its value along.
    """
    if getattr(error, "for_students", False):
        return None
    known = getattr(error, "call_error", None)
    return known if isinstance(known, CallError) else read_error(error, function)


def _first_changed(arguments: Arguments, before: bytes) -> tuple[int, str] | None:
    """(position, part) of the first argument that is not what it was; before: them, pickled."""
    if pickle.dumps(arguments) == before:
        return None
    for position, (now, then) in enumerate(zip(arguments, pickle.loads(before))):
        if difference := first_difference(now, then):
            return position, difference.where
    return None
