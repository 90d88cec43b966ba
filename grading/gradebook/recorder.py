"""Step 3 of a submission's way: results into autograded/ and the gradebook, as nbgrader's own steps would, in batches.

A result's files are written when it is recorded, its rows with the batch (grading/rows.py). So a run that ends in between
leaves whole files, and whole rows that are older: then `holds` says no, and the next run records it again.
"""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import Gradebook

from grading.course import Course
from grading.engine.job import Result
from grading.engine.result_cache import ResultCache, write_whole
from grading.errors import BadStudent
from grading.gradebook.queries import (
    read_marks,
    read_points,
    read_sources,
    read_timestamps,
    read_words,
)
from grading.gradebook.regrade_log import Change, GradedCells, RegradeLog
from grading.gradebook.upserts import Record, Rows
from grading.notebook.cells import answers

LONGEST_ID = 128  # of nbgrader's column


@dataclass(frozen=True)
class Graded:
    """One result on its way into the books. files: what else belongs into autograded/, by relative path.

    timestamp: naive, in UTC
    """

    student: str
    result: Result
    files: dict[str, bytes]
    timestamp: datetime | None


class GradebookRecorder:
    """The one writer of an assignment's grades."""

    def __init__(self, course: Course, name: str, gradebook: Gradebook):
        self._course, self._name = course, name
        self._db = gradebook.db()
        self._db.expire_on_commit = False  # nobody else writes what is read here once
        self._assignment: str = gradebook.find_assignment(name).id
        notebook = gradebook.find_notebook(name, name).id
        self._tests = GradedCells.of(
            read_points(self._db, notebook), read_sources(self._db, notebook)
        )
        self._rows = Rows(gradebook, name, course.config)
        self._marks = read_marks(self._db, self._assignment)
        self._words = read_words(self._db, self._assignment)
        self._timestamps = read_timestamps(self._db, self._assignment)
        self._before = RegradeLog.read(ResultCache(course.root, name).folder)
        self._recorded: dict[str, Record] = {}  # since the run began
        self._batch: dict[str, Record] = {}
        self._db.commit()  # so that nothing is held open in the database while the class runs

    @property
    def pending(self) -> int:
        """Submissions recorded since the last commit."""
        return len(self._batch)

    def holds(self, graded: Graded) -> bool:
        """Whether this very result is what autograded/ and the gradebook have, or will have with the next commit."""
        wanted, there = self._rows.of(graded.result, graded.timestamp), self._there(graded.student)
        if (wanted.scores, wanted.comments) != (there.scores, there.comments):
            return False
        if wanted.timestamp and wanted.timestamp != there.timestamp:
            return False
        path = self._course.autograded(graded.student, self._name)
        return path.is_file() and path.read_text(encoding="utf-8") == graded.result.notebook

    def record(self, graded: Graded) -> None:
        """Write one submission's files, and keep its rows for `commit`."""
        self._keep_before(graded)
        self._write_files(graded)
        record = self._rows.of(graded.result, graded.timestamp)
        self._batch[graded.student] = self._recorded[graded.student] = record

    def commit(self) -> None:
        """Write the rows of what was recorded, all or none; they stay pending when the database refuses them."""
        if self._batch:
            self._rows.write(self._batch)
        self._batch = {}

    def rollback(self) -> None:
        """Forget what is pending; `holds` knows nothing of it any more."""
        for student in self._batch:
            del self._recorded[student]
        self._batch = {}
        self._db.rollback()

    def changes(self) -> list[Change]:
        """Scores that are others than before, whose and why. Told once: what was before is forgotten."""
        if not self._before.marks:
            return []
        found = self._before.changes(self._tests, read_marks(self._db, self._assignment))
        self._before.done()
        return found

    def _there(self, student: str) -> Record:
        """What the gradebook has of a student."""
        if student in self._recorded:
            return self._recorded[student]
        scores = {name: mark.auto for name, mark in self._marks.get(student, {}).items()}
        return Record(scores, self._words.get(student, {}), self._timestamps.get(student))

    def _keep_before(self, graded: Graded) -> None:
        if marks := self._marks.get(graded.student):
            path = self._course.autograded(graded.student, self._name)
            old = answers(path.read_text(encoding="utf-8")) if path.is_file() else None
            self._before.start(self._tests)
            resubmitted = old is not None and old != answers(graded.result.notebook)
            self._before.keep(graded.student, marks, resubmitted)

    def _write_files(self, graded: Graded) -> None:
        path = self._course.autograded(graded.student, self._name)
        folder = path.parent
        folder.mkdir(parents=True, exist_ok=True)
        wanted = {folder / name: content for name, content in graded.files.items()}
        for old in [found for found in folder.rglob("*") if found not in wanted and found != path]:
            if not old.is_dir() or old.is_symlink():
                old.unlink()
        for target, content in wanted.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, content, lasting=False)
        write_whole(path, graded.result.notebook.encode(), lasting=False)


def check_id(student: str) -> None:
    """BadStudent where a folder's name cannot be a student's id in every gradebook."""
    try:
        student.encode()
    except UnicodeEncodeError:  # a name that came in another encoding
        raise BadStudent("it is not text in UTF-8") from None
    if len(student) > LONGEST_ID:
        raise BadStudent(f"it has {len(student)} characters, and nbgrader keeps {LONGEST_ID}")
