"""What one student is told: points, tests and findings by function, from a graded notebook."""

from dataclasses import asdict, dataclass, field
from typing import Any

from nbformat import NotebookNode

from course_utils.explain import Finding
from grading.gradebook.auto_comments import NO_RESPONSE, attention_reason
from grading.messages import message
from grading.notebook.cells import (
    GRADED,
    grade_id_of,
    idea_of_test,
    is_grade,
    is_solution,
    is_visible_check,
    nbgrader_metadata,
    tested_function,
)
from grading.notebook.findings import read_findings

SCHEMA_VERSION = 1  # of feedback.json; feedback.schema.json in docs/ describes its fields
# The fields of a finding that a student sees; the others (title, topic) would give the answer away.
STUDENT_FIELDS = (
    *("kind", "code", "tried", "line", "expected", "got", "found", "question", "example"),
)
MAX_MESSAGE = 400  # characters shown of a failed test's message


@dataclass(frozen=True)
class GradedTest:
    """One test cell with its points; the fields are those of feedback.json.

    id: the cell's grade_id; idea: what it tests, in the words of the released notebook
    visible: whether students can run it; said: why it failed, or ""
    """

    id: str
    idea: str
    score: float
    max_score: float
    visible: bool
    said: str = ""

    @property
    def state(self) -> str:
        return _state(self.score, self.max_score)


@dataclass(frozen=True)
class GradedFunction:
    """One exercise; the fields are those of feedback.json.

    finding: the first finding, as plain values, or None; more: how many findings wait behind it
    comment: what the instructor wrote, or ""
    """

    name: str
    tests: list[GradedTest]
    finding: dict[str, Any] | None = None
    more: int = 0
    comment: str = ""

    @property
    def score(self) -> float:
        return sum(test.score for test in self.tests)

    @property
    def max_score(self) -> float:
        return sum(test.max_score for test in self.tests)

    @property
    def state(self) -> str:
        return _state(self.score, self.max_score)

    @property
    def reasons(self) -> dict[str, str]:
        """Why tests failed, by the test's id; a reason that several share is the first one's."""
        first_with = {test.said: test.id for test in reversed(self.tests)}
        return {test_id: said for said, test_id in first_with.items() if said}


@dataclass(frozen=True)
class StudentReport:
    """The whole feedback page except the notebook itself; the fields are those of feedback.json.

    attention: why the submission could not be graded, or ""
    """

    assignment: str
    student: str
    score: float
    max_score: float
    late_penalty: float = 0.0
    attention: str = ""
    functions: list[GradedFunction] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The content of feedback.json."""
        functions = [
            {"name": function.name, "score": function.score, "max_score": function.max_score}
            | asdict(function)
            for function in self.functions
        ]
        return {"schema_version": SCHEMA_VERSION} | asdict(self) | {"functions": functions}


def read_report(notebook: NotebookNode, resources: dict[str, Any]) -> StudentReport:
    """The report on a notebook whose cells hold the gradebook's scores and comments.

    resources: nbconvert's resources["nbgrader"], with what nbgrader's GetGrades has put there
    """
    comments = _comments_by_function(notebook)
    attention = attention_reason(comments.values())
    findings = {} if attention else read_findings(notebook.metadata)
    return StudentReport(
        assignment=resources["assignment"],
        student=resources["student"],
        score=resources["score"],
        max_score=resources["max_score"],
        late_penalty=resources["late_penalty"],
        attention=attention,
        functions=[
            _graded_function(name, tests, findings.get(name, []), comments.get(name, ""))
            for name, tests in _tests_by_function(notebook).items()
        ],
    )


def _graded_function(
    name: str, tests: list[GradedTest], findings: list[Finding], comment: str
) -> GradedFunction:
    comment = "" if comment == NO_RESPONSE or attention_reason([comment]) else comment
    function = GradedFunction(name, tests, comment=comment)
    if function.state == "all" or not findings:  # points given by hand silence the findings
        return function
    first = {key: value for key, value in findings[0].as_dict().items() if key in STUDENT_FIELDS}
    return GradedFunction(
        name=name, tests=tests, finding=first, more=len(findings) - 1, comment=comment
    )


def _tests_by_function(notebook: NotebookNode) -> dict[str, list[GradedTest]]:
    tests: dict[str, list[GradedTest]] = {}
    for cell in filter(is_grade, notebook.cells):
        tests.setdefault(tested_function(grade_id_of(cell)), []).append(_graded_test(cell))
    return tests


def _graded_test(cell: NotebookNode) -> GradedTest:
    visible = is_visible_check(grade_id_of(cell))
    score, max_score = (
        float(nbgrader_metadata(cell)["score"]),
        float(nbgrader_metadata(cell)["points"]),
    )
    return GradedTest(
        id=grade_id_of(cell),
        idea=idea_of_test(cell.source) or _default_idea(cell, visible),
        score=score,
        max_score=max_score,
        visible=visible,
        said="" if visible or score >= max_score else _error_message(cell),
    )


def _default_idea(cell: NotebookNode, visible: bool) -> str:
    """What to call a test whose first line names no idea."""
    if visible:
        return str(message("page.idea.visible"))
    idea = grade_id_of(cell).partition("-")[2]
    return str(message("page.idea.answer")) if is_solution(cell) else idea


def _error_message(cell: NotebookNode) -> str:
    """The first line of the last error that a test cell put out, or ""."""
    errors = [output.evalue for output in cell.get("outputs", []) if output.output_type == "error"]
    return errors[-1].partition("\n")[0][:MAX_MESSAGE] if errors else ""


def _comments_by_function(notebook: NotebookNode) -> dict[str, str]:
    """The comments of instructors and of the grader, by the function that the cell asks for."""
    comments = {}
    for cell in notebook.cells:
        if comment := nbgrader_metadata(cell).get("comment"):
            graded = GRADED.search(cell.source)
            function = graded[1] if graded else tested_function(grade_id_of(cell))
            comments[function] = str(comment)
    return comments


def _state(score: float, max_score: float) -> str:
    """How many of the points: "all", "some" or "none"."""
    if score >= max_score:
        return "all"
    return "some" if score > 0 else "none"
