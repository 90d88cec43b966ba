"""Read the gradebook by columns: a whole class in a few queries, even of ten thousand students.

nbgrader's own objects would cost several queries for each submission.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from sys import intern
from typing import Any, NamedTuple

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from grading.errors import NotReleased

Marks = dict[str, "Mark"]  # by grade_id


class Mark(NamedTuple):
    """What one test cell gave one submission.

    auto, manual, extra: points by the grader, points by hand, extra credit; None where not given
    needs_review: whether a person must look at it
    """

    auto: float | None
    manual: float | None = None
    extra: float | None = None
    needs_review: bool = False

    @property
    def score(self) -> float:
        """The points as nbgrader counts them.

        A score by hand replaces the automatic one; extra credit is added.
        """
        return ((self.auto if self.manual is None else self.manual) or 0.0) + (self.extra or 0.0)


@dataclass
class RecordedSubmission:
    """One submission as the gradebook has it.

    late: seconds after the deadline; penalty: points taken off for it
    comments: (automatic, by hand) of every solution cell that has either
    """

    student: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    late: float = 0.0
    penalty: float = 0.0
    flagged: bool = False
    marks: Marks = field(default_factory=dict)
    comments: list[tuple[str, str]] = field(default_factory=list)

    @property
    def score(self) -> float:
        """The sum of all marks, before a penalty for lateness."""
        return sum(mark.score for mark in self.marks.values())


def read_submissions(gradebook: Gradebook, name: str) -> list[RecordedSubmission]:
    """Every submission of an assignment, by student; NotReleased if the gradebook lacks it."""
    db = gradebook.db()
    assignment = db.execute(select(Assignment.id).where(Assignment.name == name)).scalar()
    if assignment is None:
        raise NotReleased(name)
    marks, comments = read_marks(db, assignment), _read_comments(db, assignment)
    rows = db.execute(_submissions_query(assignment)).mappings()
    submissions = [_recorded_submission(row) for row in rows]
    for submission in submissions:
        submission.marks = marks.get(submission.student, {})
        submission.comments = comments.get(submission.student, [])
    # Sorted here and not by the database, which may sort by the rules of a language.
    return sorted(submissions, key=lambda submission: submission.student)


def read_marks(db: Session, assignment: str, student: str = "") -> dict[str, Marks]:
    """All marks of an assignment in one query, by student.

    assignment: the id of its row; student: the only one whose marks are wanted, or ""
    """
    columns = (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)
    query = _join_submissions(
        select(SubmittedAssignment.student_id, BaseCell.name, *columns), Grade, assignment, student
    )
    marks: dict[str, Marks] = defaultdict(dict)
    for owner, cell, *values in db.execute(query):
        marks[owner][intern(cell)] = Mark(*values)
    return dict(marks)


def read_points(db: Session, notebook: str) -> dict[str, float]:
    """What every graded cell is worth, by grade_id. notebook: the id of its row"""
    points: dict[str, float] = {}
    for table in (GradeCell, TaskCell):
        query = select(table.name, table.max_score).where(table.notebook_id == notebook)
        points |= {name: score for name, score in db.execute(query)}
    return points


def read_sources(db: Session, notebook: str) -> dict[str, str]:
    """The text of the cells that nbgrader keeps, by grade_id. notebook: the id of its row"""
    query = select(SourceCell.name, SourceCell.source).where(SourceCell.notebook_id == notebook)
    return {name: text or "" for name, text in db.execute(query)}


def read_auto_comments(
    db: Session, assignment: str, student: str = ""
) -> dict[str, dict[str, str]]:
    """The automatic comments of an assignment that have a text, by student and grade_id.

    student: the only one whose comments are wanted, or ""
    """
    query = _join_submissions(
        select(SubmittedAssignment.student_id, BaseCell.name, Comment.auto_comment),
        Comment,
        assignment,
        student,
    ).where(Comment.auto_comment.is_not(None))
    comments: dict[str, dict[str, str]] = defaultdict(dict)
    for owner, cell, comment in db.execute(query):
        comments[owner][cell] = comment
    return dict(comments)


def lateness(due: datetime | None, came: datetime | None, extension: timedelta | None) -> float:
    """Seconds after the deadline, at least 0; all times naive in UTC."""
    if due is None or came is None:
        return 0.0
    return max(0.0, (came - due - (extension or timedelta())).total_seconds())


def _join_submissions(
    query: Select, table: type[Grade] | type[Comment], assignment: str, student: str = ""
) -> Select:
    """Restrict a query to the rows of a table that belong to an assignment's submissions.

    student: the only one whose rows are wanted, or ""
    """
    wanted = SubmittedAssignment.assignment_id == assignment
    if student:
        wanted &= SubmittedAssignment.student_id == student
    return (
        query.select_from(SubmittedAssignment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(table, table.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == table.cell_id)
        .where(wanted)
    )


def _submissions_query(assignment: str) -> Select:
    columns = (
        Student.id,
        Student.first_name,
        Student.last_name,
        Student.email,
        Student.lms_user_id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
        Assignment.duedate,
        SubmittedNotebook.flagged,
        SubmittedNotebook.late_submission_penalty,
    )
    same_notebook = (SubmittedNotebook.assignment_id == SubmittedAssignment.id) & (
        SubmittedNotebook.notebook_id == Notebook.id
    )
    return (
        select(*columns)
        .select_from(SubmittedAssignment)
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Notebook, Notebook.assignment_id == Assignment.id)
        .join(SubmittedNotebook, same_notebook)
        .where(SubmittedAssignment.assignment_id == assignment, Notebook.name == Assignment.name)
    )


def _recorded_submission(row: Any) -> RecordedSubmission:
    return RecordedSubmission(
        student=row["id"],
        first_name=row["first_name"] or "",
        last_name=row["last_name"] or "",
        email=row["email"] or "",
        lms_user_id=row["lms_user_id"] or "",
        late=lateness(row["duedate"], row["timestamp"], row["extension"]),
        penalty=row["late_submission_penalty"] or 0.0,
        flagged=bool(row["flagged"]),
    )


def _read_comments(db: Session, assignment: str) -> dict[str, list[tuple[str, str]]]:
    """The comments on every submission, automatic and by hand, by student."""
    query = _join_submissions(
        select(SubmittedAssignment.student_id, Comment.auto_comment, Comment.manual_comment),
        Comment,
        assignment,
    ).where(or_(Comment.auto_comment.is_not(None), Comment.manual_comment.is_not(None)))
    comments: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for student, automatic, by_hand in db.execute(query):
        comments[student].append((automatic or "", by_hand or ""))
    return comments
