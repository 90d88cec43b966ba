"""Do on the caller's side what a call did in the student process: errors, changes, random state."""

import builtins
import contextlib
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.explain import CallError, WatchedFunction
from grading.isolation.channel import Message, as_dictionary, as_list
from grading.isolation.outputs import MAX_ERROR_LENGTH, MAX_NAME_LENGTH, sound_output
from grading.isolation.serialization import BadMessage, pack, unpack
from grading.messages import message as sentence

MT19937_WORDS = 624


class NotAnAnswer(Exception):
    """What a function returned cannot be an answer to any exercise; the message names its type."""

    for_students = True


class NotGradable(NotAnAnswer):
    """The result is of a type that may not cross, which the visible check refuses too."""

    is_about_result = True


def apply_answer(
    answer: Message, arguments: tuple, keywords: dict[str, Any]
) -> tuple[Any, int, list[np.ndarray]]:
    """Do here what a call did over there: its prints, its changes of arguments, its error.

    The result, the number of the first array in it, and these arrays; NotAnAnswer where the answer
    holds no result that may cross.
    """
    for output in as_list(answer.get("printed")):
        clean = sound_output(output)
        if clean and clean["output_type"] == "stream":
            (sys.stderr if clean["name"] == "stderr" else sys.stdout).write(clean["text"])
    for key, change in as_dictionary(answer.get("changed")).items():
        _apply_change(arguments, keywords, key, change)
    return _result(answer)


def keep_watched_calls(answer: Message, stubs: dict[str, Callable]) -> None:
    """Keep the calls of watched stubs that were called over there; what is no call is left out."""
    for name, calls in as_dictionary(answer.get("watched")).items():
        if not isinstance(stub := stubs.get(name), WatchedFunction):
            continue
        for content in as_list(calls):
            # ValueError, TypeError: not the two parts, or not what the stub takes
            with contextlib.suppress(BadMessage, ValueError, TypeError):
                arguments, keywords = unpack(content)
                stub.keep(arguments, keywords)


def _result(answer: Message) -> tuple[Any, int, list[np.ndarray]]:
    if isinstance(kind := answer.get("unsendable"), str):
        raise NotGradable(sentence("returned.what", what=kind[:MAX_NAME_LENGTH]))
    if isinstance(error := answer.get("error"), list) and len(error) == 2:
        name, text = error
        remote = error_of_other_side(name, text)
        remote.call_error = CallError.from_data(answer.get("raised"))  # type: ignore[attr-defined]
        raise remote
    content, first = answer.get("value"), answer.get("first")
    if not isinstance(content, bytes) or type(first) is not int:
        raise NotAnAnswer(sentence("returned.nothing"))
    arrays: list[np.ndarray] = []
    try:
        return unpack(content, arrays, _shared(answer)), first, arrays
    except BadMessage as bad:
        raise NotAnAnswer(sentence("returned.what", what=str(bad))) from None


def _shared(answer: Message) -> dict[int, int]:
    """Which arrays of the result are an earlier one, by position; what is no pair is left out."""
    pairs = [pair for pair in as_list(answer.get("shared")) if isinstance(pair, list)]
    return {pair[0]: pair[1] for pair in pairs if list(map(type, pair)) == [int, int]}


def error_of_other_side(name: Any, message: Any) -> Exception:
    """An error to raise here for one that was raised over there.

    Its class has the same name and, where that is the name of a built-in error, is derived from it.
    """
    name = name if isinstance(name, str) and name.isidentifier() else "Exception"
    text = message[:MAX_ERROR_LENGTH] if isinstance(message, str) else ""
    base = getattr(builtins, name, None)
    base = base if isinstance(base, type) and issubclass(base, Exception) else Exception
    parts = {"__init__": lambda self: None, "__str__": lambda self: text}
    return type(name, (base,), parts)()


def _apply_change(arguments: tuple, keywords: dict[str, Any], key: Any, change: Any) -> None:
    """Do to an argument what the function did to its copy; NotAnAnswer where that cannot be.

    key: the argument's position, as text, or its keyword; change: what was sent of it
    """
    argument = keywords.get(key) if key in keywords else None
    if argument is None and str(key).isdecimal() and int(key) < len(arguments):
        argument = arguments[int(key)]
    content = change.get("value") if isinstance(change, dict) else None
    try:
        after = unpack(content) if isinstance(content, bytes) else None
    except BadMessage:
        after = None
    if argument is None or not _update_in_place(argument, after):
        raise NotAnAnswer(sentence("returned.input"))


def _update_in_place(before: Any, after: Any) -> bool:
    """Change a mutable value in place so that it equals another; False where that cannot be."""
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        if before.shape != after.shape or before.dtype != after.dtype:
            return False
        before[...] = after
        return True
    if isinstance(before, dict) and isinstance(after, dict):
        kept = {key: _merged(before.get(key), value) for key, value in after.items()}
        before.clear()
        before.update(kept)
        return True
    if isinstance(before, list) and isinstance(after, list):
        before[:] = [_merged(old, new) for old, new in zip(before, after)] + after[len(before) :]
        return True
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        return all(_is_or_becomes(old, new) for old, new in zip(before, after))
    return False


def _is_or_becomes(old: Any, new: Any) -> bool:
    return pack(old) == pack(new) or _update_in_place(old, new)


def _merged(old: Any, new: Any) -> Any:
    """The old object changed in place where that can be, else the new one."""
    return old if old is not None and _is_or_becomes(old, new) else new


def set_random_state(content: Any) -> bool:
    """Set numpy's legacy random state to the one sent; ignore what is no such state.

    Whether it was set.
    """
    with contextlib.suppress(BadMessage, ValueError, TypeError):
        state = unpack(content) if isinstance(content, bytes) else None
        if isinstance(state, tuple) and len(state) == 5 and _is_position(state[2]):
            np.random.set_state(state)
            return True
    return False


def _is_position(value: Any) -> bool:
    """Whether it lies in the generator's table; numpy would read past the end of it."""
    return type(value) is int and 0 <= value <= MT19937_WORDS
