"""After the tests: why functions lost marks, found out while the student's process is still there."""

from collections.abc import Callable

from nbformat import NotebookNode

from course_utils.check.visible_check import messages_of
from course_utils.explain.call import Call
from course_utils.explain.diagnose_outcomes import TODO
from course_utils.explain.finding import Finding
from course_utils.explain.observation import Observation
from course_utils.explain.structure_findings import describe_structure
from grading.diagnosis import MistakeMatcher, diagnose
from grading.engine.prepared_assignment import PreparedAssignment
from grading.isolation.request import Stopped
from grading.isolation.student_proxy import StudentProxy
from grading.notebook.cells import grade_id_of, is_grade, is_solution, tested_function
from grading.notebook.findings import Findings


def find_out(
    assignment: PreparedAssignment,
    student: StudentProxy,
    notebook: NotebookNode,
    scores: dict[str, float | None],
    why_missing: Callable[[str], str],
) -> tuple[Findings, list[str]]:
    """Findings by function, for those that lost marks; and notes on those for which none could be made.

    why_missing: says of a graded name that is not defined why it is not
    """
    findings: Findings = {}
    notes: list[str] = []
    lost = [name for name in _short(notebook, scores) if name in assignment.suspects]
    if lost:
        student.afresh()  # what earlier calls left behind must not play a part
    for name in lost:
        try:
            found = _look(student, assignment.suspects[name], why_missing)
            blank = _is_as_released(assignment, notebook, name)
            findings[name] = (
                [_todo(assignment.suspects[name])] if blank and not _named(found) else found
            )
        except Exception as error:  # a grade is a grade, with or without a reason
            notes.append(
                f"it could not be found out why {name} lost marks: {type(error).__name__}: {error}"
            )
    return {name: found for name, found in findings.items() if found}, notes


def _look(
    student: StudentProxy, suspects: MistakeMatcher, why_missing: Callable[[str], str]
) -> list[Finding]:
    student.new_cell()
    name = suspects.function
    try:
        found = student.look([name])
    except Stopped as error:
        return [_undefined(suspects, f"{error}")]
    if name not in found:
        return [_undefined(suspects, why_missing(name))]
    return diagnose(found[name], suspects)


def _undefined(suspects: MistakeMatcher, why: str) -> Finding:
    return _unasked(
        suspects, "undefined", "After your cells have run there is no such function.", why
    )


def _todo(suspects: MistakeMatcher) -> Finding:
    return _unasked(suspects, "todo", TODO, "nothing yet")


def _unasked(suspects: MistakeMatcher, kind: str, found: str, got: str) -> Finding:
    """A finding on the public example that needs no call."""
    probe, wanted = next(
        entry for entry in zip(suspects.probes, suspects.wanted()) if entry[0].public
    )
    one = Observation(probe.tried, Call(error=got), wanted, public=True)
    return messages_of(suspects.function).finding(
        kind, one, found, describe_structure(wanted.result), got
    )


def _named(found: list[Finding]) -> bool:
    """Whether a known mistake was found, as the bugs that are planted in what students get."""
    return bool(found) and found[0].kind == "mistake"


def _is_as_released(assignment: PreparedAssignment, notebook: NotebookNode, name: str) -> bool:
    home = assignment.homes[name]
    cell = next((cell for cell in notebook.cells if grade_id_of(cell) == home), None)
    return cell is not None and cell.source == assignment.starters[home]


def _short(notebook: NotebookNode, scores: dict[str, float | None]) -> list[str]:
    """The functions with a test that did not give its points, in the order of the tests."""
    tests = [cell for cell in notebook.cells if is_grade(cell) and not is_solution(cell)]
    lost = [
        cell
        for cell in tests
        if (scores.get(grade_id_of(cell)) or 0.0) < float(cell.metadata.nbgrader.points)
    ]
    return list(dict.fromkeys(tested_function(grade_id_of(cell)) for cell in lost))
