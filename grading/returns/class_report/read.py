"""What a report is made of. One source for each thing:

scores, flags, comments and lateness from the gradebook; findings and students' code from autograded/; notes and times
from the store, which has them only for results of the present grader.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from grading.course import Course
from grading.engine.job import Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.errors import BadNotebook, NotGraded, printable
from grading.gradebook.auto_comments import attention_reason
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import Entry, read_entries
from grading.notebook.cells import code_cells, graded_cells, read_notebook
from grading.pipeline.read_jobs import job_for

HIDDEN = re.compile(r"^# (?:Hidden test|Visible check) \([\d.]+ points?\):? *(.*)")


@dataclass(frozen=True)
class Item:
    """One test. function and idea: the two halves of its id; words: what its first line says of it"""

    id: str
    function: str
    idea: str
    points: float
    words: str


@dataclass
class SubmissionData:
    """One graded submission. findings, code: by function; notes, seconds: of the stored result, if there is one"""

    entry: Entry
    findings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: dict[str, float] | None = None

    @property
    def attention(self) -> str:
        """Why a person must look at it, "" when none must."""
        return attention_reason(automatic for automatic, _ in self.entry.comments)


@dataclass(frozen=True)
class ClassData:
    """A graded class. starters, solutions: code by function, as handed out and as the instructor wrote it

    missing: students who handed in but are not in the gradebook
    """

    name: str
    items: list[Item]
    papers: list[SubmissionData]
    starters: dict[str, str]
    solutions: dict[str, str]
    missing: list[str] = field(default_factory=list)

    @property
    def read(self) -> list[SubmissionData]:
        """The submissions that could be read: those that say something about the tests."""
        return [paper for paper in self.papers if not paper.attention]

    @property
    def most(self) -> float:
        return sum(item.points for item in self.items)


def read_class_data(course: Course, name: str) -> ClassData:
    """Everything about an assignment; NotGraded when the gradebook holds no submission."""
    with open_gradebook(course) as gradebook:
        entries = read_entries(gradebook, name)
    if not entries:
        raise NotGraded(name)
    homes = {
        cell.id: cell.function
        for cell in code_cells(read_notebook(course.release(name)))
        if cell.solution
    }
    papers = [_paper(course, name, entry, homes) for entry in entries]
    items = [
        _item(cell.id, cell.function, cell.points, cell.source)
        for cell in graded_cells(course.source(name))
    ]
    recorded = {entry.student for entry in entries}
    missing = [
        printable(student) for student in course.submissions(name) if student not in recorded
    ]
    return ClassData(
        name, items, papers, _code(course.release(name)), _code(course.source(name)), missing
    )


def _code(path: Any) -> dict[str, str]:
    return {cell.function: cell.source for cell in code_cells(read_notebook(path)) if cell.solution}


def _item(grade_id: str, function: str, points: float, source: str) -> Item:
    first = HIDDEN.match(source)
    idea = grade_id.removeprefix(function).lstrip("-") or grade_id
    return Item(
        grade_id,
        function,
        idea,
        points,
        (first[1] if first else "") or "the example that students see",
    )


def _paper(course: Course, name: str, entry: Entry, homes: dict[str, str]) -> SubmissionData:
    paper = SubmissionData(entry)
    path = course.autograded(entry.student, name)
    if path.is_file():
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise BadNotebook(
                path, f"it is not JSON ({error})", "a graded notebook; run: course grade"
            ) from error
        paper.findings = notebook["metadata"].get("findings", {})
        for cell in notebook["cells"]:
            home = homes.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
            if home:
                paper.code[home] = "".join(cell["source"])
    result = _stored(course, name, entry.student)
    if result:
        paper.notes, paper.seconds = result.notes, result.seconds
    return paper


def _stored(course: Course, name: str, student: str) -> Result | None:
    if not course.submitted(student, name).parent.is_dir():
        return None
    job = job_for(course, name, student, course.sandboxed)
    return ResultCache(course.root, name).get(cache_key(job))
