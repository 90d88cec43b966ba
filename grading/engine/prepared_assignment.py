"""An assignment as the test process needs it: read once, used for every submission."""

import ast
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grading.diagnosis import MistakeMatcher
from grading.diagnosis.catalogue import wrong_versions
from grading.engine.job import Job
from grading.engine.test_cell import TestCell
from grading.notebook.cells import (
    code_cells,
    definitions,
    grade_id_of,
    is_grade,
    is_locked,
    is_solution,
    run_cells,
)


@dataclass
class PreparedAssignment:
    """What is the same for every submission: the reference solutions, and the instructor's cells ready to run.

    release: the notebook that students got, as JSON with every text in one piece
    starters: the text of the solution cells as released, by grade_id
    homes: what the solution cells define, with the grade_id of the cell
    names: the namespace of the test cells, with what the locked cells define
    suspects: the known mistakes of the graded functions that have a catalogue, by function
    cells: the test cells by grade_id, and those locked cells that cannot run before the student's have
    """

    source: NotebookNode
    release: str
    starters: dict[str, str]
    solutions: dict[str, Any]
    homes: dict[str, str]
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    cells: dict[str, TestCell] = field(default_factory=dict)
    suspects: dict[str, MistakeMatcher] = field(default_factory=dict)

    @classmethod
    def read(cls, job: Job) -> "PreparedAssignment":
        """From a job's notebooks; CellFailed when a solution does not run."""
        source = nbformat.reads(job.source.decode(), as_version=4)
        release = nbformat.reads(job.release.decode(), as_version=4)
        starters = {grade_id_of(cell): cell.source for cell in release.cells if is_solution(cell)}
        solutions = run_cells(definitions(code_cells(source)), Path(f"{job.name}.ipynb"))
        assignment = cls(source, json.dumps(release), starters, solutions, _solution_names(source))
        for cell in source.cells:
            if cell.cell_type == "code" and is_locked(cell):
                assignment._take(TestCell(cell.source, grade_id_of(cell)), is_grade(cell))
        assignment.suspects = {
            cell.function: MistakeMatcher(cell.function, solutions, cell.source)
            for cell in code_cells(source)
            if cell.solution and wrong_versions(cell.function)
        }
        return assignment

    def blank(self) -> NotebookNode:
        """A copy of the released notebook, to put a student's text into."""
        return nbformat.from_dict(json.loads(self.release))

    def _take(self, cell: TestCell, test: bool) -> None:
        if test:
            cell.prepare()
        if test or not cell.run(self.names, lambda output: None).ok:
            self.cells[cell.name] = cell


_assignments: dict[bytes, PreparedAssignment] = {}


def prepared_assignment(job: Job) -> PreparedAssignment:
    """A job's assignment, read once in a process and whatever is forked from it."""
    if job.assignment not in _assignments:
        _assignments[job.assignment] = PreparedAssignment.read(job)
    return _assignments[job.assignment]


def _solution_names(source: NotebookNode) -> dict[str, str]:
    """What the solution cells define at their top, each with the grade_id of its cell."""
    homes: dict[str, str] = {}
    for cell in source.cells:
        if cell.cell_type == "code" and is_solution(cell):
            for node in ast.parse(cell.source).body:
                targets = node.targets if isinstance(node, ast.Assign) else []
                names = [target.id for target in targets if isinstance(target, ast.Name)]
                if isinstance(node, ast.FunctionDef | ast.ClassDef):
                    names.append(node.name)
                homes |= {name: grade_id_of(cell) for name in names}
    return homes
