"""Reading a course notebook: which cells define, which test, which only show."""

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grading.errors import BadNotebook, CellFailed

DEMO = "demo"
GRADED = re.compile(r"^# GRADED FUNCTION: (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A code cell and what nbgrader says of it.

    id: the grade_id, or "" for a cell nbgrader does not know
    function: the function it asks for (solution) or tests (grade), or ""
    """

    source: str
    id: str = ""
    function: str = ""
    solution: bool = False
    grade: bool = False
    points: float = 0
    demo: bool = False


def read_notebook(path: Path) -> NotebookNode:
    """A notebook in format 4; BadNotebook when it is none."""
    try:
        return nbformat.read(path, as_version=4)
    except FileNotFoundError as error:
        raise BadNotebook(
            path, "there is no such file", "a Jupyter notebook; run: course build"
        ) from error
    except Exception as error:  # nbformat lets JSON, key and validation errors through
        raise BadNotebook(
            path, f"it cannot be read ({error})", "a Jupyter notebook in format 4"
        ) from error


def code_cells(notebook: NotebookNode) -> list[Cell]:
    """All code cells, in order."""
    return [_cell(cell) for cell in notebook.cells if cell.cell_type == "code"]


def about(cell: NotebookNode) -> dict[str, Any]:
    """What nbgrader's metadata say of a cell; nothing for a cell that it does not know."""
    return cell.metadata.get("nbgrader", {})


def grade_id_of(cell: NotebookNode) -> str:
    """nbgrader's name of a cell, or ""."""
    return about(cell).get("grade_id", "")


# The same questions as in nbgrader.utils, which takes a second to import: the processes that grade do without.


def is_grade(cell: NotebookNode) -> bool:
    """Whether a cell gives points."""
    return bool(about(cell).get("grade"))


def is_solution(cell: NotebookNode) -> bool:
    """Whether a student writes the answer into a cell."""
    return bool(about(cell).get("solution"))


def is_locked(cell: NotebookNode) -> bool:
    """Whether nbgrader puts the instructor's text back into a cell."""
    return not is_solution(cell) and (is_grade(cell) or bool(about(cell).get("locked")))


def is_demo(cell: NotebookNode) -> bool:
    """Whether a cell only shows."""
    return DEMO in cell.metadata.get("tags", [])


def tested_function(grade_id: str) -> str:
    """The function that a test cell is about: its grade_id is "FUNCTION-idea"."""
    return grade_id.partition("-")[0]


def graded_cells(path: Path) -> list[Cell]:
    """Every cell of a source notebook that gives points, in order; those graded by hand as well."""
    cells = [
        _cell(cell)
        for cell in read_notebook(path).cells
        if is_grade(cell) or about(cell).get("task")
    ]
    return [replace(cell, function=cell.function or tested_function(cell.id)) for cell in cells]


def answers(notebook: str) -> list[str]:
    """The text of the code cells that are not the instructor's, of a notebook of our own as text."""
    return [
        "".join(cell["source"])
        for cell in json.loads(notebook)["cells"]
        if cell["cell_type"] == "code" and not _is_ours(cell["metadata"].get("nbgrader", {}))
    ]


def _is_ours(known: dict[str, Any]) -> bool:
    return not known.get("solution") and bool(known.get("grade") or known.get("locked"))


def definitions(cells: list[Cell]) -> list[Cell]:
    """The cells that a test may rely on: all but tests and demonstrations."""
    return [cell for cell in cells if not cell.grade and not cell.demo]


def run_cells(
    cells: list[Cell], path: Path, namespace: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Run cells of our own in one namespace, in this process; CellFailed names the one that raised.

    Not for students' code.
    """
    namespace = {"__name__": "__main__"} if namespace is None else namespace
    for cell in cells:
        try:
            exec(compile(cell.source, f"{path.name}:{cell.id or 'cell'}", "exec"), namespace)
        except Exception as error:
            raise CellFailed(path, cell.id or cell.source[:40], error) from error
    return namespace


def _cell(cell: NotebookNode) -> Cell:
    graded = GRADED.search(cell.source)
    is_test = is_grade(cell) and not is_solution(cell)
    return Cell(
        source=cell.source,
        id=grade_id_of(cell),
        function=tested_function(grade_id_of(cell)) if is_test else (graded[1] if graded else ""),
        solution=is_solution(cell),
        grade=is_test,
        points=float(about(cell).get("points", 0)),
        demo=is_demo(cell),
    )
