"""What `course grade` did, as text: counts, mistakes, changed scores, what to look at."""

from tabulate import tabulate

from grading.errors import printable
from grading.pipeline.grade import Options
from grading.pipeline.run_summary import RunSummary

MAX_REMARKS = 100  # of one kind, on the submissions of one assignment
MAX_NOTES = 3  # on one submission: none takes the place of others
MAX_MISTAKES = 20  # in the summary of one assignment
MAX_CHANGES = 40
MISTAKE_HEADERS = ("students", "function", "what went wrong")
CHANGE_HEADERS = ("student", "before", "after", "why")
CHANGE_WIDTHS = (None, None, None, 90)
NO_SANDBOX = (
    "WITHOUT A SANDBOX: students' code could read and write whatever you can on this machine."
)


def format_summaries(summaries: dict[str, RunSummary], options: Options) -> str:
    """What was done, and what a person should look at and why, by assignment."""
    lines = []
    for name, summary in summaries.items():
        lines += _summary_lines(name, summary)
    if not options.sandboxed:
        lines.append(NO_SANDBOX)
    return "\n".join(lines)


def _summary_lines(name: str, summary: RunSummary) -> list[str]:
    needs_attention = [
        f"  needs attention: {printable(student)}: {reason}"
        for student, reason in sorted(summary.attention.items())
    ]
    notes = [
        f"  note: {printable(student)}: {note}"
        for student, all_notes in sorted(summary.notes.items())
        for note in _first_notes(all_notes)
    ]
    return [
        f"{name}: {summary.ran} run, {summary.reused} unchanged and taken from the store, "
        f"{summary.recorded} recorded, {len(summary.attention)} need attention",
        *(f"  cluster: {event}" for event in summary.workers),
        *_mistake_lines(summary),
        *_change_lines(summary),
        *_first_remarks(name, needs_attention),
        *_first_remarks(name, notes),
    ]


def _first_notes(notes: list[str]) -> list[str]:
    """The first of the notes on one submission, and how many more there are."""
    rest = len(notes) - MAX_NOTES
    return [*notes[:MAX_NOTES], *([f"and {rest} more on this submission"] if rest > 0 else [])]


def _first_remarks(name: str, lines: list[str]) -> list[str]:
    """The first of many lines, and where all of them can be read."""
    rest = len(lines) - MAX_REMARKS
    if rest <= 0:
        return lines
    more = f"  and {rest} more like these; the page lists all: course report {name}"
    return [*lines[:MAX_REMARKS], more]


def _mistake_lines(summary: RunSummary) -> list[str]:
    """A table of mistakes and how many students made each, the commonest first."""
    ranked = sorted(summary.mistakes.items(), key=lambda counted: (-counted[1], counted[0]))
    rows = [(count, function, title) for (function, title), count in ranked[:MAX_MISTAKES]]
    return _indented_table(tabulate(rows, MISTAKE_HEADERS), len(ranked) - len(rows)) if rows else []


def _change_lines(summary: RunSummary) -> list[str]:
    """A table of the scores that differ from those before this run, and why."""
    changes = summary.changes
    rows = [
        (printable(change.student), f"{change.before:g}", f"{change.after:g}", change.why)
        for change in changes[:MAX_CHANGES]
    ]
    if not rows:
        return []
    table = tabulate(rows, CHANGE_HEADERS, disable_numparse=True, maxcolwidths=CHANGE_WIDTHS)
    heading = f"scores that changed: {len(changes)}"
    return _indented_table(f"{heading}\n{table}", len(changes) - len(rows))


def _indented_table(table: str, rest: int) -> list[str]:
    """The lines of a table between empty lines. rest: the number of rows that were left out"""
    more = [f"and {rest} more"] if rest else []
    return ["", *(f"  {line}" for line in [*table.split("\n"), *more]), ""]
