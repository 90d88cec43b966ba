"""`course expected`: run the solution cells of the source notebooks and keep what they return."""

from pathlib import Path

from course_utils.explain import first_difference, verdict
from grading.assignments.case import Case
from grading.assignments.expected_file import (
    Expected,
    about,
    expected_path,
    read_expected,
    write_expected,
)
from grading.assignments.registry import load_cases
from grading.authoring.fingerprint_file import Table, known_table, refresh_known
from grading.course import Course
from grading.hidden import call
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells


def compute_expected(source: Path, assignment: str) -> list[tuple[Case, Expected]]:
    """What the solutions return on every case of the assignment."""
    solutions = run_cells(definitions(code_cells(read_notebook(source))), source)
    entries = []
    for case in load_cases(assignment):
        result, printed = call(solutions[case.function], case, case.arguments())
        said = verdict(printed) if case.keywords.get("print_msg") else ""
        entries.append((case, Expected(result, said)))
    return entries


def refresh_expected(course: Course, assignment: str) -> bool:
    """Write the files anew that do not agree with the solutions: of expected results, and of what known mistakes give.

    True when one was written.
    """
    entries = compute_expected(course.source(assignment), assignment)
    path = expected_path(assignment)
    stale = bool(disagreements(entries, path))
    if stale:
        write_expected(path, entries)
        read_expected.cache_clear()
    return refresh_known(assignment, compute_known(course.source(assignment))) or stale


def compute_known(source: Path) -> Table:
    """What the known mistakes in the assignment's functions give on public inputs."""
    cells = code_cells(read_notebook(source))
    solutions = run_cells(definitions(cells), source)
    return known_table(
        [cell.function for cell in cells if cell.solution and cell.function], solutions
    )


def disagreements(entries: list[tuple[Case, Expected]], path: Path) -> list[str]:
    """The cases on which the file and freshly computed results differ, in value or description, or are not in both."""
    kept = read_expected(path) if path.is_file() else {}
    names = {case.name for case, _ in entries}
    return sorted(names ^ kept.keys()) + [
        case.name
        for case, fresh in entries
        if case.name in kept and not _agree(case, fresh, kept[case.name])
    ]


def _agree(case: Case, fresh: Expected, kept: Expected) -> bool:
    same = first_difference(fresh.result, kept.result, rtol=case.rtol, atol=case.atol) is None
    return same and fresh.verdict == kept.verdict and about(case) == kept.about
