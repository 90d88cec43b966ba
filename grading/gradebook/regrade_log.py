"""Whose score changed, and why: what was in the gradebook before is kept in a file until it has been told.

The file holds lines of JSON, so that a run which was killed loses nothing: first the tests as they were, then for each
student the marks before. It goes when the changes have been told.
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


@dataclass(frozen=True)
class GradedCells:
    """The tests at one time. points, texts: by grade_id; of the text a hash is kept"""

    points: dict[str, float]
    texts: dict[str, str]

    @classmethod
    def of(cls, points: dict[str, float], sources: dict[str, str]) -> "GradedCells":
        digests = {
            name: hashlib.sha256(sources.get(name, "").encode()).hexdigest() for name in points
        }
        return cls(points, digests)


@dataclass(frozen=True)
class Change:
    """A score that is another one now. why: in words, the largest difference first"""

    student: str
    before: float
    after: float
    why: str


@dataclass
class RegradeLog:
    """What the gradebook held. resubmitted: students whose text is another one now"""

    path: Path
    tests: GradedCells | None = None
    marks: dict[str, Marks] = field(default_factory=dict)
    resubmitted: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, folder: Path) -> "RegradeLog":
        """What an earlier run or build left to be told; nothing where it left nothing."""
        before = cls(folder / FILE)
        text = before.path.read_text(encoding="utf-8") if before.path.is_file() else ""
        for line in text.splitlines():
            before._take(line)
        if text and not text.endswith("\n"):  # a run was killed while it wrote
            with before.path.open("a", encoding="utf-8") as file:
                file.write("\n")
        return before

    def start(self, tests: GradedCells) -> None:
        """Note the tests as they are, unless those of an earlier time are there."""
        if self.tests is None:
            self.tests = tests
            self._write({"points": tests.points, "texts": tests.texts})

    def keep(self, student: str, marks: Marks, resubmitted: bool = False) -> None:
        """Note a student's marks before they are written over; the first ones count."""
        if student not in self.marks:
            self.marks[student] = marks
            self._write({"student": student, "marks": marks})
        if resubmitted and student not in self.resubmitted:
            self.resubmitted.add(student)
            self._write({"resubmitted": student})

    def changes(self, now: GradedCells, after: dict[str, Marks]) -> list[Change]:
        """The scores that are others now, by student."""
        found = []
        for student, marks in sorted(self.marks.items()):
            one, two = _score(marks), _score(after.get(student, {}))
            if one != two:
                why = self._why(student, marks, after.get(student, {}), now)
                found.append(Change(student, one, two, why))
        return found

    def done(self) -> None:
        """Everything has been told."""
        self.path.unlink(missing_ok=True)

    def _why(self, student: str, old: Marks, new: Marks, now: GradedCells) -> str:
        then, none = self.tests or now, Mark(0.0)
        steps = {name: new.get(name, none).score - old.get(name, none).score for name in old | new}
        moved = sorted(
            (name for name in steps if steps[name]), key=lambda name: (-abs(steps[name]), name)
        )
        reasons: dict[str, list[str]] = {}
        for name in moved:
            reason = _reason(name, then, now, old, new, student in self.resubmitted)
            reasons.setdefault(reason, []).append(f"{name} {steps[name]:+g}")
        return "; ".join(f"{reason}: {_some(cells)}" for reason, cells in reasons.items())

    def _take(self, line: str) -> None:
        try:
            entry: dict[str, Any] = json.loads(line)
        except ValueError:  # the last line of a run that was killed
            return
        if "points" in entry:
            self.tests = GradedCells(entry["points"], entry["texts"])
        elif "marks" in entry:
            self.marks[entry["student"]] = {
                name: Mark(*mark) for name, mark in entry["marks"].items()
            }
        else:
            self.resubmitted.add(entry["resubmitted"])

    def _write(self, entry: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


def _score(marks: Marks) -> float:
    return round(sum(mark.score for mark in marks.values()), 9)


def _reason(
    name: str, then: GradedCells, now: GradedCells, old: Marks, new: Marks, resubmitted: bool
) -> str:
    """Why one cell gives another score than before."""
    if name not in now.points:
        return "test gone"
    if name not in then.points:
        return "new test"
    if old.get(name, Mark(0.0))[1:3] != new.get(name, Mark(0.0))[1:3]:
        return BY_HAND
    if then.points[name] != now.points[name]:
        return f"points {then.points[name]:g} to {now.points[name]:g}"
    if resubmitted:
        return NEW_SUBMISSION
    return "test changed" if then.texts[name] != now.texts[name] else GRADER


def _some(cells: list[str], most: int = 3) -> str:
    """A few cells by name; many by function."""
    if len(cells) <= most:
        return ", ".join(cells)
    sums: dict[str, float] = {}
    for cell in cells:
        name, _, step = cell.rpartition(" ")
        sums[tested_function(name)] = sums.get(tested_function(name), 0.0) + float(step)
    return ", ".join(f"{function} {step:+g}" for function, step in sums.items())
