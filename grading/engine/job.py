"""What goes into grading one submission, and what comes out of it.

Both are plain values that `encode` turns into bytes, so that they can cross to another process or
machine; `decode` checks every field's type.
"""

import hashlib
from dataclasses import dataclass, field
from typing import TypeVar

import msgpack
import msgspec

from course_utils.explain import StoredFinding
from grading.isolation.limits import Limits

Record = TypeVar("Record", "Job", "Result")


@dataclass(frozen=True)
class Job:
    """One submission and the assignment that it answers.

    release, source: the assignment's notebooks; submission: the student's, as it was handed in
    files: what lies beside it, by relative path
    modules: Python files that the instructor put beside the source notebook, by relative path
    notes: remarks from reading the submission's folder
    refusal: why the submission is neither read nor run; "" where it is
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
    modules: dict[str, bytes] = field(default_factory=dict)

    @property
    def assignment(self) -> bytes:
        """A hash of the assignment, the same for every submission."""
        modules = repr(sorted(self.modules.items())).encode(errors="replace")
        return hashlib.sha256(b"\0".join([self.release, self.source, modules])).digest()

    @property
    def seed(self) -> int:
        """Of this submission's own trial inputs.

        The source takes part, so that a student cannot work the seed out.
        """
        digest = hashlib.sha256(self.source + self.submission).digest()
        return int.from_bytes(digest[:4], "big")


@dataclass(frozen=True)
class Result:
    """One graded submission.

    notebook: as nbgrader keeps it in autograded/, as text
    scores: points by grade_id, None where a person has to decide
    unanswered: grade_ids of the solution cells that were left as released
    notes: remarks for the instructor
    attention: why a person must look at the submission; "" where none must
    findings: why functions lost marks, by function
    seconds: where the time went, by phase
    not_looked_at: functions for which there was no time left to find out why they lost marks
    """

    notebook: str
    scores: dict[str, float | None]
    unanswered: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    attention: str = ""
    findings: dict[str, list[StoredFinding]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    not_looked_at: list[str] = field(default_factory=list)


def encode(record: Job | Result) -> bytes:
    """The record as msgpack.

    Half of a surrogate pair becomes "?": it is legal in JSON and in the name of a file, but has no
    UTF-8. msgspec would refuse it, hence msgpack here.
    """
    return msgpack.packb(record, default=vars, unicode_errors="replace")


def decode(data: bytes, kind: type[Record]) -> Record:
    """What `encode` was given; `msgspec.ValidationError` where a field is of another type."""
    return _DECODERS[kind].decode(data)


# msgspec reads the types of fields when they are first asked for, and crashes where two threads ask
# at once. So they are read here, before there are threads.
_DECODERS: dict[type, msgspec.msgpack.Decoder] = {
    kind: msgspec.msgpack.Decoder(kind) for kind in (Job, Result)
}
