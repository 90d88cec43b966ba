"""What went wrong with one function, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from course_utils.explain.observation import Observation
from course_utils.messages.check_messages import MORE_FINDINGS
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
    "shape",
    "dtype",
    "finite",
    "value",
    "nudge",
    "changed",
    "repeats",
    "message",
)

# By field, its key where findings are kept: in a graded notebook's metadata and in feedback.json.
STORED_KEYS = {"input_text": "tried"}
# What the engine knows of its own findings; it is not kept.
NOT_STORED = ("relation", "located")


@dataclass(frozen=True)
class Finding:
    """One finding, the same in the notebook, on the feedback page and in formgrader.

    kind: one of KINDS: "mistake" for a known one that explains everything, "todo" where there is
        no answer yet, else what was observed
    input_text: the call, in words
    expected: the form of its result, with values only where they are public
    got: the actual result
    found: the mistake or the observation, in a sentence or two
    question: what leads on
    example: the second step, a worked example with small numbers, or ""
    idea, title, topic: of a known mistake: its name in the catalogue, what instructors read of it,
        and what it is about
    relation: of a "value" finding: the relation that it tells, a key of `RELATIONS`
    located: of a "value" finding: whether it also says which parts or for which inputs
    """

    kind: str
    input_text: str
    expected: str
    got: str
    found: str
    question: str
    example: str = ""
    idea: str = ""
    title: str = ""
    topic: str = ""
    relation: str = ""
    located: bool = False

    def __post_init__(self) -> None:
        assert self.kind in KINDS, self.kind

    def rows(self, more: int = 0) -> list[tuple[str, str]]:
        """(label, text) of each row to be shown; more: how many findings wait behind this one."""
        rows = [
            ("input", self.input_text),
            ("expected", self.expected),
            ("got", self.got),
            ("found", self.found),
            ("think", self.question),
            ("then", MORE_FINDINGS if more else ""),
        ]
        return [(label, text) for label, text in rows if text]

    def as_text(self, function: str, more: int = 0) -> str:
        """Lines for a notebook. more: how many findings wait behind this one"""
        lines = [_indented(label, text) for label, text in self.rows(more)]
        return "\n".join([f"✗ {function}: not yet", *lines])

    def as_dict(self) -> dict[str, str]:
        """What is stored of a finding: see `STORED_KEYS` and `NOT_STORED`."""
        stored = [field.name for field in fields(self) if field.name not in NOT_STORED]
        return {STORED_KEYS.get(name, name): getattr(self, name) for name in stored}

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Finding:
        """The finding of which `as_dict` made this."""
        names = {key: name for name, key in STORED_KEYS.items()}
        return cls(**{names.get(key, key): value for key, value in stored.items()})


def finding_on(
    observation: Observation,
    kind: str,
    messages: ExerciseMessages,
    *,
    found: str,
    expected: str,
    actual: str,
    key: str = "",
) -> Finding:
    """A `Finding` on an observation. key: of its question and example, where it is not the kind"""
    return Finding(
        kind=kind,
        input_text=observation.input_text,
        expected=expected,
        got=actual,
        found=found,
        question=messages.question(key or kind),
        example=messages.example(key or kind),
    )


def _indented(label: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([f"  {label:<9} {first}", *(f"            {line}" for line in rest)])
