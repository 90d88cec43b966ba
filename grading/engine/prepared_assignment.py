"""An assignment as the test process needs it: read once, used for every submission."""

import ast
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_utils.messages import DEFAULT_LANGUAGE, in_language, language
from grading.diagnosis import MistakeMatcher, matchers_of
from grading.engine.course_modules import CourseModules
from grading.engine.job import Job
from grading.engine.test_cell import Namespace, TestCell, names_made
from grading.notebook.cells import (
    code_cells,
    definitions,
    grade_id_of,
    is_demo,
    is_grade,
    is_locked,
    is_solution,
    language_of,
    run_cells,
)


@dataclass
class PreparedAssignment:
    """What is the same for every submission: reference solutions, and the instructor's cells.

    language: in which its students read findings and messages
    source: the instructor's notebook; release: the students', as JSON with every text in one piece
    starters: the text of the solution cells as released, by grade_id
    solutions: the reference solutions, by name
    solution_cells: the grade_id of the cell that defines it, by name of what students define
    namespace: of the test cells, with what the locked cells define
    cells: the test cells, by grade_id, and the locked cells that cannot run before the student's
    matchers: for the graded functions that have known mistakes, by function
    modules: what the instructor's cells may import besides what is installed
    demo_names: the names that each released demo cell gives a meaning, by its text
    """

    source: NotebookNode
    release: str
    starters: dict[str, str]
    solutions: dict[str, Any]
    solution_cells: dict[str, str]
    namespace: Namespace = field(default_factory=lambda: {"__name__": "__main__"})
    cells: dict[str, TestCell] = field(default_factory=dict)
    matchers: dict[str, MistakeMatcher] = field(default_factory=dict)
    modules: CourseModules = field(default_factory=lambda: CourseModules({}))
    demo_names: dict[str, frozenset[str]] = field(default_factory=dict)
    language: str = DEFAULT_LANGUAGE

    @classmethod
    def read(cls, job: Job) -> "PreparedAssignment":
        """From a job's notebooks; CellFailed when a solution does not run."""
        modules = CourseModules(job.modules)
        source = nbformat.reads(job.source.decode(), as_version=4)
        with modules.importable(), in_language(language_of(source)):
            return cls._read(job, source, modules)

    @classmethod
    def _read(cls, job: Job, source: NotebookNode, modules: CourseModules) -> "PreparedAssignment":
        release = nbformat.reads(job.release.decode(), as_version=4)
        solutions = run_cells(definitions(code_cells(source)), Path(f"{job.name}.ipynb"))
        assignment = cls(
            source=source,
            release=json.dumps(release),
            starters={
                grade_id_of(cell): cell.source for cell in filter(is_solution, release.cells)
            },
            solutions=solutions,
            solution_cells=_solution_cells(source),
            modules=modules,
            language=language(),
            demo_names={cell.source: names_made(cell.source) for cell in _demo_cells(release)},
        )
        for cell in source.cells:
            if cell.cell_type == "code" and is_locked(cell):
                assignment._add_cell(TestCell(cell.source, grade_id_of(cell)), is_grade(cell))
        assignment.matchers = matchers_of(code_cells(source), solutions)
        return assignment

    def new_notebook(self) -> NotebookNode:
        """A copy of the released notebook, to put a student's text into."""
        return nbformat.from_dict(json.loads(self.release))

    def _add_cell(self, cell: TestCell, is_test: bool) -> None:
        """Keep a cell to run for each submission, or run it now, once for all."""
        if is_test:
            cell.prepare()
        if is_test or not cell.run(self.namespace, lambda output: None).ok:
            self.cells[cell.grade_id] = cell


_assignments: dict[bytes, PreparedAssignment] = {}


def prepared_assignment(job: Job) -> PreparedAssignment:
    """A job's assignment, read once in a process and whatever is forked from it."""
    if job.assignment not in _assignments:
        _assignments[job.assignment] = PreparedAssignment.read(job)
    return _assignments[job.assignment]


def _demo_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and is_demo(cell)]


def _solution_cells(source: NotebookNode) -> dict[str, str]:
    """The names that solution cells define at their top level, each with its cell's grade_id."""
    found: dict[str, str] = {}
    for cell in source.cells:
        if cell.cell_type == "code" and is_solution(cell):
            for node in ast.parse(cell.source).body:
                found |= dict.fromkeys(_names_defined_by(node), grade_id_of(cell))
    return found


def _names_defined_by(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]
