"""What goes into grading one submission, and what comes out. Both are plain values, so that either can travel."""

import hashlib
from dataclasses import asdict, dataclass, field
from typing import Any

from grading.isolation.channel import Message
from grading.isolation.limits import Limits


@dataclass(frozen=True)
class Job:
    """One submission and the assignment it answers.

    release, source: the assignment's notebooks; submission: the student's, as it came
    files: what lies beside it, by relative path
    notes: what reading the submission's folder found
    refusal: why it is not to be run nor even read, "" for a submission that is
    """

    name: str
    release: bytes
    source: bytes
    submission: bytes
    files: dict[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    sandboxed: bool = True
    run_demos: bool = False
    refusal: str = ""

    @property
    def assignment(self) -> bytes:
        """A hash of the assignment, whoever answers it."""
        return hashlib.sha256(self.release + b"\0" + self.source).digest()

    @property
    def seed(self) -> int:
        """Of this submission's own trial inputs. The source is in it, so that a student cannot work it out."""
        digest = hashlib.sha256(self.source + self.submission).digest()
        return int.from_bytes(digest[:4], "big")

    def to_message(self) -> Message:
        return asdict(self)

    @classmethod
    def from_message(cls, message: Message) -> "Job":
        return cls(
            **message | {"limits": Limits(**message["limits"]), "notes": tuple(message["notes"])}
        )


@dataclass(frozen=True)
class Result:
    """One graded submission.

    notebook: as nbgrader keeps it in autograded/, as text
    scores: points by grade_id, None where a person has to decide
    unanswered: grade_ids of the solution cells that were left as released
    notes: what an instructor may want to know; attention: why a person must look, "" when none must
    findings: why functions lost marks, by function, as `course_utils.explain.finding.Finding`s in plain values
    seconds: where the time went, by phase
    """

    notebook: str
    scores: dict[str, float | None]
    unanswered: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attention: str = ""
    findings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    def to_message(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> "Result":
        return cls(**message)
