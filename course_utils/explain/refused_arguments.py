"""Arguments that a function does not take, though the exercise has them.

The call raises a TypeError that says nothing of the rest; it is made again without them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from course_utils.explain.inputs import Signature

if TYPE_CHECKING:
    from course_utils.explain.call import Call


def without_refused(
    first: Call,
    attempt: Callable[[list[Any], Mapping[str, Any]], Call],
    arguments: list[Any],
    keywords: Mapping[str, Any],
    signature: Signature,
) -> Call:
    """The call without the arguments that the function refuses; `first` where there are none.

    A result without an argument that decides it tells nothing: `first` then, too.
    """
    call, kept = first, dict(keywords)
    refused: dict[str, Any] = {}
    while name := _refused_argument(call, len(arguments), kept, signature):
        if name in kept:
            refused[name] = kept.pop(name)
        else:
            *arguments, refused[name] = arguments
        call = attempt(arguments, kept)
    if not refused:
        return first
    is_decisive = any(
        not isinstance(value, bool) and value != signature.defaults.get(name)
        for name, value in refused.items()
    )
    told = first if is_decisive and not call.error else call
    return replace(told, refused=tuple(refused), refusal=first.raised)


def _refused_argument(
    call: Call, positional: int, keywords: Mapping[str, Any], signature: Signature
) -> str:
    """The name of an argument that the call was refused for, where it may be left out, or ""."""
    if call.raised is None:
        return ""
    if call.raised.refused in keywords:
        return call.raised.refused
    last = signature.argument_names[positional - 1 : positional]
    is_optional = bool(last) and last[0] in signature.defaults
    return last[0] if call.raised.kind == "signature-many" and is_optional else ""
