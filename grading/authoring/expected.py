"""`course expected`: run the solution cells of the source notebook and store their results."""

from pathlib import Path
from typing import Any

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
from grading.authoring.answer_file import answer_entry, refresh_answers
from grading.authoring.fingerprint_file import known_table, refresh_known
from grading.authoring.public_results_file import public_results, refresh_results
from grading.authoring.solutions import solutions_of
from grading.course import Course
from grading.diagnosis.match_mistakes import matchers_of
from grading.hidden import call
from grading.notebook.cells import code_cells, read_notebook


def compute_expected(source: Path, assignment: str) -> list[tuple[Case, Expected]]:
    """The results of the solutions on every case of the assignment."""
    with solutions_of(source) as solutions:
        return [_computed(case, solutions) for case in load_cases(assignment)]


def _computed(case: Case, solutions: dict[str, Any]) -> tuple[Case, Expected]:
    result, printed = call(solutions[case.function], case, case.arguments())
    return case, Expected(result, verdict(printed) if case.keywords.get("print_msg") else "")


def refresh_expected(course: Course, assignment: str) -> bool:
    """Write what is made from the solutions anew where it does not agree with them.

    These are expected.h5, public_results.json, fingerprints.json and answers.json. Returns whether
    one of them was written.
    """
    results = compute_expected(course.source(assignment), assignment)
    path = expected_path(assignment)
    stale = bool(disagreements(results, path))
    if stale:
        write_expected(path, results)
        read_expected.cache_clear()
    cells = code_cells(read_notebook(course.source(assignment)))
    functions = [cell.function for cell in cells if cell.solution and cell.function]
    with solutions_of(course.source(assignment)) as solutions:
        stale = refresh_results(assignment, public_results(functions, solutions)) or stale
        stale = refresh_known(assignment, known_table(functions, solutions)) or stale
        matchers = matchers_of(cells, solutions)
        entries = {name: answer_entry(matcher) for name, matcher in matchers.items()}
        return refresh_answers(assignment, entries) or stale


def disagreements(results: list[tuple[Case, Expected]], path: Path) -> list[str]:
    """The names of cases on which the file and the computed results disagree.

    They disagree in value, verdict or description, or the case is in one of the two only.
    """
    stored = read_expected(path) if path.is_file() else {}
    names = {case.name for case, _ in results}
    return sorted(names ^ stored.keys()) + [
        case.name
        for case, computed in results
        if case.name in stored and not _agree(case, computed, stored[case.name])
    ]


def _agree(case: Case, computed: Expected, stored: Expected) -> bool:
    difference = first_difference(computed.result, stored.result, rtol=case.rtol, atol=case.atol)
    same_verdict = computed.verdict == stored.verdict
    return difference is None and same_verdict and about(case) == stored.about
