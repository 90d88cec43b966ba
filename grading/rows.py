"""A batch of results as rows of the gradebook: the rows that nbgrader's SaveAutoGrades and AssignLatePenalties write.

A batch is one transaction of a few statements, however many submissions are in it: all of it is there, or nothing. What
others add at the same time is left as it is (ON CONFLICT). Every statement takes its rows in the order of the students'
ids, so that two writers wait for each other and never in a circle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Comment, Grade, Gradebook, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from traitlets.config import Config

from grading.engine.job import Result
from grading.gradebook import lateness

ATTENTION = "Needs attention: "
NO_RESPONSE = "No response."
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
        self._notebooks = sorted(one.id for one in self._assignment.notebooks)
        self._tests = {cell.name: cell.id for cell in (*notebook.grade_cells, *notebook.task_cells)}
        self._answers = {cell.name: cell.id for cell in (*notebook.solution_cells, *notebook.task_cells)}
        self._penalties = AssignLatePenalties(config=config)
        self._penalties.init_plugin()

    def of(self, result: Result, timestamp: datetime | None) -> Record:
        """What becomes of a result. Numbers are plain ones, and text is text that any database takes."""
        scores = {name: result.scores.get(name, 0.0) for name in self._tests}
        words = {name: NO_RESPONSE for name in self._answers if name in result.unanswered}
        if result.attention:
            words = dict.fromkeys(self._answers, ATTENTION + clean(result.attention))
        plain = {name: None if score is None else float(score) for name, score in scores.items()}
        return Record(plain, words, timestamp, bool(result.attention))

    def write(self, batch: Mapping[str, Record]) -> None:
        """Write the records of some students, all or none."""
        students = sorted(batch)
        try:
            self._db.execute(
                self._insert(Student.__table__).on_conflict_do_nothing(), [{"id": one} for one in students]
            )
            submissions = self._write_submissions(batch, students)
            notebooks = self._write_notebooks(submissions)
            self._write_grades(batch, notebooks)
            self._write_comments(batch, notebooks)
            self._write_penalties(submissions, notebooks)
            self._db.commit()
        except BaseException:
            self._db.rollback()
            raise

    def _write_submissions(self, batch: Mapping[str, Record], students: list[str]) -> dict[str, Any]:
        """The rows of the submissions with (id, timestamp, extension), by student."""
        table = SubmittedAssignment.__table__
        new = self._insert(table)
        stamp = func.coalesce(new.excluded.timestamp, table.c.timestamp)  # none came: the old one stays
        rows = [{"id": new_uuid(), "assignment_id": self._assignment.id, "student_id": one,
                 "timestamp": batch[one].timestamp} for one in students]  # fmt: skip
        self._upsert(new, ("assignment_id", "student_id"), {"timestamp": stamp}, rows)
        columns = (table.c.student_id, table.c.id, table.c.timestamp, table.c.extension)
        query = select(*columns).where(
            table.c.assignment_id == self._assignment.id, table.c.student_id.in_(students)
        )
        found = {row.student_id: row for row in self._db.execute(query)}
        return {one: found[one] for one in students}

    def _write_notebooks(self, submissions: dict[str, Any]) -> dict[str, str]:
        """The ids of the rows of the assignment's notebook, by student."""
        table = SubmittedNotebook.__table__
        rows = [{"id": new_uuid(), "notebook_id": notebook, "assignment_id": submission.id}
                for submission in submissions.values() for notebook in self._notebooks]  # fmt: skip
        self._db.execute(self._insert(table).on_conflict_do_nothing(), rows)
        query = select(table.c.assignment_id, table.c.id).where(
            table.c.notebook_id == self._notebook,
            table.c.assignment_id.in_([submission.id for submission in submissions.values()]),
        )
        found = {submission: row for submission, row in self._db.execute(query)}
        return {student: found[submission.id] for student, submission in submissions.items()}

    def _write_grades(self, batch: Mapping[str, Record], notebooks: dict[str, str]) -> None:
        """A score by hand stays, and has its cell marked for review."""
        new = self._insert(Grade.__table__)
        look = or_(new.excluded.needs_manual_grade, Grade.__table__.c.manual_score.is_not(None))
        rows = [{"id": new_uuid(), "cell_id": self._tests[name], "notebook_id": notebook, "auto_score": score,
                 "needs_manual_grade": score is None or batch[student].look}
                for student, notebook in notebooks.items()
                for name, score in batch[student].scores.items()]  # fmt: skip
        values = {"auto_score": new.excluded.auto_score, "needs_manual_grade": look}
        self._upsert(new, ("cell_id", "notebook_id"), values, rows)

    def _write_comments(self, batch: Mapping[str, Record], notebooks: dict[str, str]) -> None:
        new = self._insert(Comment.__table__)
        rows = [{"id": new_uuid(), "cell_id": cell, "notebook_id": notebook,
                 "auto_comment": batch[student].comments.get(name)}
                for student, notebook in notebooks.items() for name, cell in self._answers.items()]  # fmt: skip
        values = {"auto_comment": new.excluded.auto_comment}
        self._upsert(new, ("cell_id", "notebook_id"), values, rows)

    def _upsert(self, new: Any, key: tuple[str, ...], values: dict[str, Any], rows: list[dict]) -> None:
        """Insert rows, or give those that are there already, by their key, new values."""
        if rows:
            self._db.execute(new.on_conflict_do_update(index_elements=key, set_=values), rows)

    def _write_penalties(self, submissions: dict[str, Any], notebooks: dict[str, str]) -> None:
        """As nbgrader's AssignLatePenalties, by the plugin that the course has configured."""
        table = SubmittedNotebook.__table__
        ids = list(notebooks.values())
        none = update(table).where(table.c.id.in_(ids)).values(late_submission_penalty=None)
        self._db.execute(none)
        due = self._assignment.duedate
        late = {notebooks[student]: (student, seconds) for student, row in submissions.items()
                if (seconds := lateness(due, row.timestamp, row.extension)) > 0}  # fmt: skip
        if not late:
            return
        # with the cells, by which the table has an index: without, every late submission would read all grades
        query = select(Grade.notebook_id, func.sum(Grade.score)).group_by(Grade.notebook_id)
        query = query.where(Grade.cell_id.in_(self._tests.values()), Grade.notebook_id.in_(late))
        scores = {notebook: score for notebook, score in self._db.execute(query)}
        rows = [{"id": notebook, "late_submission_penalty": self._penalty(student, scores.get(notebook, 0.0), seconds)}
                for notebook, (student, seconds) in late.items()]  # fmt: skip
        self._db.execute(update(SubmittedNotebook), rows)

    def _penalty(self, student: str, score: float, seconds: float) -> float | None:
        """Points, at least 0 and at most the score, as nbgrader has it."""
        penalty = self._penalties.plugin_inst.late_submission_penalty(student, score, seconds)
        return None if penalty is None else float(min(max(penalty, 0.0), score))


def clean(words: str) -> str:
    """Words without what some database refuses: the character 0, and halves of surrogate pairs."""
    return words.replace("\0", "\ufffd").encode(errors="replace").decode()
