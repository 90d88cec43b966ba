"""What grading an assignment came to, and which mistakes were made how often."""

from collections import Counter
from dataclasses import dataclass, field

from course_utils.explain.finding import Finding
from grading.gradebook.regrade_log import Change
from grading.notebook.findings import Findings

SEEN = {  # what is said of a mistake that the catalogue does not have, by kind of finding
    "todo": "not done yet", "undefined": "not defined", "stopped": "stopped", "error": "other: an error",
    "type": "other: wrong type", "keys": "other: wrong keys", "length": "other: wrong length",
    "shape": "other: wrong shape", "dtype": "other: wrong dtype", "finite": "other: NaN or infinity",
    "value": "other: wrong values", "changed": "other: inputs changed", "repeats": "other: another result each time",
    "message": "other: wrong verdict printed", "nudge": "other: wrong entries moved",
}  # fmt: skip


@dataclass
class RunSummary:
    """What grading an assignment came to, by student: what a person must look at, and what may be worth knowing."""

    attention: dict[str, str] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    ran: int = 0
    stored: int = 0
    recorded: int = 0
    seconds: dict[str, float] = field(
        default_factory=dict
    )  # by phase, of the submissions that were run
    mistakes: Counter[tuple[str, str]] = field(
        default_factory=Counter
    )  # (function, mistake) -> students who made it
    changes: list[Change] = field(default_factory=list)  # scores that are others than before
    workers: list[str] = field(default_factory=list)  # what happened to the workers of a cluster

    def count(self, findings: Findings) -> None:
        """Add one student's findings, each once."""
        self.mistakes.update(
            {(name, mistake_of(finding)) for name, found in findings.items() for finding in found}
        )

    def spend(self, seconds: dict[str, float]) -> None:
        for phase, spent in seconds.items():
            self.seconds[phase] = self.seconds.get(phase, 0.0) + spent


def mistake_of(finding: Finding) -> str:
    """What is said of a finding in a list of the class's mistakes."""
    return finding.title or SEEN[finding.kind]
