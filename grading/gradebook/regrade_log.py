"""Whose score changed, and why: earlier marks are kept in a file until the changes are reported.

The file holds lines of JSON, so that a run which was killed loses nothing: first the tests as they
were, then for each student the earlier marks. It is deleted once the changes have been reported.
"""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.gradebook.queries import Mark, Marks
from grading.notebook.cells import tested_function

FILE = "before.jsonl"
NEW_SUBMISSION, BY_HAND, GRADER = "new submission", "score by hand", "cases or grader changed"
MOST_CELLS = 3  # named one by one in the reason for a change; more are summed up by function
NO_MARK = Mark(0.0)


@dataclass(frozen=True)
class GradedCells:
    """The tests of an assignment at one time.

    points: what each is worth, by grade_id; texts: the hash of each test's text, by grade_id
    """

    points: dict[str, float]
    texts: dict[str, str]

    @classmethod
    def of(cls, points: dict[str, float], sources: dict[str, str]) -> "GradedCells":
        """From the points and the texts of the tests, both by grade_id."""
        hashes = {
            name: hashlib.sha256(sources.get(name, "").encode()).hexdigest() for name in points
        }
        return cls(points, hashes)


@dataclass(frozen=True)
class Change:
    """A score that has changed. why: the reasons as text, the largest difference first"""

    student: str
    before: float
    after: float
    why: str


@dataclass
class RegradeLog:
    """What the gradebook held before grading, kept in a file.

    tests: as they were; None while nothing is kept
    marks: by student, as they were
    resubmitted: students whose code is not the one that got those marks
    """

    path: Path
    tests: GradedCells | None = None
    marks: dict[str, Marks] = field(default_factory=dict)
    resubmitted: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, folder: Path) -> "RegradeLog":
        """What an earlier run or build kept and nobody reported yet; empty if there is nothing."""
        log = cls(folder / FILE)
        text = log.path.read_text(encoding="utf-8") if log.path.is_file() else ""
        for line in text.splitlines():
            log._load_line(line)
        if text and not text.endswith("\n"):  # a run was killed while it wrote
            with log.path.open("a", encoding="utf-8") as file:
                file.write("\n")
        return log

    def keep_tests(self, tests: GradedCells) -> None:
        """Keep the tests as they are, unless those of an earlier time are kept already."""
        if self.tests is None:
            self.tests = tests
            self._append_line({"points": tests.points, "texts": tests.texts})

    def keep_marks(self, student: str, marks: Marks, resubmitted: bool = False) -> None:
        """Keep a student's marks before they are overwritten; the first ones count."""
        if student not in self.marks:
            self.marks[student] = marks
            self._append_line({"student": student, "marks": marks})
        if resubmitted and student not in self.resubmitted:
            self.resubmitted.add(student)
            self._append_line({"resubmitted": student})

    def changes(self, tests: GradedCells, marks: dict[str, Marks]) -> list[Change]:
        """The scores that differ from the kept ones, by student.

        tests, marks: as they are now, the marks by student
        """
        changes = []
        for student, old in sorted(self.marks.items()):
            new = marks.get(student, {})
            before, after = _score(old), _score(new)
            if before != after:
                changes.append(Change(student, before, after, self._why(student, old, new, tests)))
        return changes

    def delete(self) -> None:
        """Delete the file: all changes have been reported."""
        self.path.unlink(missing_ok=True)

    def _why(self, student: str, old: Marks, new: Marks, now: GradedCells) -> str:
        """The reasons for a student's change, each with the cells that it holds for."""
        then = self.tests or now
        steps = {
            name: new.get(name, NO_MARK).score - old.get(name, NO_MARK).score for name in old | new
        }
        changed = [name for name in steps if steps[name]]
        by_reason: dict[str, dict[str, float]] = {}
        for name in sorted(changed, key=lambda name: (-abs(steps[name]), name)):
            by_hand = old.get(name, NO_MARK)[1:3] != new.get(name, NO_MARK)[1:3]
            reason = _reason(name, then, now, by_hand, student in self.resubmitted)
            by_reason.setdefault(reason, {})[name] = steps[name]
        return "; ".join(f"{reason}: {_format_steps(cells)}" for reason, cells in by_reason.items())

    def _load_line(self, line: str) -> None:
        try:
            kept: dict[str, Any] = json.loads(line)
        except ValueError:  # the last line of a run that was killed
            return
        if "points" in kept:
            self.tests = GradedCells(kept["points"], kept["texts"])
        elif "marks" in kept:
            marks = {name: Mark(*values) for name, values in kept["marks"].items()}
            self.marks[kept["student"]] = marks
        else:
            self.resubmitted.add(kept["resubmitted"])

    def _append_line(self, values: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(values) + "\n")


def _score(marks: Marks) -> float:
    """The sum of some marks, rounded so that the order of addition makes no difference."""
    return round(sum(mark.score for mark in marks.values()), 9)


def _reason(
    name: str, then: GradedCells, now: GradedCells, by_hand: bool, resubmitted: bool
) -> str:
    """Why one cell gives another score than before.

    by_hand: whether a person changed its score; resubmitted: whether the student changed the code
    """
    if name not in now.points:
        return "test gone"
    if name not in then.points:
        return "new test"
    if by_hand:
        return BY_HAND
    if then.points[name] != now.points[name]:
        return f"points {then.points[name]:g} to {now.points[name]:g}"
    if resubmitted:
        return NEW_SUBMISSION
    return "test changed" if then.texts[name] != now.texts[name] else GRADER


def _format_steps(steps: dict[str, float]) -> str:
    """A few cells with their difference in points by name; many cells by function."""
    if len(steps) > MOST_CELLS:
        sums: dict[str, float] = {}
        for name, step in steps.items():
            sums[tested_function(name)] = sums.get(tested_function(name), 0.0) + step
        steps = sums
    return ", ".join(f"{name} {step:+g}" for name, step in steps.items())
