"""What lateness costs: nbgrader's plugin, asked again in every run.

A penalty depends on the score, the deadline, the time of arrival, an extension, and on the plugin
with its settings and code. So it is computed anew for every late submission, and the gradebook is
corrected wherever it holds another one.
"""

from datetime import datetime, timedelta
from functools import cached_property
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from nbgrader.api import Assignment, Notebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets.config import Config

from grading.gradebook.queries import lateness
from grading.quick_nbgrader import import_whole

if TYPE_CHECKING:
    from nbgrader.plugins import LateSubmissionPlugin

TOLERANCE = 1e-9  # of a penalty: the order in which points are added must make no difference


class Arrival(NamedTuple):
    """When a submission came in, and what lateness cost it.

    timestamp: naive, in UTC; None where that is not known
    extension: what the student got on top of the deadline
    penalty: the points that the gradebook holds; None for no penalty
    """

    timestamp: datetime | None
    extension: timedelta | None
    penalty: float | None


class LatePenalties:
    """The penalties of one assignment, by the plugin that the course has configured."""

    def __init__(self, due: datetime | None, config: Config):
        self._due, self._config = due, config

    @cached_property
    def _plugin(self) -> "LateSubmissionPlugin":
        """nbgrader's plugin, which takes a second to import: not before something is late."""
        import_whole()
        from nbgrader.preprocessors import AssignLatePenalties

        steps = AssignLatePenalties(config=self._config)
        steps.init_plugin()
        return steps.plugin_inst

    def penalty(
        self, student: str, score: float, came: datetime | None, extension: timedelta | None
    ) -> float | None:
        """The penalty as nbgrader's AssignLatePenalties gives it; None for a punctual submission.

        It is at least 0 and at most the score. came: naive, in UTC
        """
        seconds = lateness(self._due, came, extension)
        if seconds <= 0:
            return None
        penalty = self._plugin.late_submission_penalty(student, score, seconds)
        return None if penalty is None else float(min(max(penalty, 0.0), score))


def same_penalty(one: float | None, other: float | None) -> bool:
    """Whether two penalties are equal. No penalty and a penalty of 0 points differ."""
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def read_arrivals(db: Session, assignment: str, student: str = "") -> dict[str, Arrival]:
    """The arrivals of an assignment's submissions, by student.

    assignment: the id of its row; student: the only one that is wanted, or ""
    """
    same_notebook = (SubmittedNotebook.assignment_id == SubmittedAssignment.id) & (
        SubmittedNotebook.notebook_id == Notebook.id
    )
    query = (
        select(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            SubmittedNotebook.late_submission_penalty,
        )
        .select_from(SubmittedAssignment)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(Notebook, Notebook.assignment_id == Assignment.id)
        .join(SubmittedNotebook, same_notebook)
        .where(SubmittedAssignment.assignment_id == assignment, Notebook.name == Assignment.name)
    )
    if student:
        query = query.where(SubmittedAssignment.student_id == student)
    return {row.student_id: Arrival(*row[1:]) for row in db.execute(query)}
