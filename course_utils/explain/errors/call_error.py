"""An error of a student's code as plain values, which can cross from one process to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from course_utils.messages import Message, Verbatim, first_known, message

LONGEST_TYPE, LONGEST_MESSAGE = 100, 300  # characters kept of an error
LONGEST_LINE, LONGEST_SLOT = 120, 80  # characters kept of a line of code, and of what fills a slot
MOST_ITEMS = 20  # kept of a list of names
OTHER = "other"  # the kind of an error of which nothing more is known

Slot: TypeAlias = str | int | tuple[str, ...]


@dataclass(frozen=True)
class SourceLine:
    """One line of the student's own. number: in its cell, from 1; text: without its indentation"""

    number: int
    text: str


@dataclass(frozen=True)
class CallError:
    """What was raised, and where.

    type, message: as Python shows them
    kind: which of the sentences "error.KIND.found" and "error.KIND.question" it is told in
    slots: what fills their slots: names, code, numbers; under "type" or "..._type" names of types
    line: the innermost line that is the student's own; None where there is none
    refused: the argument that the called function itself does not take, or ""
    helper: the function, neither Python's nor a module's, that the line calls, or ""
    """

    type: str
    message: str = ""
    kind: str = OTHER
    slots: Mapping[str, Slot] = field(default_factory=dict)
    line: SourceLine | None = None
    refused: str = ""
    helper: str = ""

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type

    @property
    def found(self) -> Message:
        """What was found."""
        return message(f"error.{self.kind}.found", **self._values())

    @property
    def question(self) -> Message:
        """What leads on."""
        return message(f"error.{self.kind}.question", **self._values())

    def as_data(self) -> dict[str, Any]:
        """The same as text, numbers, lists and dictionaries."""
        line = [self.line.number, self.line.text] if self.line else None
        return {
            "type": self.type,
            "message": self.message,
            "kind": self.kind,
            "slots": {key: _plain(value) for key, value in self.slots.items()},
            "line": line,
            "refused": self.refused,
            "helper": self.helper,
        }

    @classmethod
    def from_data(cls, data: Any) -> CallError:
        """The error of which `as_data` made this.

        The data may come from a stranger's process: whatever is not sound is left out.
        """
        data = data if isinstance(data, dict) else {}
        slots = data.get("slots")
        error = cls(
            type=_text(data.get("type"), LONGEST_TYPE) or "Exception",
            message=_text(data.get("message"), LONGEST_MESSAGE),
            kind=_text(data.get("kind"), LONGEST_SLOT),
            slots=_sound_slots(slots if isinstance(slots, dict) else {}),
            line=_sound_line(data.get("line")),
            refused=_text(data.get("refused"), LONGEST_SLOT),
            helper=_text(data.get("helper"), LONGEST_SLOT),
        )
        if error._can_be_told():
            return error
        return cls(error.type, error.message, line=error.line)

    def _values(self) -> dict[str, Any]:
        """The slots, with names of types in words."""
        return {
            name: _type_in_words(value) if name.endswith("type") else value
            for name, value in self.slots.items()
        }

    def _can_be_told(self) -> bool:
        """Whether there are sentences of this kind, whose slots are all filled."""
        try:
            return bool(f"{self.found} {self.question}")
        except (KeyError, ValueError, TypeError):
            return False


def shortened(text: str, length: int = LONGEST_SLOT) -> str:
    """A text in one line of at most so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _type_in_words(name: Slot) -> Message | Verbatim:
    """Such as "a list" for "list"; the name itself where the catalogue has no words for it."""
    return first_known([f"error.type.{name}"]) or Verbatim(f"{name}")


def _plain(value: Slot) -> str | int | list[str]:
    return list(value) if isinstance(value, tuple) else value


def _sound_slots(slots: dict[Any, Any]) -> dict[str, Slot]:
    sound: dict[str, Slot] = {}
    for name, value in list(slots.items())[:MOST_ITEMS]:
        if isinstance(name, str) and (isinstance(value, str) or type(value) is int):
            sound[name[:LONGEST_SLOT]] = value[:LONGEST_SLOT] if isinstance(value, str) else value
        elif isinstance(name, str) and isinstance(value, list):
            texts = [part[:LONGEST_SLOT] for part in value if isinstance(part, str)]
            sound[name[:LONGEST_SLOT]] = tuple(texts[:MOST_ITEMS])
    return sound


def _sound_line(line: Any) -> SourceLine | None:
    if not (isinstance(line, list) and len(line) == 2 and type(line[0]) is int and line[0] > 0):
        return None
    return SourceLine(line[0], _text(line[1], LONGEST_LINE))


def _text(value: Any, length: int) -> str:
    return value[:length] if isinstance(value, str) else ""
