"""Step 3 of a submission's way: one result into autograded/ and the gradebook, as nbgrader's own steps would.

The same rows as SaveAutoGrades and AssignLatePenalties write, but all rows of a submission in one transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import insert, select, update

from grading.changes import Before, Change, GradedCells
from grading.course import Course
from grading.engine.job import Result
from grading.gradebook import read_marks, read_points, read_sources
from grading.notebook import answers
from grading.store import Store, write_whole

ATTENTION = "Needs attention: "
NO_RESPONSE = "No response."


@dataclass(frozen=True)
class Graded:
    """One result on its way into the books. files: what else belongs into autograded/, by relative path."""

    student: str
    result: Result
    files: dict[str, bytes]
    timestamp: datetime | None


class Books:
    """The one writer of an assignment's grades."""

    def __init__(self, course: Course, name: str, gradebook: Gradebook):
        self._course, self._name = course, name
        self._gradebook = gradebook
        self._db = gradebook.db()
        self._db.expire_on_commit = False  # nobody else writes what is read here once
        self._assignment = gradebook.find_assignment(name)
        self._notebook: Notebook = gradebook.find_notebook(name, name)
        cells = self._notebook
        self._graded = {cell.id: cell.name for cell in (*cells.grade_cells, *cells.task_cells)}
        self._answered = {cell.id: cell.name for cell in (*cells.solution_cells, *cells.task_cells)}
        self._penalties = AssignLatePenalties(config=course.config)
        self._penalties.init_plugin()
        self._marks = read_marks(self._db, self._assignment.id)
        self._scores = {
            student: {name: mark.auto for name, mark in marks.items()}
            for student, marks in self._marks.items()
        }
        self._before = Before.read(Store(course.root, name).folder)
        self.pending = 0  # submissions recorded since the last commit

    def holds(self, graded: Graded) -> bool:
        """Whether this very result is what autograded/ and the gradebook have."""
        path = self._course.autograded(graded.student, self._name)
        if self._scores.get(graded.student) != graded.result.scores or not path.is_file():
            return False
        return path.read_text(encoding="utf-8") == graded.result.notebook

    def record(self, graded: Graded) -> None:
        """Write one submission's files and rows; the rows are there once `commit` returns."""
        self._keep_before(graded)
        self._write_files(graded)
        submission = self._submission(graded)
        notebook = next(part for part in submission.notebooks if part.notebook_id == self._notebook.id)
        self._write_grades(notebook, graded.result)
        self._write_comments(notebook, graded.result)
        self._write_penalty(submission, notebook, graded.student)
        self._scores[graded.student] = dict(graded.result.scores)
        self.pending += 1

    def commit(self) -> None:
        self._db.commit()
        self.pending = 0

    def rollback(self) -> None:
        self._db.rollback()

    def changes(self) -> list[Change]:
        """Scores that are others than before, whose and why. Told once: what was before is forgotten."""
        if not self._before.marks:
            return []
        found = self._before.changes(self._tests(), read_marks(self._db, self._assignment.id))
        self._before.done()
        return found

    def _keep_before(self, graded: Graded) -> None:
        if marks := self._marks.get(graded.student):
            path = self._course.autograded(graded.student, self._name)
            old = answers(path.read_text(encoding="utf-8")) if path.is_file() else None
            self._before.start(self._tests())
            resubmitted = old is not None and old != answers(graded.result.notebook)
            self._before.keep(graded.student, marks, resubmitted)

    def _tests(self) -> GradedCells:
        return GradedCells.of(
            read_points(self._db, self._notebook.id), read_sources(self._db, self._notebook.id)
        )

    # --- files

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

    # --- rows

    def _submission(self, graded: Graded) -> SubmittedAssignment:
        """The submission's row, made with all that belongs to it when it is new."""
        if self._db.get(Student, graded.student) is None:
            self._db.add(Student(id=graded.student))
        query = select(SubmittedAssignment).where(
            SubmittedAssignment.assignment_id == self._assignment.id,
            SubmittedAssignment.student_id == graded.student,
        )
        submission = self._db.execute(query).scalar_one_or_none() or self._new_submission(graded.student)
        if graded.timestamp:
            submission.timestamp = graded.timestamp
        return submission

    def _new_submission(self, student: str) -> SubmittedAssignment:
        submission = SubmittedAssignment(assignment_id=self._assignment.id, student_id=student)
        self._db.add(submission)
        self._db.flush()
        for notebook in self._assignment.notebooks:
            self._db.add(SubmittedNotebook(notebook_id=notebook.id, assignment_id=submission.id))
        self._db.flush()
        return submission

    def _write_grades(self, notebook: SubmittedNotebook, result: Result) -> None:
        query = select(Grade.cell_id, Grade.id, Grade.manual_score).where(Grade.notebook_id == notebook.id)
        there = {cell: (row, manual) for cell, row, manual in self._db.execute(query)}
        rows = []
        for cell, name in self._graded.items():
            row, manual = there.get(cell, (None, None))
            score = result.scores.get(name, 0.0)
            look = score is None or manual is not None or bool(result.attention)
            rows.append({"id": row, "cell_id": cell, "auto_score": score, "needs_manual_grade": look})
        self._write(Grade, notebook, rows)

    def _write_comments(self, notebook: SubmittedNotebook, result: Result) -> None:
        query = select(Comment.cell_id, Comment.id).where(Comment.notebook_id == notebook.id)
        there = {cell: row for cell, row in self._db.execute(query)}
        rows = []
        for cell, name in self._answered.items():
            words = NO_RESPONSE if name in result.unanswered else None
            words = ATTENTION + result.attention if result.attention else words
            rows.append({"id": there.get(cell), "cell_id": cell, "auto_comment": words})
        self._write(Comment, notebook, rows)

    def _write(
        self, table: type[Grade] | type[Comment], notebook: SubmittedNotebook, rows: list[dict]
    ) -> None:
        """Bring rows up to date that have an id, and make the others."""
        if old := [row for row in rows if row["id"]]:
            self._db.execute(update(table), old)
        if new := [row | {"id": new_uuid(), "notebook_id": notebook.id} for row in rows if not row["id"]]:
            self._db.execute(insert(table), new)

    def _write_penalty(
        self, submission: SubmittedAssignment, notebook: SubmittedNotebook, student: str
    ) -> None:
        """As nbgrader's AssignLatePenalties, by the plugin that the course has configured."""
        notebook.late_submission_penalty = None
        self._db.flush()
        late = submission.total_seconds_late
        if late > 0:
            self._db.refresh(notebook)  # its score is computed by the database
            penalty = self._penalties.plugin_inst.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = self._penalties._check_late_penalty(notebook, penalty)
