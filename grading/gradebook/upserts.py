"""A batch of results as rows of the gradebook: the rows that nbgrader's SaveAutoGrades and AssignLatePenalties write.

A batch is one transaction of a few statements, however many submissions are in it: all of it is there, or nothing. What
others add at the same time is left as it is (ON CONFLICT). Every statement takes its rows in the order of the students'
ids, so that two writers wait for each other and never in a circle.
"""

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
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from traitlets.config import Config

from grading.engine.job import Result
from grading.gradebook.auto_comments import NO_RESPONSE, attention_comment
from grading.gradebook.queries import Mark, lateness

INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@dataclass(frozen=True)
class Record:
    """What the gradebook keeps of a result. scores, comments: by grade_id; comments: those that say something

    timestamp: when it came in, naive in UTC; look: whether a person is to look at all of it
    """

    scores: dict[str, float | None]
    comments: dict[str, str]
    timestamp: datetime | None = None
    look: bool = False


class Rows:
    """The rows of one assignment."""

    def __init__(self, gradebook: Gradebook, name: str, config: Config):
        self._db = gradebook.db()
        self._insert: Any = INSERT[gradebook.engine.dialect.name]
        self._assignment = gradebook.find_assignment(name)
        notebook = gradebook.find_notebook(name, name)
        self._notebook: str = notebook.id
        self._others = sorted({one.id for one in self._assignment.notebooks} - {notebook.id})
        self._tests = {cell.name: cell.id for cell in (*notebook.grade_cells, *notebook.task_cells)}
        self._answers = {
            cell.name: cell.id for cell in (*notebook.solution_cells, *notebook.task_cells)
        }
        self._penalties = AssignLatePenalties(config=config)
        self._penalties.init_plugin()

    def of(self, result: Result, timestamp: datetime | None) -> Record:
        """What becomes of a result. Numbers are plain ones, and text is text that any database takes."""
        scores = {name: result.scores.get(name, 0.0) for name in self._tests}
        words = {name: NO_RESPONSE for name in self._answers if name in result.unanswered}
        if result.attention:
            words = dict.fromkeys(self._answers, attention_comment(clean(result.attention)))
        plain = {name: None if score is None else float(score) for name, score in scores.items()}
        return Record(plain, words, timestamp, bool(result.attention))

    def write(self, batch: Mapping[str, Record]) -> None:
        """Write the records of some students, all or none."""
        students = [{"id": student} for student in sorted(batch)]
        try:
            self._db.execute(self._insert(Student.__table__).on_conflict_do_nothing(), students)
            submissions = self._write_submissions({one["id"]: batch[one["id"]] for one in students})
            notebooks = self._write_notebooks(submissions)
            scores = self._write_grades(batch, notebooks)
            self._write_comments(batch, notebooks)
            self._write_penalties(submissions, notebooks, scores)
            self._db.commit()
        except BaseException:
            self._db.rollback()
            raise

    def _write_submissions(self, batch: Mapping[str, Record]) -> dict[str, Any]:
        """The rows of the submissions with (id, timestamp, extension), by student."""
        table = SubmittedAssignment.__table__
        new = self._insert(table)
        stamp = func.coalesce(
            new.excluded.timestamp, table.c.timestamp
        )  # none came: the old one stays
        rows = [{"id": new_uuid(), "assignment_id": self._assignment.id, "student_id": student,
                 "timestamp": record.timestamp} for student, record in batch.items()]  # fmt: skip
        upsert = new.on_conflict_do_update(
            index_elements=("assignment_id", "student_id"), set_={"timestamp": stamp}
        )
        columns = table.c.student_id, table.c.id, table.c.timestamp, table.c.extension
        found = {row.student_id: row for row in self._written(upsert, rows, *columns)}
        return {student: found[student] for student in batch}

    def _write_notebooks(self, submissions: dict[str, Any]) -> dict[str, str]:
        """The ids of the rows of the assignment's notebook, by student; none of them fined for lateness."""
        table = SubmittedNotebook.__table__
        new = self._insert(table)
        rows = {notebook: [{"id": new_uuid(), "notebook_id": notebook, "assignment_id": submission.id}
                for submission in submissions.values()] for notebook in (self._notebook, *self._others)}  # fmt: skip
        for other in self._others:
            self._db.execute(new.on_conflict_do_nothing(), rows[other])
        upsert = new.on_conflict_do_update(
            index_elements=("notebook_id", "assignment_id"), set_={"late_submission_penalty": None}
        )
        written = self._written(upsert, rows[self._notebook], table.c.assignment_id, table.c.id)
        found = {submission: row for submission, row in written}
        return {student: found[submission.id] for student, submission in submissions.items()}

    def _write_grades(
        self, batch: Mapping[str, Record], notebooks: dict[str, str]
    ) -> dict[str, float]:
        """A score by hand stays, and has its cell marked for review. Returns the sums of points, by id of notebook."""
        table = Grade.__table__
        new = self._insert(table)
        look = or_(new.excluded.needs_manual_grade, table.c.manual_score.is_not(None))
        rows = [{"id": new_uuid(), "cell_id": self._tests[name], "notebook_id": notebook, "auto_score": score,
                 "needs_manual_grade": score is None or batch[student].look}
                for student, notebook in notebooks.items()
                for name, score in batch[student].scores.items()]  # fmt: skip
        upsert = new.on_conflict_do_update(
            index_elements=("cell_id", "notebook_id"),
            set_={"auto_score": new.excluded.auto_score, "needs_manual_grade": look},
        )
        scores = dict.fromkeys(notebooks.values(), 0.0)
        columns = (
            table.c.notebook_id,
            table.c.auto_score,
            table.c.manual_score,
            table.c.extra_credit,
        )
        for notebook, *points in self._written(upsert, rows, *columns):
            scores[notebook] += Mark(*points).score
        return scores

    def _write_comments(self, batch: Mapping[str, Record], notebooks: dict[str, str]) -> None:
        new = self._insert(Comment.__table__)
        rows = [{"id": new_uuid(), "cell_id": cell, "notebook_id": notebook,
                 "auto_comment": batch[student].comments.get(name)}
                for student, notebook in notebooks.items() for name, cell in self._answers.items()]  # fmt: skip
        upsert = new.on_conflict_do_update(
            index_elements=("cell_id", "notebook_id"),
            set_={"auto_comment": new.excluded.auto_comment},
        )
        self._written(upsert, rows, Comment.__table__.c.id)

    def _written(self, upsert: Any, rows: list[dict], *columns: Any) -> list[Any]:
        """Insert rows, or change those that are there; what they hold then. All go in one statement, so that none is asked for again."""
        return list(self._db.execute(upsert.returning(*columns), rows)) if rows else []

    def _write_penalties(
        self, submissions: dict[str, Any], notebooks: dict[str, str], scores: dict[str, float]
    ) -> None:
        """As nbgrader's AssignLatePenalties, by the plugin that the course has configured."""
        rows = []
        for student, row in submissions.items():
            seconds = lateness(self._assignment.duedate, row.timestamp, row.extension)
            if seconds > 0:
                notebook = notebooks[student]
                penalty = self._penalty(student, scores[notebook], seconds)
                rows.append({"id": notebook, "late_submission_penalty": penalty})
        if rows:
            self._db.execute(update(SubmittedNotebook), rows)

    def _penalty(self, student: str, score: float, seconds: float) -> float | None:
        """Points, at least 0 and at most the score, as nbgrader has it."""
        penalty = self._penalties.plugin_inst.late_submission_penalty(student, score, seconds)
        return None if penalty is None else float(min(max(penalty, 0.0), score))


def clean(words: str) -> str:
    """Words without what some database refuses: the character 0, and halves of surrogate pairs."""
    return words.replace("\0", "\ufffd").encode(errors="replace").decode()
