"""What a class report is made from. Each thing has one source:

scores, flags, comments and lateness come from the gradebook; findings and students' code from
autograded/; notes and times from the result cache, which has only results of the present grader.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grading.course import Course
from grading.engine.job import Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.errors import BadNotebook, NotGraded, printable
from grading.gradebook.auto_comments import attention_reason
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import RecordedSubmission, read_submissions
from grading.notebook.cells import (
    Cell,
    code_cells,
    graded_cells,
    idea_of_test,
    read_notebook,
)
from grading.notebook.findings import Findings, read_findings
from grading.pipeline.read_jobs import AssignmentFiles


@dataclass(frozen=True)
class Item:
    """One test, in the words of test theory.

    id: the grade_id of its cell; function and idea: the two halves of the id
    description: what the first line of the cell says that it asks
    """

    id: str
    function: str
    idea: str
    points: float
    description: str


@dataclass
class SubmissionData:
    """One graded submission.

    recorded: as the gradebook has it; findings, code: by function
    notes, seconds (by phase): of the stored result, if there is one
    """

    recorded: RecordedSubmission
    findings: Findings = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] | None = None

    @property
    def attention(self) -> str:
        """Why it could not be graded as it is; "" when it could."""
        return attention_reason(automatic for automatic, _ in self.recorded.comments)


@dataclass(frozen=True)
class ClassData:
    """A graded class.

    starters, solutions: code by function, as handed out and as the instructor wrote it
    missing: students who handed in but are not in the gradebook
    """

    name: str
    items: list[Item]
    submissions: list[SubmissionData]
    starters: dict[str, str]
    solutions: dict[str, str]
    missing: list[str] = field(default_factory=list)

    @property
    def readable(self) -> list[SubmissionData]:
        """The submissions that could be read: the others say nothing about the tests."""
        return [submission for submission in self.submissions if not submission.attention]

    @property
    def max_score(self) -> float:
        return sum(item.points for item in self.items)


def read_class_data(course: Course, name: str) -> ClassData:
    """Everything about an assignment; NotGraded when the gradebook holds no submission."""
    with open_gradebook(course) as gradebook:
        submissions = read_submissions(gradebook, name)
    if not submissions:
        raise NotGraded(name)
    students = {recorded.student for recorded in submissions}
    release, source = course.release(name), course.source(name)
    files = AssignmentFiles.read(course, name)
    functions = {cell.id: cell.function for cell in _solution_cells(release)}
    return ClassData(
        name=name,
        items=[_item(cell) for cell in graded_cells(source)],
        submissions=[
            _submission_data(course, files, recorded, functions) for recorded in submissions
        ],
        starters={cell.function: cell.source for cell in _solution_cells(release)},
        solutions={cell.function: cell.source for cell in _solution_cells(source)},
        missing=[
            printable(student) for student in course.submissions(name) if student not in students
        ],
    )


def _solution_cells(path: Path) -> list[Cell]:
    return [cell for cell in code_cells(read_notebook(path)) if cell.solution]


def _item(cell: Cell) -> Item:
    return Item(
        id=cell.id,
        function=cell.function,
        idea=cell.id.removeprefix(cell.function).lstrip("-") or cell.id,
        points=cell.points,
        description=idea_of_test(cell.source) or "the example that students see",
    )


def _submission_data(
    course: Course,
    files: AssignmentFiles,
    recorded: RecordedSubmission,
    functions: dict[str, str],
) -> SubmissionData:
    """functions: which function a solution cell asks for, by grade_id"""
    submission = SubmissionData(recorded)
    path = course.autograded(recorded.student, files.name)
    if path.is_file():
        notebook = _read_graded(path)
        submission.findings = read_findings(notebook["metadata"])
        for cell in notebook["cells"]:
            function = functions.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
            if function:
                submission.code[function] = "".join(cell["source"])
    result = _stored_result(course, files, recorded.student)
    if result:
        submission.notes, submission.seconds = result.notes, result.seconds
    return submission


def _read_graded(path: Path) -> dict[str, Any]:
    """An autograded notebook as plain JSON: for a large class, nbformat would take far longer."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise BadNotebook(
            path, f"it is not JSON ({error})", "a graded notebook; run: course grade"
        ) from error


def _stored_result(course: Course, files: AssignmentFiles, student: str) -> Result | None:
    folder = course.submitted(student, files.name).parent
    if not folder.is_dir():
        return None
    job = files.job(folder, course.sandboxed)
    return ResultCache(course.root, files.name).get(cache_key(job))
