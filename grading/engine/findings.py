"""After the tests: why functions lost marks, found out while the student process is still there."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from nbformat import NotebookNode

from course_utils.explain import CallError, Finding
from course_utils.messages import Message, Verbatim
from grading.diagnosis import MistakeMatcher, diagnose, not_begun, not_defined
from grading.engine.prepared_assignment import PreparedAssignment
from grading.isolation.request import OutOfTime, Stopped
from grading.isolation.student_function import StudentFunction
from grading.isolation.student_proxy import StudentProxy
from grading.notebook.cells import (
    grade_id_of,
    is_grade,
    is_solution,
    nbgrader_metadata,
    tested_function,
)
from grading.notebook.counted_cell import counted_cell_notes
from grading.notebook.findings import Findings
from grading.notebook.rebuild import copied

# Says of a graded name that is not defined why it is not.
WhyMissing = Callable[[str], CallError | Message]


@dataclass
class Reasons:
    """Why functions lost marks.

    findings: by function
    notes: for a person, also on functions for which no reason could be found out
    not_looked_at: functions for which the submission's time was used up
    """

    findings: Findings = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    not_looked_at: list[str] = field(default_factory=list)


class NotLookedAt(Exception):
    """The submission's time was used up before a function could be looked at."""


def find_reasons(
    assignment: PreparedAssignment,
    student: StudentProxy,
    notebook: NotebookNode,
    scores: dict[str, float | None],
    why_missing: WhyMissing,
) -> Reasons:
    """Why each function lost marks that did."""
    reasons = Reasons()
    lost = [name for name in _lost_marks(notebook, scores) if name in assignment.matchers]
    if lost:
        student.start_diagnosis()  # what earlier calls left behind must not play a part
    for name in lost:
        try:
            found = _findings_on(name, assignment, student, notebook, why_missing)
            found, remarks = _with_counted_cell(found, name, assignment, notebook)
            reasons.notes += remarks
            if found:
                reasons.findings[name] = found
        except NotLookedAt:
            reasons.not_looked_at.append(name)
        except Exception as error:  # the grade stands, with or without a reason
            reason = f"{type(error).__name__}: {error}"
            reasons.notes.append(f"it could not be found out why {name} lost marks: {reason}")
    return reasons


def _findings_on(
    name: str,
    assignment: PreparedAssignment,
    student: StudentProxy,
    notebook: NotebookNode,
    why_missing: WhyMissing,
) -> list[Finding]:
    """Findings on a function; NotLookedAt when there was no time for it."""
    matcher = assignment.matchers[name]
    as_released = _is_as_released(assignment, notebook, name)
    try:
        found = _diagnose(student, matcher, why_missing)
    except NotLookedAt:
        if as_released:
            return [not_begun(matcher)]
        raise
    # A cell as released may hold a planted bug, which then is a known mistake.
    known = bool(found) and found[0].kind == "mistake"
    return [not_begun(matcher)] if as_released and not known else found


def _with_counted_cell(
    found: list[Finding], name: str, assignment: PreparedAssignment, notebook: NotebookNode
) -> tuple[list[Finding], list[str]]:
    """The findings, the first of which also says which of several cells counted.

    Without a finding it is a note for a person.
    """
    grade_id = assignment.solution_cells[name]
    notes = counted_cell_notes(notebook, grade_id, name, assignment.starters[grade_id])
    if not notes or not found:
        return found, [f"{note}" for note in notes]
    first, *rest = found
    return [replace(first, found=(*notes, *first.found), set_code=first.code), *rest], []


def _diagnose(
    student: StudentProxy, matcher: MistakeMatcher, why_missing: WhyMissing
) -> list[Finding]:
    """Findings on a function; NotLookedAt where the submission's time is used up.

    They are made all the same if a test has seen already that the function comes to no end.
    """
    student.restart_cell_clock()
    name = matcher.function
    try:
        found = student.resolve([name])
    except OutOfTime:
        found = {name: StudentFunction(name, student)}
    except Stopped as error:
        return [not_defined(matcher, Verbatim(f"{error}"))]
    if name not in found:
        return [not_defined(matcher, why_missing(name))]
    if isinstance(function := found[name], StudentFunction):
        function.has_whole_time = True
    findings = diagnose(function, matcher)
    if student.out_of_time and not student.is_endless(name):
        raise NotLookedAt
    return findings


def _is_as_released(assignment: PreparedAssignment, notebook: NotebookNode, name: str) -> bool:
    grade_id = assignment.solution_cells[name]
    cell = next((cell for cell in notebook.cells if grade_id_of(cell) == grade_id), None)
    return cell is not None and cell.source.removesuffix(copied()) == assignment.starters[grade_id]


def _lost_marks(notebook: NotebookNode, scores: dict[str, float | None]) -> list[str]:
    """The functions with a test that did not give all its points, in the order of the tests."""
    tests = [cell for cell in notebook.cells if is_grade(cell) and not is_solution(cell)]
    lost = [
        grade_id_of(cell)
        for cell in tests
        if (scores.get(grade_id_of(cell)) or 0.0) < float(nbgrader_metadata(cell)["points"])
    ]
    return list(dict.fromkeys(tested_function(grade_id) for grade_id in lost))
