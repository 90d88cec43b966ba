"""A batch of results as rows of the gradebook.

The rows are those that nbgrader's SaveAutoGrades and AssignLatePenalties write.

A batch is one transaction of a few statements, however many submissions are in it: either all of it
is written or nothing. Rows that others add at the same time are left as they are (ON CONFLICT).
Every statement takes its rows in the order of the students' ids, so that two writers may wait for
each other, but never in a circle.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import func, or_, select, update
from traitlets.config import Config

from grading.engine.job import Result
from grading.gradebook.auto_comments import NO_RESPONSE, attention_comment
from grading.gradebook.late_penalties import LatePenalties
from grading.gradebook.queries import Mark


@dataclass(frozen=True)
class GradeRecord:
    """What the gradebook keeps of one result.

    scores: points by grade_id of the test cell, None where a person has to decide
    comments: by grade_id of the solution cell, only those that have a text
    timestamp: when the submission came in, naive in UTC; None where that is not known
    needs_review: whether a person must look at every test of it
    """

    scores: dict[str, float | None]
    comments: dict[str, str]
    timestamp: datetime | None = None
    needs_review: bool = False


def _insert_of(dialect: str) -> Any:
    """The database's own INSERT, which can say what to do where a row is there already."""
    return importlib.import_module(f"sqlalchemy.dialects.{dialect}").insert


class BatchWriter:
    """Writes the rows of one assignment."""

    def __init__(self, gradebook: Gradebook, name: str, config: Config):
        self._db = gradebook.db()
        self._insert = _insert_of(gradebook.engine.dialect.name)
        self._assignment = gradebook.find_assignment(name)
        notebook = gradebook.find_notebook(name, name)
        self._notebook: str = notebook.id
        ids = {row.id for row in self._assignment.notebooks}
        self._other_notebooks = sorted(ids - {notebook.id})
        self._tests = {cell.name: cell.id for cell in (*notebook.grade_cells, *notebook.task_cells)}
        self._solutions = {
            cell.name: cell.id for cell in (*notebook.solution_cells, *notebook.task_cells)
        }
        self.penalties = LatePenalties(self._assignment.duedate, config)

    def record_of(self, result: Result, timestamp: datetime | None) -> GradeRecord:
        """What the gradebook keeps of a result: plain numbers, and text that any database takes."""
        scores = {name: result.scores.get(name, 0.0) for name in self._tests}
        comments = {name: NO_RESPONSE for name in self._solutions if name in result.unanswered}
        if result.attention:
            comment = attention_comment(storable_text(result.attention))
            comments = dict.fromkeys(self._solutions, comment)
        plain = {name: None if score is None else float(score) for name, score in scores.items()}
        return GradeRecord(plain, comments, timestamp, needs_review=bool(result.attention))

    def write(
        self, batch: Mapping[str, GradeRecord], penalties: Mapping[str, float | None]
    ) -> None:
        """Write what is new of some students, all or none.

        batch: the records, by student
        penalties: of students whose record is there, and of whom only the penalty is another one
        """
        try:
            if batch:
                self._write_records(batch)
            if penalties:
                self._correct_penalties(penalties)
            self._db.commit()
        except BaseException:
            self._db.rollback()
            raise

    def _write_records(self, batch: Mapping[str, GradeRecord]) -> None:
        ordered = {student: batch[student] for student in sorted(batch)}
        students = [{"id": student} for student in ordered]
        self._db.execute(self._insert(Student.__table__).on_conflict_do_nothing(), students)
        submissions = self._write_submissions(ordered)
        notebooks = self._write_notebooks(submissions)
        scores = self._write_grades(ordered, notebooks)
        self._write_comments(ordered, notebooks)
        self._write_penalties(submissions, notebooks, scores)

    def _write_submissions(self, batch: Mapping[str, GradeRecord]) -> dict[str, Any]:
        """Write the submissions; returns their rows (id, timestamp, extension), by student."""
        table = SubmittedAssignment.__table__
        new = self._insert(table)
        rows = [
            {
                "id": new_uuid(),
                "assignment_id": self._assignment.id,
                "student_id": student,
                "timestamp": record.timestamp,
            }
            for student, record in batch.items()
        ]
        # A submission that came without a timestamp keeps the one of an earlier submission.
        timestamp = func.coalesce(new.excluded.timestamp, table.c.timestamp)
        upsert = new.on_conflict_do_update(
            index_elements=("assignment_id", "student_id"), set_={"timestamp": timestamp}
        )
        columns = table.c.student_id, table.c.id, table.c.timestamp, table.c.extension
        written = {row.student_id: row for row in self._upsert(upsert, rows, *columns)}
        return {student: written[student] for student in batch}

    def _write_notebooks(self, submissions: dict[str, Any]) -> dict[str, str]:
        """Write the submitted notebooks, with no penalty yet.

        Returns the ids of the rows of the assignment's own notebook, by student.
        """
        table = SubmittedNotebook.__table__
        new = self._insert(table)
        rows = {
            notebook: [
                {"id": new_uuid(), "notebook_id": notebook, "assignment_id": submission.id}
                for submission in submissions.values()
            ]
            for notebook in (self._notebook, *self._other_notebooks)
        }
        for notebook in self._other_notebooks:
            self._db.execute(new.on_conflict_do_nothing(), rows[notebook])
        upsert = new.on_conflict_do_update(
            index_elements=("notebook_id", "assignment_id"), set_={"late_submission_penalty": None}
        )
        written = self._upsert(upsert, rows[self._notebook], table.c.assignment_id, table.c.id)
        ids = {submission: row for submission, row in written}
        return {student: ids[submission.id] for student, submission in submissions.items()}

    def _write_grades(
        self, batch: Mapping[str, GradeRecord], notebooks: dict[str, str]
    ) -> dict[str, float]:
        """Write the scores; returns the sums of points, by id of the submitted notebook.

        A score by hand stays, and its cell is marked for review.
        """
        table = Grade.__table__
        new = self._insert(table)
        rows = [
            {
                "id": new_uuid(),
                "cell_id": self._tests[name],
                "notebook_id": notebook,
                "auto_score": score,
                "needs_manual_grade": score is None or batch[student].needs_review,
            }
            for student, notebook in notebooks.items()
            for name, score in batch[student].scores.items()
        ]
        needs_review = or_(new.excluded.needs_manual_grade, table.c.manual_score.is_not(None))
        upsert = new.on_conflict_do_update(
            index_elements=("cell_id", "notebook_id"),
            set_={"auto_score": new.excluded.auto_score, "needs_manual_grade": needs_review},
        )
        points = table.c.auto_score, table.c.manual_score, table.c.extra_credit
        scores = dict.fromkeys(notebooks.values(), 0.0)
        for notebook, *values in self._upsert(upsert, rows, table.c.notebook_id, *points):
            scores[notebook] += Mark(*values).score
        return scores

    def _write_comments(self, batch: Mapping[str, GradeRecord], notebooks: dict[str, str]) -> None:
        table = Comment.__table__
        new = self._insert(table)
        rows = [
            {
                "id": new_uuid(),
                "cell_id": cell,
                "notebook_id": notebook,
                "auto_comment": batch[student].comments.get(name),
            }
            for student, notebook in notebooks.items()
            for name, cell in self._solutions.items()
        ]
        upsert = new.on_conflict_do_update(
            index_elements=("cell_id", "notebook_id"),
            set_={"auto_comment": new.excluded.auto_comment},
        )
        self._upsert(upsert, rows, table.c.id)

    def _upsert(self, upsert: Any, rows: list[dict[str, Any]], *columns: Any) -> list[Any]:
        """Insert rows or update those that are there; returns some columns of all of them.

        All rows go in one statement, so that nothing has to be read back by another.
        """
        return list(self._db.execute(upsert.returning(*columns), rows)) if rows else []

    def _write_penalties(
        self, submissions: dict[str, Any], notebooks: dict[str, str], scores: dict[str, float]
    ) -> None:
        """Write the penalties that are due; `_write_notebooks` has removed all earlier ones."""
        rows = []
        for student, row in submissions.items():
            notebook = notebooks[student]
            penalty = self.penalties.penalty(
                student, scores[notebook], row.timestamp, row.extension
            )
            if penalty is not None:
                rows.append({"id": notebook, "late_submission_penalty": penalty})
        if rows:
            self._db.execute(update(SubmittedNotebook), rows)

    def _correct_penalties(self, penalties: Mapping[str, float | None]) -> None:
        """Replace the penalties of some students, whose rows are there. penalties: by student"""
        query = (
            select(SubmittedAssignment.student_id, SubmittedNotebook.id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .where(
                SubmittedNotebook.notebook_id == self._notebook,
                SubmittedAssignment.student_id.in_(list(penalties)),
            )
            .order_by(SubmittedAssignment.student_id)
        )
        rows = [
            {"id": notebook, "late_submission_penalty": penalties[student]}
            for student, notebook in self._db.execute(query)
        ]
        self._db.execute(update(SubmittedNotebook), rows)


def storable_text(text: str) -> str:
    """Text without what some database refuses: the character 0, and halves of surrogate pairs."""
    return text.replace("\0", "\ufffd").encode(errors="replace").decode()
