"""A small assignment, and submissions to it: one function, `double`, and demonstrations."""

from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from grading.engine.engine import grade_here
from grading.engine.job import Job
from grading.isolation.limits import Limits

SOLUTION = "# GRADED FUNCTION: double\ndef double(x):\n    return 2 * x\n"
TEST = "assert double(2.5) == 5 and double(-1) == -2"


@dataclass
class Cell:
    """A cell of the assignment. kind: locked, demo, solution, test or, a student's own, extra"""

    kind: str
    source: str
    metadata: dict[str, Any] = field(default_factory=dict)


def _metadata(kind: str, number: int) -> dict[str, Any]:
    if kind == "extra":
        return {}
    if kind == "demo":
        return {"tags": ["demo"]}
    about = {
        "grade_id": "double-values" if kind == "test" else f"{kind}-{number}",
        "points": 1 if kind == "test" else 0,
        "schema_version": 3,
        "grade": kind == "test",
        "solution": kind == "solution",
        "locked": kind != "solution",
        "task": False,
    }
    return {"nbgrader": about}


def notebook(cells: list[Cell]) -> bytes:
    """The cells as a notebook; ids are those of the released ones."""
    nodes, number = [], 0
    for cell in cells:
        node = new_code_cell(cell.source, metadata=_metadata(cell.kind, number))
        node.id = f"extra-{len(nodes)}" if cell.kind == "extra" else f"cell-{number}"
        number += cell.kind != "extra"
        nodes.append(node)
    return nbformat.writes(new_notebook(cells=nodes)).encode()


def job(cells: list[Cell], released: list[Cell] | None = None, **fields: Any) -> Job:
    """A submission: the cells as the student handed them in, solution and extras included.

    released: the cells of the assignment, None for the same ones; its solution is the right one
    """
    source = [
        Cell("solution", SOLUTION) if cell.kind == "solution" else cell
        for cell in released or cells
        if cell.kind != "extra"
    ]
    assignment = notebook(source)
    limits = fields.pop("limits", Limits(cell_seconds=10, submission_seconds=40))
    return Job("small", assignment, assignment, notebook(cells), limits=limits, **fields)


def points(cells: list[Cell], **fields: Any) -> float | None:
    return grade_here(job(cells, **fields)).scores["double-values"]
