"""Small classes for the tests of grading: submissions of all kinds, and what is recorded."""

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
# At the end of nbgrader_config.py: stock nbgrader runs the notebooks, demonstrations left out.
STOCK = """
steps = c.Autograde.autograde_preprocessors
assert steps[0].endswith("RunIsolated")
c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.Execute", *steps[1:]]
"""
SKIP_DEMOS = 'c.Execute.skip_cells_with_tag = "demo"\n'


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


def read_gradebook(course, name=NAME):
    """What the gradebook holds for an assignment, by student: all but the rows' own ids."""
    with open_gradebook(course) as gradebook:
        submissions = gradebook.db.execute(select(SubmittedAssignment)).scalars()
        return {
            submission.student_id: _recorded(submission)
            for submission in submissions
            if submission.assignment.name == name
        }


def all_rows(course):
    """Every row of every table of the gradebook, by table.

    nbgrader makes up the ids of rows, so they differ between gradebooks. An id that refers to a row
    of another table is replaced by that row.
    """
    found, rows_by_id = {}, {}
    with open_gradebook(course) as gradebook:
        for table in Base.metadata.sorted_tables:
            rows = [
                (row.get("id"), _comparable(table, row, rows_by_id))
                for row in _rows_of(gradebook, table)
            ]
            rows_by_id |= {(table.name, key): row for key, row in rows}
            found[table.name] = sorted((row for _, row in rows), key=repr)
    return found


def _rows_of(gradebook, table):
    return list(gradebook.db.execute(select(table)).mappings())


def _comparable(table, row, rows_by_id):
    """A row as (column, value) pairs without its own id, with a row for every foreign key."""
    values = []
    for column in table.columns:
        value = row[column.name]
        for key in column.foreign_keys:
            value = rows_by_id[key.column.table.name, value]
        if (
            column.name == "id"
            and table.name not in ("course", "student")
            and not column.foreign_keys
        ):
            assert re.fullmatch("[0-9a-f]{32}", value)
            continue
        values.append((column.name, value))
    return tuple(values)


def stored_results(course, name=NAME):
    """The files of the stored results. Two students who handed in the same share one."""
    return list((course.root / ".results" / name).glob("*.msgpack.gz"))


def scores(course, name=NAME):
    """The scores of an assignment, by student."""
    return {
        student: recorded["score"] for student, recorded in read_gradebook(course, name).items()
    }


def _recorded(submission):
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
