"""What a graded class came to: the table of scores, and what needs a person's eye."""

from dataclasses import dataclass, replace

from nbgrader.api import SubmittedAssignment
from tabulate import tabulate

from grading.course import Course
from grading.errors import printable
from grading.grade import Options, Outcome
from grading.notebook import code_cells, read_notebook, tested_function
from grading.rows import ATTENTION

NOT_GRADED = "not graded"
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
        note=", ".join(filter(None, [_attention(submission), _lateness(submission.total_seconds_late)])),
    )


def format_outcomes(outcomes: dict[str, Outcome], options: Options) -> str:
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
        lines += [
            f"  needs attention: {student}: {why}" for student, why in sorted(outcome.attention.items())
        ]
        lines += [
            f"  note: {student}: {note}" for student, notes in sorted(outcome.notes.items()) for note in notes
        ]
    if not options.sandboxed:
        lines.append(
            "WITHOUT A SANDBOX: students' code could read and write whatever you can on this machine."
        )
    return "\n".join(lines)


def _mistakes(outcome: Outcome) -> list[str]:
    """Which mistakes were made, and by how many, the commonest first."""
    ranked = sorted(outcome.mistakes.items(), key=lambda entry: (-entry[1], entry[0]))
    rows = [(count, function, what) for (function, what), count in ranked[:MOST_MISTAKES]]
    lines = tabulate(rows, ("students", "function", "what went wrong")).split("\n") if rows else []
    rest = len(ranked) - len(rows)
    return (
        ["", *(f"  {line}" for line in lines), *([f"  and {rest} more"] if rest else []), ""] if rows else []
    )


def _changes(outcome: Outcome) -> list[str]:
    """Whose score is another one than before, and why."""
    rows = [
        (change.student, f"{change.before:g}", f"{change.after:g}", change.why)
        for change in outcome.changes[:MOST_CHANGES]
    ]
    table = tabulate(
        rows, ("student", "before", "after", "why"), disable_numparse=True, maxcolwidths=CHANGE_WIDTHS
    )
    rest = len(outcome.changes) - len(rows)
    lines = [f"scores that changed: {len(outcome.changes)}", *table.split("\n")]
    lines += [f"and {rest} more"] if rest else []
    return ["", *(f"  {line}" for line in lines), ""] if rows else []


def _attention(submission: SubmittedAssignment) -> str:
    comments = [
        comment.auto_comment or "" for notebook in submission.notebooks for comment in notebook.comments
    ]
    why = next((comment for comment in comments if comment.startswith(ATTENTION)), "")
    return f"needs attention: {printable(why.removeprefix(ATTENTION), 60)}" if why else ""


def _lateness(seconds: float) -> str:
    hours = int(seconds // 3600)
    return f"late by {hours // 24} d {hours % 24} h" if seconds > 0 else ""
