"""Small classes for the tests of grading: solved notebooks, broken ones, and what the gradebook says of them."""

import copy
import functools

import nbformat
from nbgrader.api import SubmittedAssignment
from sqlalchemy import select

from grading.cohort import samples_of
from tests.harness import COURSE

NAME = "initialization"
HE = "initialize_parameters_he"


@functools.cache
def _samples(name):
    return {sample.student.removeprefix("sample-"): sample.notebook for sample in samples_of(COURSE, name, 0)}


def sample(label, name=NAME):
    """A copy of one notebook of the sample class."""
    return copy.deepcopy(_samples(name)[label])


def cell_of(notebook, grade_id):
    return next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def with_code(grade_id, source, name=NAME):
    """The solved notebook with one solution cell's text replaced."""
    notebook = sample("all-right-a", name)
    cell_of(notebook, grade_id).source = source
    return notebook


def hand_in(course, student, content, name=NAME, filename=None):
    """Put a notebook, text or bytes into submitted/; returns the path."""
    path = course.submitted(student, name)
    path = path.with_name(filename or path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, nbformat.NotebookNode):
        content = nbformat.writes(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def books(course, name=NAME):
    """What the gradebook holds for an assignment, by student: everything but the rows' own ids."""
    with course.gradebook() as gradebook:
        found = gradebook.db.execute(select(SubmittedAssignment)).scalars()
        return {one.student_id: _submission(one) for one in found if one.assignment.name == name}


def scores(course, name=NAME):
    return {student: entry["score"] for student, entry in books(course, name).items()}


def _submission(submission):
    (notebook,) = submission.notebooks
    return {
        "score": submission.score,
        "timestamp": submission.timestamp,
        "late": submission.total_seconds_late,
        "penalty": notebook.late_submission_penalty,
        "grades": sorted(
            (grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for grade in notebook.grades
        ),
        "comments": sorted((comment.name, comment.auto_comment or "") for comment in notebook.comments),
    }
