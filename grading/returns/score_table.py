"""The table of a class's scores, from the gradebook."""

from dataclasses import dataclass
from statistics import median

from tabulate import tabulate

from grading.course import Course
from grading.errors import printable
from grading.gradebook.auto_comments import attention_reason
from grading.gradebook.cell_tables import notebook_id_of
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import RecordedSubmission, read_points, read_submissions
from grading.notebook.cells import code_cells, read_notebook, tested_function
from grading.returns.lateness import days_and_hours

NOT_GRADED = "not graded"
MAX_ROWS = 300  # of the table that `course grade` prints; `course table` prints all
MAX_REASON = 60  # characters shown of the reason why a submission needs attention
HEADERS = ("student", "assignment", "score", "of", "lost marks in", "note")
WIDTHS = (None, None, None, None, 64, None)


@dataclass(frozen=True)
class Row:
    """One graded submission. lost: functions with a test that lost points, in test order"""

    student: str
    assignment: str
    score: float
    max_score: float
    lost: tuple[str, ...]
    note: str = ""


def read_table(course: Course, name: str) -> list[Row]:
    """The rows of an assignment, by student, from the gradebook."""
    tests = [cell.id for cell in code_cells(read_notebook(course.source(name))) if cell.grade]
    with open_gradebook(course) as gradebook:
        submissions = read_submissions(gradebook, name)
        points = read_points(gradebook.db(), notebook_id_of(gradebook, name))
    graded = {
        submission.student
        for submission in submissions
        if course.autograded(submission.student, name).is_file()
    }
    return [
        Row(
            student=submission.student,
            assignment=name,
            score=submission.score,
            max_score=sum(points.values()),
            lost=_functions_with_losses(submission, tests, points),
            note=_note(submission) if submission.student in graded else NOT_GRADED,
        )
        for submission in submissions
    ]


def _functions_with_losses(
    submission: RecordedSubmission, tests: list[str], points: dict[str, float]
) -> tuple[str, ...]:
    """tests: ids in the order of the notebook; points: the most that each test gives"""
    lost = {test for test, mark in submission.marks.items() if mark.score < points[test]}
    return tuple(dict.fromkeys(tested_function(test) for test in tests if test in lost))


def _note(submission: RecordedSubmission) -> str:
    reason = attention_reason(automatic for automatic, _ in submission.comments)
    notes = [f"needs attention: {printable(reason, MAX_REASON)}"] if reason else []
    if submission.late > 0:
        notes.append(f"late by {days_and_hours(submission.late)}")
    return ", ".join(notes)


def format_table(rows: list[Row]) -> str:
    """All rows as text, with a line that counts them."""
    cells = [
        (
            printable(row.student),
            row.assignment,
            f"{row.score:g}",
            f"{row.max_score:g}",
            ", ".join(row.lost) or "-",
            row.note,
        )
        for row in rows
    ]
    table = tabulate(cells, HEADERS, disable_numparse=True, maxcolwidths=WIDTHS)
    return f"{table}\n\n{len(rows)} submissions"


def format_scores(rows: list[Row]) -> str:
    """The table of a class that fits on a few screens; of a larger class, a line per assignment."""
    if len(rows) <= MAX_ROWS:
        return format_table(rows)
    by_assignment: dict[str, list[Row]] = {}
    for row in rows:
        by_assignment.setdefault(row.assignment, []).append(row)
    return "\n".join([*(_summary_line(*assignment) for assignment in by_assignment.items()), ""])


def _summary_line(name: str, rows: list[Row]) -> str:
    scores = [row.score for row in rows]
    not_graded = sum(row.note == NOT_GRADED for row in rows)
    return (
        f"{name}: {len(rows)} submissions, scores from {min(scores):g} to {max(scores):g}, "
        f"median {median(scores):g}{f', {not_graded} {NOT_GRADED}' if not_graded else ''}"
        f"; the whole table: course table {name}"
    )
