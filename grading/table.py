"""The table of a graded class: student, assignment, score of maximum, functions that lost marks."""

from dataclasses import dataclass, replace

from nbgrader.api import SubmittedAssignment
from tabulate import tabulate

from grading.course import Course
from grading.notebook import code_cells, read_notebook, tested_function

NOT_GRADED = "not graded"
HEADERS = ("student", "assignment", "score", "of", "lost marks in", "note")
WIDTHS = (None, None, None, None, 64, None)


@dataclass(frozen=True)
class Row:
    """One graded submission. lost: functions with a test that did not give its full points, in test order."""

    student: str
    assignment: str
    score: float
    maximum: float
    lost: tuple[str, ...]
    note: str = ""


def read_table(course: Course, name: str) -> list[Row]:
    """The rows of an assignment, by student, from the gradebook."""
    tests = [cell.id for cell in code_cells(read_notebook(course.source(name))) if cell.grade]
    with course.gradebook() as gradebook:
        rows = [_row(submission, tests) for submission in gradebook.assignment_submissions(name)]
    rows = [
        row if course.autograded(row.student, name).is_file() else replace(row, note=NOT_GRADED)
        for row in rows
    ]
    return sorted(rows, key=lambda row: row.student)


def format_table(rows: list[Row]) -> str:
    """The rows as text, with a line that counts them."""
    cells = [
        (
            row.student,
            row.assignment,
            f"{row.score:g}",
            f"{row.maximum:g}",
            ", ".join(row.lost) or "-",
            row.note,
        )
        for row in rows
    ]
    return (
        f"{tabulate(cells, HEADERS, disable_numparse=True, maxcolwidths=WIDTHS)}\n\n{len(rows)} submissions"
    )


def _row(submission: SubmittedAssignment, tests: list[str]) -> Row:
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    short = {grade.name for grade in grades if grade.score < grade.max_score}
    lost = dict.fromkeys(tested_function(test) for test in tests if test in short)
    return Row(
        student=submission.student.id,
        assignment=submission.assignment.name,
        score=submission.score,
        maximum=submission.max_score,
        lost=tuple(lost),
        note=_lateness(submission.total_seconds_late),
    )


def _lateness(seconds: float) -> str:
    hours = int(seconds // 3600)
    return f"late by {hours // 24} d {hours % 24} h" if seconds > 0 else ""
