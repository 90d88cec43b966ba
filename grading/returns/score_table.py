"""What a graded class came to: the table of scores, and what needs a person's eye."""

from dataclasses import dataclass
from statistics import median

from tabulate import tabulate

from grading.course import Course
from grading.errors import printable
from grading.gradebook.auto_comments import attention_reason
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import Entry, read_entries, read_points
from grading.notebook.cells import code_cells, read_notebook, tested_function
from grading.pipeline.grade import Options
from grading.pipeline.run_summary import RunSummary

NOT_GRADED = "not graded"
MOST_ROWS = 300  # of the table that `course grade` prints; `course table` prints all
MOST_LINES = 100  # for each kind of remark on single submissions, of one assignment
MOST_MISTAKES = 20  # in the summary of one assignment
MOST_CHANGES = 40
HEADERS = ("student", "assignment", "score", "of", "lost marks in", "note")
WIDTHS = (None, None, None, None, 64, None)
CHANGE_WIDTHS = (None, None, None, 90)


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
    with open_gradebook(course) as gradebook:
        entries = read_entries(gradebook, name)
        points = read_points(gradebook.db(), gradebook.find_notebook(name, name).id)
    rows = [_row(course, name, entry, tests, points) for entry in entries]
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
    return f"{tabulate(cells, HEADERS, disable_numparse=True, maxcolwidths=WIDTHS)}\n\n{len(rows)} submissions"


def format_scores(rows: list[Row]) -> str:
    """The table of a class that fits on a few screens; of a larger one what it came to, and how to see the table."""
    if len(rows) <= MOST_ROWS:
        return format_table(rows)
    names = dict.fromkeys(row.assignment for row in rows)
    return "\n".join(
        [*(_in_short(name, [row for row in rows if row.assignment == name]) for name in names), ""]
    )


def _in_short(name: str, rows: list[Row]) -> str:
    scores, without = [row.score for row in rows], sum(row.note == NOT_GRADED for row in rows)
    words = f"{name}: {len(rows)} submissions, scores from {min(scores):g} to {max(scores):g}, median {median(scores):g}"
    words += f", {without} {NOT_GRADED}" if without else ""
    return f"{words}; the whole table: course table {name}"


def _row(
    course: Course, name: str, entry: Entry, tests: list[str], points: dict[str, float]
) -> Row:
    short = {test for test, mark in entry.marks.items() if mark.score < points[test]}
    note = ", ".join(filter(None, [_attention(entry), _lateness(entry.late)]))
    return Row(
        student=entry.student,
        assignment=name,
        score=entry.score,
        maximum=sum(points.values()),
        lost=tuple(dict.fromkeys(tested_function(test) for test in tests if test in short)),
        note=note if course.autograded(entry.student, name).is_file() else NOT_GRADED,
    )


def format_outcomes(outcomes: dict[str, RunSummary], options: Options) -> str:
    """What was done, and what a person should look at and why, by assignment."""
    lines = []
    for name, outcome in outcomes.items():
        lines.append(
            f"{name}: {outcome.ran} run, {outcome.stored} unchanged and taken from the store, "
            f"{outcome.recorded} recorded, {len(outcome.attention)} need attention"
        )
        lines += [f"  cluster: {words}" for words in outcome.workers]
        lines += _mistakes(outcome)
        lines += _changes(outcome)
        lines += _some(name, [f"  needs attention: {student}: {why}"
                              for student, why in sorted(outcome.attention.items())])  # fmt: skip
        lines += _some(name, [f"  note: {student}: {note}"
                              for student, notes in sorted(outcome.notes.items()) for note in notes])  # fmt: skip
    if not options.sandboxed:
        lines.append(
            "WITHOUT A SANDBOX: students' code could read and write whatever you can on this machine."
        )
    return "\n".join(lines)


def _some(name: str, lines: list[str]) -> list[str]:
    """The first of many lines, and where all of them stand."""
    rest = len(lines) - MOST_LINES
    more = (
        [f"  and {rest} more like these; the page lists all: course report {name}"]
        if rest > 0
        else []
    )
    return lines[:MOST_LINES] + more


def _mistakes(outcome: RunSummary) -> list[str]:
    """Which mistakes were made, and by how many, the commonest first."""
    ranked = sorted(outcome.mistakes.items(), key=lambda entry: (-entry[1], entry[0]))
    rows = [(count, function, what) for (function, what), count in ranked[:MOST_MISTAKES]]
    lines = tabulate(rows, ("students", "function", "what went wrong")).split("\n") if rows else []
    rest = len(ranked) - len(rows)
    return (
        ["", *(f"  {line}" for line in lines), *([f"  and {rest} more"] if rest else []), ""]
        if rows
        else []
    )


def _changes(outcome: RunSummary) -> list[str]:
    """Whose score is another one than before, and why."""
    rows = [
        (change.student, f"{change.before:g}", f"{change.after:g}", change.why)
        for change in outcome.changes[:MOST_CHANGES]
    ]
    table = tabulate(
        rows,
        ("student", "before", "after", "why"),
        disable_numparse=True,
        maxcolwidths=CHANGE_WIDTHS,
    )
    rest = len(outcome.changes) - len(rows)
    lines = [f"scores that changed: {len(outcome.changes)}", *table.split("\n")]
    lines += [f"and {rest} more"] if rest else []
    return ["", *(f"  {line}" for line in lines), ""] if rows else []


def _attention(entry: Entry) -> str:
    reason = attention_reason(automatic for automatic, _ in entry.comments)
    return f"needs attention: {printable(reason, 60)}" if reason else ""


def _lateness(seconds: float) -> str:
    hours = int(seconds // 3600)
    return f"late by {hours // 24} d {hours % 24} h" if seconds > 0 else ""
