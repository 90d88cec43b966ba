"""Small classes for the tests of grading: solved notebooks, broken ones, and what the gradebook says of them."""

import copy
import functools
import re

import nbformat
from nbgrader.api import Base, SubmittedAssignment
from sqlalchemy import select

from grading.authoring.sample_class import samples_of
from grading.gradebook.connection import open_gradebook
from tests.harness import COURSE

NAME = "initialization"
HE = "initialize_parameters_he"


@functools.cache
def _samples(name):
    return {
        sample.student.removeprefix("sample-"): sample.notebook
        for sample in samples_of(COURSE, name, 0)
    }


def sample(label, name=NAME):
    """A copy of one notebook of the sample class."""
    return copy.deepcopy(_samples(name)[label])


def cell_of(notebook, grade_id):
    return next(
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
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
    with open_gradebook(course) as gradebook:
        found = gradebook.db.execute(select(SubmittedAssignment)).scalars()
        return {one.student_id: _submission(one) for one in found if one.assignment.name == name}


def contents(course):
    """Every row of every table of the gradebook, by table; the ids that nbgrader makes up stand for what they refer to."""
    found, known = {}, {}
    with open_gradebook(course) as gradebook:
        for table in Base.metadata.sorted_tables:
            rows = [
                (row.get("id"), _readable(table, row, known)) for row in _rows_of(gradebook, table)
            ]
            known |= {(table.name, key): row for key, row in rows}
            found[table.name] = sorted((row for _, row in rows), key=repr)
    return found


def _rows_of(gradebook, table):
    return list(gradebook.db.execute(select(table)).mappings())


def _readable(table, row, known):
    """A row as (column, value) pairs, with a row for every foreign key, and without an id of its own."""
    values = []
    for column in table.columns:
        value = row[column.name]
        for key in column.foreign_keys:
            value = known[key.column.table.name, value]
        if (
            column.name == "id"
            and table.name not in ("course", "student")
            and not column.foreign_keys
        ):
            assert re.fullmatch("[0-9a-f]{32}", value)
            continue
        values.append((column.name, value))
    return tuple(values)


def results(course, name=NAME):
    """The files of the stored results. Two students who handed in the same share one."""
    return list((course.root / ".results" / name).glob("*.json.gz"))


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
        "comments": sorted(
            (comment.name, comment.auto_comment or "") for comment in notebook.comments
        ),
    }
