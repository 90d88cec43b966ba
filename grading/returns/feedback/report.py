"""What one student is told: points, tests and findings by function, from a graded notebook."""

from dataclasses import asdict, dataclass, field
from typing import Any

from nbformat import NotebookNode

from grading.gradebook.auto_comments import NO_RESPONSE, attention_reason
from grading.notebook.cells import (
    GRADED,
    about,
    grade_id_of,
    is_grade,
    is_solution,
    tested_function,
)

SCHEMA_VERSION = 1  # of feedback.json; docs/instructors/feedback.schema.json says what is in it
SHOWN = (
    "kind",
    "tried",
    "expected",
    "got",
    "found",
    "question",
    "example",
)  # of a finding; the rest is the instructor's
LONGEST = 400  # characters of what a test says


@dataclass(frozen=True)
class Test:
    """One graded cell. idea: what it tests, as the released notebook says it; said: why it failed, or ""."""

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
class Function:
    """One exercise. finding: the first of what was found, in plain values; more: how many wait behind it
    comment: what the instructor wrote
    """

    name: str
    tests: list[Test]
    finding: dict[str, str] | None = None
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


@dataclass(frozen=True)
class Report:
    """Everything on a page but the notebook itself. attention: why the submission could not be graded, or ""."""

    assignment: str
    student: str
    score: float
    max_score: float
    late_penalty: float = 0.0
    attention: str = ""
    functions: list[Function] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """As in feedback.json."""
        functions = [
            {"name": one.name, "score": one.score, "max_score": one.max_score} | asdict(one)
            for one in self.functions
        ]
        return {"schema_version": SCHEMA_VERSION} | asdict(self) | {"functions": functions}


def read_report(notebook: NotebookNode, about_it: dict[str, Any]) -> Report:
    """The report on a notebook whose cells hold the gradebook's scores and comments.

    about_it: resources["nbgrader"], with what nbgrader's GetGrades has put there
    """
    comments = _comments(notebook)
    attention = attention_reason(comments.values())
    findings = {} if attention else notebook.metadata.get("findings", {})
    return Report(
        assignment=about_it["assignment"],
        student=about_it["student"],
        score=about_it["score"],
        max_score=about_it["max_score"],
        late_penalty=about_it["late_penalty"],
        attention=attention,
        functions=[
            _function(name, tests, findings.get(name, []), comments.get(name, ""))
            for name, tests in _tests(notebook).items()
        ],
    )


def heading_of(cell: NotebookNode) -> str:
    """What the first line of a test cell says it is, without the comment sign."""
    return cell.source.partition("\n")[0].lstrip("# ").strip()


def _function(
    name: str, tests: list[Test], findings: list[dict[str, Any]], comment: str
) -> Function:
    comment = "" if comment == NO_RESPONSE or attention_reason([comment]) else comment
    function = Function(name, tests, comment=comment)
    if function.state == "all" or not findings:
        return function
    first = {key: findings[0][key] for key in SHOWN}
    return Function(name, tests, first, len(findings) - 1, comment)


def _tests(notebook: NotebookNode) -> dict[str, list[Test]]:
    tests: dict[str, list[Test]] = {}
    for cell in filter(is_grade, notebook.cells):
        tests.setdefault(tested_function(grade_id_of(cell)), []).append(_test(cell))
    return tests


def _test(cell: NotebookNode) -> Test:
    kind, _, idea = heading_of(cell).partition(": ")
    visible = kind.startswith("Visible")
    score, maximum = float(about(cell)["score"]), float(about(cell)["points"])
    said = "" if visible or score >= maximum else _said(cell)
    return Test(
        grade_id_of(cell), idea or _plain_idea(cell, visible), score, maximum, visible, said
    )


def _plain_idea(cell: NotebookNode, visible: bool) -> str:
    if visible:
        return "The check that you can run yourself."
    return "Your answer." if is_solution(cell) else grade_id_of(cell).partition("-")[2]


def _said(cell: NotebookNode) -> str:
    """What a failed test says itself; what was found out besides stands in the finding."""
    errors = [output.evalue for output in cell.get("outputs", []) if output.output_type == "error"]
    return errors[-1].partition("\n")[0][:LONGEST] if errors else ""


def _comments(notebook: NotebookNode) -> dict[str, str]:
    """What instructors, or the grader, wrote to solution cells, by the function that the cell asks for."""
    comments = {}
    for cell in notebook.cells:
        if words := about(cell).get("comment"):
            graded = GRADED.search(cell.source)
            comments[graded[1] if graded else tested_function(grade_id_of(cell))] = str(words)
    return comments


def _state(score: float, maximum: float) -> str:
    if score >= maximum:
        return "all"
    return "some" if score > 0 else "none"
