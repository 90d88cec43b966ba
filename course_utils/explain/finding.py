"""What went wrong with one function: facts and sentences for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict
from unicodedata import east_asian_width

from course_utils.explain.errors import SourceLine
from course_utils.explain.observation import Observation
from course_utils.messages import Message, Verbatim, Words, in_a_row, message
from course_utils.messages.exercise_messages import ExerciseMessages

KINDS = (
    "mistake",
    "todo",
    "undefined",
    "stopped",
    "error",
    "type",
    "keys",
    "length",
    "places",
    "shape",
    "dtype",
    "finite",
    "value",
    "nudge",
    "changed",
    "shared",
    "repeats",
    "message",
)


LABEL_COLUMNS = 9  # the width of a row's label in plain text


class StoredLine(TypedDict):
    """A `SourceLine` as it is stored."""

    number: int
    text: str


class StoredFinding(TypedDict):
    """A `Finding` in words, as it crosses to other processes and stands in files.

    The keys are those of feedback.json, and of notebooks that were graded earlier; these lack a
    code and a line.
    """

    kind: str
    tried: str
    expected: str
    got: str
    found: str
    question: str
    example: str
    idea: str
    title: str
    topic: str
    code: NotRequired[str]
    line: NotRequired[StoredLine | None]


@dataclass(frozen=True)
class Finding:
    """One finding, the same in the notebook, on the feedback page and in formgrader.

    kind: one of KINDS: "mistake" for a known one that explains everything, "todo" where there is
        no answer yet, else what was observed
    input_text: the call
    expected: the form of its result, with values only where they are public
    got: the actual result
    found: the mistake or the observation, in a sentence or two
    question: what leads on
    example: the second step, a worked example with small numbers
    line: of an error: the line of the student's own that it was raised on
    idea, title, topic: of a known mistake: its name in the catalogue, what instructors read of it,
        and what it is about
    parts: the parts of the result that it is about, where it is about parts
    relation: of a "value" finding: the relation that it tells, a key of `RELATIONS`
    located: of a "value" finding: whether it also says which parts or for which inputs
    set_code: its code, where that is not the one of the first sentence in `found`
    """

    kind: str
    input_text: Words
    expected: Words
    got: Words
    found: tuple[Words, ...]
    question: Words
    example: Words | None = None
    line: SourceLine | None = None
    idea: str = ""
    title: str = ""
    topic: str = ""
    parts: tuple[str, ...] = ()
    relation: str = ""
    located: bool = False
    set_code: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind

    @property
    def code(self) -> str:
        """What was found, whatever the language: a message's code, or "mistake" for a known one."""
        first = next(iter(self.found), None)
        return self.set_code or (first.code if isinstance(first, Message) else self.kind)

    @property
    def may_be_chance(self) -> bool:
        """Whether it claims more than that values differ: how, in which parts, for which inputs."""
        return self.kind == "value" and (self.relation != "plain" or self.located)

    @property
    def found_text(self) -> str:
        """The sentences of `found` in words."""
        return in_a_row(self.found)

    def rows(self, more: int = 0) -> list[tuple[str, str]]:
        """(label, text) of each row to be shown; more: how many findings wait behind this one."""
        line = self.line and message("finding.line", number=self.line.number, text=self.line.text)
        rows = (
            ("input", self.input_text),
            ("line", line),
            ("expected", self.expected),
            ("got", self.got),
            ("found", self.found_text),
            ("think", self.question),
            ("then", message("finding.more") if more else None),
        )
        texts = ((label, "" if text is None else f"{text}") for label, text in rows)
        return [(f"{message(f'finding.label.{label}')}", text) for label, text in texts if text]

    def as_text(self, function: str, more: int = 0) -> str:
        """Lines for a notebook. more: how many findings wait behind this one"""
        lines = [_indented(label, text) for label, text in self.rows(more)]
        return "\n".join([f"{message('finding.heading', function=function)}", *lines])

    def as_dict(self) -> StoredFinding:
        """What is stored of a finding: its words in the language in use, and its code."""
        line = self.line
        return {
            "kind": self.kind,
            "code": self.code,
            "tried": f"{self.input_text}",
            "line": {"number": line.number, "text": line.text} if line else None,
            "expected": f"{self.expected}",
            "got": f"{self.got}",
            "found": self.found_text,
            "question": f"{self.question}",
            "example": f"{self.example or ''}",
            "idea": self.idea,
            "title": self.title,
            "topic": self.topic,
        }

    @classmethod
    def from_dict(cls, stored: StoredFinding) -> Finding:
        """The finding of which `as_dict` made this, in words; older ones have no code and line."""
        line, example = stored.get("line"), stored["example"]
        return cls(
            kind=stored["kind"],
            input_text=Verbatim(stored["tried"]),
            expected=Verbatim(stored["expected"]),
            got=Verbatim(stored["got"]),
            found=(Verbatim(stored["found"]),),
            question=Verbatim(stored["question"]),
            example=Verbatim(example) if example else None,
            line=SourceLine(line["number"], line["text"]) if line else None,
            idea=stored["idea"],
            title=stored["title"],
            topic=stored["topic"],
            set_code=stored.get("code", ""),
        )


def finding_on(
    observation: Observation,
    kind: str,
    messages: ExerciseMessages,
    *,
    found: Iterable[Words],
    expected: Words,
    actual: Words,
    key: str = "",
) -> Finding:
    """A `Finding` on an observation. key: of its question and example, where it is not the kind"""
    return Finding(
        kind=kind,
        input_text=observation.input_text,
        expected=expected,
        got=actual,
        found=tuple(found),
        question=messages.question(key or kind),
        example=messages.example(key or kind),
    )


def _indented(label: str, text: str) -> str:
    first, *rest = text.split("\n")
    room = " " * (LABEL_COLUMNS - _columns(label))
    return "\n".join([f"  {label}{room} {first}", *(f"            {line}" for line in rest)])


def _columns(text: str) -> int:
    """How many columns of a screen a text takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
