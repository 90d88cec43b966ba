"""Exports of the scores: a table for spreadsheets, and files that Canvas and Moodle import.

A spreadsheet takes a cell that begins with = + - @ or a tab for a formula. Names and other text get
an apostrophe in front, which spreadsheets take as the mark of text. Ids, logins and addresses are
what an import finds a student by. So they stay as they are if they hold nothing but letters, digits
and . _ - + @: without brackets, bars or quotes a spreadsheet can call nothing, so "-x" is safe. Any
other id that begins like a formula gets the apostrophe too, and is reported, since no import would
find it.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from grading.course import Course
from grading.errors import NotGraded
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import RecordedSubmission, read_submissions
from grading.notebook.cells import Cell, graded_cells

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
HARMLESS_ID = re.compile(r"[\w.+@-]*")
Rows = list[list[str]]


def export(course: Course, name: str, form: str, path: Path, with_tests: bool = False) -> list[str]:
    """Write the scores of an assignment to a file; NotGraded when there are none.

    form: one of FORMATS; with_tests: with a column for every test cell, where the format allows it
    Returns one line for each id that an import cannot find.
    """
    with open_gradebook(course) as gradebook:
        submissions = read_submissions(gradebook, name)
    if not submissions:
        raise NotGraded(name)
    tests = graded_cells(course.source(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(FORMATS[form](name, submissions, tests, with_tests))
    return [
        f"{submission.student!r}: an id that a spreadsheet would run as a formula; "
        "it was written with an apostrophe"
        for submission in submissions
        if id_cell(submission.student) != submission.student
    ]


def text_cell(text: str) -> str:
    """A text as a spreadsheet may hold it: never a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def id_cell(identifier: str) -> str:
    """An id as a spreadsheet may hold it: unchanged wherever that is safe."""
    return identifier if HARMLESS_ID.fullmatch(identifier) else text_cell(identifier)


def format_total(submission: RecordedSubmission) -> str:
    """A score as nbgrader exports it: with the penalty for lateness taken off."""
    return format_number(max(0.0, submission.score - submission.penalty))


def format_number(value: float) -> str:
    return f"{round(value, 6):g}"


def points_by_function(
    submission: RecordedSubmission, tests: list[Cell]
) -> dict[str, tuple[float, float]]:
    """(points, most points) of each function, in the order of the notebook."""
    sums: dict[str, tuple[float, float]] = {}
    for test in tests:
        points, max_points = sums.get(test.function, (0.0, 0.0))
        mark = submission.marks.get(test.id)
        sums[test.function] = (points + (mark.score if mark else 0.0), max_points + test.points)
    return sums


CSV_HEADER = [
    "student",
    "last_name",
    "first_name",
    "email",
    "lms_user_id",
    "assignment",
    "score",
    "max_score",
]
CSV_HEADER += ["late_seconds", "late_penalty"]


def _csv_rows(
    name: str, submissions: list[RecordedSubmission], tests: list[Cell], with_tests: bool
) -> Rows:
    functions = dict.fromkeys(test.function for test in tests)
    max_score = format_number(sum(test.points for test in tests))
    columns = tests if with_tests else []
    rows = [[*CSV_HEADER, *functions, *(test.id for test in columns)]]
    for submission in submissions:
        points = points_by_function(submission, tests).values()
        marks = [submission.marks.get(test.id) for test in columns]
        rows.append(
            [
                *_person_cells(submission),
                name,
                format_total(submission),
                max_score,
                format_number(submission.late),
                format_number(submission.penalty),
                *(format_number(reached) for reached, _ in points),
                *(format_number(mark.score) if mark else "" for mark in marks),
            ]
        )
    return rows


def _person_cells(submission: RecordedSubmission) -> list[str]:
    """The first columns of a CSV file: who the student is."""
    return [
        id_cell(submission.student),
        text_cell(submission.last_name),
        text_cell(submission.first_name),
        id_cell(submission.email),
        id_cell(submission.lms_user_id),
    ]


def _canvas_rows(
    name: str, submissions: list[RecordedSubmission], tests: list[Cell], with_tests: bool
) -> Rows:
    """Canvas looks for a student by its own ID, then SIS User ID, then SIS Login ID, last by name.

    Its own ids are whole numbers: if lms_user_id is one, it goes to ID, otherwise to SIS User ID.
    nbgrader's id of a student is the login. Canvas does not read the section on import.
    """
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", name]
    max_score = format_number(sum(test.points for test in tests))
    rows = [header, ["    Points Possible", "", "", "", "", max_score]]
    for submission in submissions:
        lms_id, login = submission.lms_user_id, id_cell(submission.student)
        is_canvas_id = lms_id.isascii() and lms_id.isdigit()
        canvas_id, sis_id = (lms_id, "") if is_canvas_id else ("", id_cell(lms_id))
        names = ", ".join(filter(None, (submission.last_name, submission.first_name)))
        student = text_cell(names) if names else login
        rows.append([student, canvas_id, sis_id, login, "", format_total(submission)])
    return rows


def _moodle_rows(
    name: str, submissions: list[RecordedSubmission], tests: list[Cell], with_tests: bool
) -> Rows:
    """Moodle asks which column identifies a student: Username, ID number or Email address.

    All three are filled in every row.
    """
    header = ["Username", "ID number", "Email address", "First name", "Last name"]
    rows = [[*header, name, f"{name} (Feedback)"]]
    for submission in submissions:
        rows.append(
            [
                id_cell(submission.student),
                id_cell(submission.lms_user_id),
                id_cell(submission.email),
                text_cell(submission.first_name),
                text_cell(submission.last_name),
                format_total(submission),
                _feedback_text(submission, tests),
            ]
        )
    return rows


def _feedback_text(submission: RecordedSubmission, tests: list[Cell]) -> str:
    lines = [
        f"{function}: {format_number(points)} of {format_number(max_points)}"
        for function, (points, max_points) in points_by_function(submission, tests).items()
    ]
    if submission.penalty:
        lines.append(f"late: {format_number(submission.penalty)} points off")
    return "; ".join(lines)


Format = Callable[[str, list[RecordedSubmission], list[Cell], bool], Rows]
FORMATS: dict[str, Format] = {"csv": _csv_rows, "canvas": _canvas_rows, "moodle": _moodle_rows}
