"""What grading an assignment came to, and which mistakes were made how often."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from course_utils.explain import Finding
from grading.engine.job import Result
from grading.errors import printable
from grading.gradebook.regrade_log import Change

# How a mistake that the catalogue does not have is listed, by the kind of its finding
GENERIC_TITLES = {
    "todo": "not done yet",
    "undefined": "not defined",
    "stopped": "stopped",
    "error": "other: an error",
    "type": "other: wrong type",
    "keys": "other: wrong keys",
    "length": "other: wrong length",
    "places": "other: parts in another order",
    "shape": "other: wrong shape",
    "dtype": "other: wrong dtype",
    "finite": "other: NaN or infinity",
    "value": "other: wrong values",
    "changed": "other: inputs changed",
    "shared": "other: two names for one array",
    "repeats": "other: another result each time",
    "message": "other: wrong verdict printed",
    "nudge": "other: wrong entries moved",
}


@dataclass
class RunSummary:
    """What grading an assignment came to.

    attention: why a person must look at a submission, by student
    notes: what an instructor may want to know of a submission, by student
    ran, reused: submissions that were run, and those whose result was in the cache
    recorded: submissions whose result the gradebook did not have yet
    seconds: where the time went, by phase, of the submissions that were run
    mistakes: how many students made a mistake, by (function, mistake)
    changes: scores that have changed
    workers: what happened to the workers of a cluster
    """

    attention: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    ran: int = 0
    reused: int = 0
    recorded: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    mistakes: Counter[tuple[str, str]] = field(default_factory=Counter)
    changes: list[Change] = field(default_factory=list)
    workers: list[str] = field(default_factory=list)

    def add(self, student: str, result: Result, ran: bool) -> None:
        """Add one student's result. ran: whether the submission was run for it"""
        self.ran += ran
        self.reused += not ran
        if ran:
            self.add_seconds(result.seconds)
        if result.attention:
            self.attention[student] = printable(result.attention)
        self.add_notes(student, result.notes)
        self.mistakes.update(
            {
                (function, title_of(Finding.from_dict(finding)))
                for function, findings in result.findings.items()
                for finding in findings
            }
        )

    def add_notes(self, student: str, notes: Sequence[str]) -> None:
        """Add what an instructor may want to know of a student's submission."""
        if notes:
            self.notes.setdefault(student, []).extend(printable(note) for note in notes)

    def add_seconds(self, seconds: dict[str, float]) -> None:
        """Add the time that some work took, by phase."""
        for phase, spent in seconds.items():
            self.seconds[phase] = self.seconds.get(phase, 0.0) + spent


def title_of(finding: Finding) -> str:
    """The name of a mistake in a list of the class's mistakes."""
    return finding.title or GENERIC_TITLES[finding.kind]
