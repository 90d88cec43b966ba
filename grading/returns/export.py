"""Exports of the scores: a table for spreadsheets, and files that Canvas and Moodle import.

Spreadsheets take a cell that begins with = + - @ or a tab for a formula. Names and other words get an apostrophe
before, which spreadsheets take as the mark of text. Ids, logins and addresses are what the import finds a student by, so
they stay as they are where they hold nothing but letters, digits and . _ - + @: without brackets, bars or quotes a
spreadsheet can call nothing, so "-x" is safe and survives. Any other such id is guarded too, and reported, since no
import would find it.
"""

import csv
import re
from collections.abc import Callable
from pathlib import Path

from grading.course import Course
from grading.errors import NotGraded
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import Entry, read_entries
from grading.notebook.cells import Cell, graded_cells

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
HARMLESS = re.compile(r"[\w.+@-]*")
Rows = list[list[str]]


def export(course: Course, name: str, form: str, path: Path, cells: bool = False) -> list[str]:
    """Write the scores of an assignment in one of FORMATS; returns one line for each id that an import cannot find.

    cells: with a column for every test cell, where the format has columns of its own
    """
    with open_gradebook(course) as gradebook:
        entries = read_entries(gradebook, name)
    if not entries:
        raise NotGraded(name)
    tests = graded_cells(course.source(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(FORMATS[form](name, entries, tests, cells))
    return [
        f"{entry.student!r}: an id that a spreadsheet would run as a formula; it was written with an apostrophe"
        for entry in entries
        if key(entry.student) != entry.student
    ]


def text(words: str) -> str:
    """Words fit for a cell of a spreadsheet."""
    return f"'{words}" if words.startswith(FORMULA) else words


def key(words: str) -> str:
    """An id fit for a cell, unchanged wherever that is safe."""
    return words if HARMLESS.fullmatch(words) else text(words)


def total(entry: Entry) -> str:
    """A score as nbgrader exports it: what lateness cost is taken off."""
    return number(max(0.0, entry.score - entry.penalty))


def number(value: float) -> str:
    return f"{round(value, 6):g}"


def by_function(entry: Entry, tests: list[Cell]) -> dict[str, tuple[float, float]]:
    """Points and most points by function, in the order of the notebook."""
    sums: dict[str, tuple[float, float]] = {}
    for test in tests:
        got, most = sums.get(test.function, (0.0, 0.0))
        mark = entry.marks.get(test.id)
        sums[test.function] = (got + (mark.score if mark else 0.0), most + test.points)
    return sums


def _csv(name: str, entries: list[Entry], tests: list[Cell], cells: bool) -> Rows:
    functions = dict.fromkeys(test.function for test in tests)
    head = [
        "student",
        "last_name",
        "first_name",
        "email",
        "lms_user_id",
        "assignment",
        "score",
        "max_score",
    ]
    head += [
        "late_seconds",
        "late_penalty",
        *functions,
        *([test.id for test in tests] if cells else []),
    ]
    most = number(sum(test.points for test in tests))
    rows = [head]
    for entry in entries:
        row = [key(entry.student), text(entry.last_name), text(entry.first_name), key(entry.email)]
        row += [
            key(entry.lms_user_id),
            name,
            total(entry),
            most,
            number(entry.late),
            number(entry.penalty),
        ]
        row += [number(got) for got, _ in by_function(entry, tests).values()]
        marks = [entry.marks.get(test.id) for test in tests] if cells else []
        rows.append(row + [number(mark.score) if mark else "" for mark in marks])
    return rows


def _canvas(name: str, entries: list[Entry], tests: list[Cell], cells: bool) -> Rows:
    """Canvas looks for a student by its own ID, then by SIS User ID, SIS Login ID, and last by name.

    Its own ids are whole numbers: where lms_user_id is one it is the ID, else the SIS User ID. nbgrader's id of a
    student is the login. The section is not read on import.
    """
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", name]
    most = number(sum(test.points for test in tests))
    rows = [head, ["    Points Possible", "", "", "", "", most]]
    for entry in entries:
        own = (
            entry.lms_user_id if entry.lms_user_id.isascii() and entry.lms_user_id.isdigit() else ""
        )
        sis = "" if own else key(entry.lms_user_id)
        names = ", ".join(part for part in (entry.last_name, entry.first_name) if part)
        student = text(names) if names else key(entry.student)
        rows.append([student, own, sis, key(entry.student), "", total(entry)])
    return rows


def _moodle(name: str, entries: list[Entry], tests: list[Cell], cells: bool) -> Rows:
    """Moodle asks which column says who a student is: Username, ID number or Email address, filled in every row."""
    rows = [
        [
            "Username",
            "ID number",
            "Email address",
            "First name",
            "Last name",
            name,
            f"{name} (Feedback)",
        ]
    ]
    for entry in entries:
        row = [key(entry.student), key(entry.lms_user_id), key(entry.email)]
        row += [text(entry.first_name), text(entry.last_name), total(entry)]
        rows.append([*row, _feedback(entry, tests)])
    return rows


def _feedback(entry: Entry, tests: list[Cell]) -> str:
    lines = [f"{function}: {number(got)} of {number(most)}"
             for function, (got, most) in by_function(entry, tests).items()]  # fmt: skip
    late = [f"late: {number(entry.penalty)} points off"] if entry.penalty else []
    return "; ".join(lines + late)


FORMATS: dict[str, Callable[[str, list[Entry], list[Cell], bool], Rows]] = {
    "csv": _csv,
    "canvas": _canvas,
    "moodle": _moodle,
}
