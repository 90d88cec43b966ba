"""A sentence before it is put into words: the code of its template, and what fills the slots."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from course_utils.messages.catalogue import has_sentence, template_of

MOST_NAMES = 4  # of a longer row only the first are named

# What a slot can hold: text that is the same in every language (names, code, numbers in digits),
# numbers, another message, or a row of such, which is shown as "W1, W2 and W3".
Value: TypeAlias = "str | int | float | Message | Verbatim | tuple[Value, ...]"


@dataclass(frozen=True)
class Message:
    """A whole sentence, or a clause that another one has a slot for.

    code: of the template in the catalogue
    values: (slot, value) in the order of their names
    count: where the template has a form for one thing and another for several: how many there are

    `str()` gives the words in the language in use.
    """

    code: str
    values: tuple[tuple[str, Value], ...] = ()
    count: int | None = None

    def __str__(self) -> str:
        slots = {name: _in_words(value) for name, value in self.values}
        return template_of(self.code, self.count).format(**slots)

    def as_data(self) -> dict[str, Any]:
        """The message as JSON can hold it: its code, and its values by slot."""
        return {"code": self.code} | {name: _as_data(value) for name, value in self.values}


@dataclass(frozen=True)
class Verbatim:
    """Text that is nobody's sentence: what a student wrote, printed or raised.

    It has the same methods as a `Message`, so that both can stand in a finding.
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def as_data(self) -> dict[str, Any]:
        return {"text": self.text}


Words: TypeAlias = Message | Verbatim  # what a student reads


def message(code: str, count: int | None = None, /, **values: Any) -> Message:
    """The message of a code. values: by slot; lists become tuples"""
    kept = ((name, _frozen(value)) for name, value in sorted(values.items()))
    return Message(code, tuple(kept), count)


def first_known(codes: Iterable[str], **values: Any) -> Message | None:
    """The message of the first of these codes that the catalogue has; None where it has none."""
    code = next(filter(has_sentence, codes), None)
    return None if code is None else message(code, **values)


def in_a_row(sentences: Iterable[Message | Verbatim]) -> str:
    """Whole sentences after one another, in words."""
    words = [f"{sentence}" for sentence in sentences]
    return functools.reduce(_after_one_another, words) if words else ""


def quantity(value: float, digits: int = 4) -> str:
    """A number in a few digits, for a slot."""
    return f"{value:.{digits}g}"


def _after_one_another(first: str, second: str) -> str:
    return template_of("row.sentences").format(first=first, second=second)


def _frozen(value: Any) -> Value:
    return tuple(map(_frozen, value)) if isinstance(value, list | tuple) else value


def _in_words(value: Value) -> Any:
    """A value as the template's format takes it: numbers stay numbers."""
    if isinstance(value, tuple):
        return _row([f"{_in_words(item)}" for item in value])
    return f"{value}" if isinstance(value, Message | Verbatim) else value


def _row(names: list[str]) -> str:
    """ "W1", "W1 and W2", "W1, W2 and W3"; of more than `MOST_NAMES`, how many are left out."""
    if len(names) > MOST_NAMES:
        rest = len(names) - MOST_NAMES + 1
        names = [*names[: MOST_NAMES - 1], template_of("row.rest").format(count=rest)]
    if len(names) < 2:
        return "".join(names)
    first = template_of("row.comma").join(names[:-1])
    return template_of("row.last").format(first=first, last=names[-1])


def _as_data(value: Value) -> Any:
    if isinstance(value, tuple):
        return [_as_data(item) for item in value]
    return value.as_data() if isinstance(value, Message | Verbatim) else value
