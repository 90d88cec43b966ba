"""Read a notebook of the course: which cells define, which test, which only show.

The predicates on cells take the cells of nbformat as well as plain dictionaries from JSON.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course_utils.messages import DEFAULT_LANGUAGE, in_language, language
from grading.errors import BadNotebook, CellFailed

DEMO = "demo"
FORMAT = "a Jupyter notebook in format 4"
# The first line of a test cell, in any language: "# Hidden test (6 points): what it asks".
TEST_HEADING = re.compile(r"^# *[^:：\n]*[:：] *(.*)")
# The key of a notebook's metadata that names the language of its text; without it, English.
LANGUAGE = "course_language"
GRADED = re.compile(r"^# GRADED FUNCTION: (\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Cell:
    """A code cell and what nbgrader's metadata say about it.

    id: the grade_id, "" for a cell that nbgrader does not know
    function: the function that it asks for (solution) or tests (grade), or ""
    solution: whether a student writes the answer into it; grade: whether it is a test
    points: what a test is worth; demo: whether the cell only shows
    """

    source: str
    id: str = ""
    function: str = ""
    solution: bool = False
    grade: bool = False
    points: float = 0
    demo: bool = False


def read_notebook(path: Path) -> NotebookNode:
    """A notebook in format 4; BadNotebook where the file is none."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise BadNotebook(
            path, "there is no such file", "a Jupyter notebook; run: course build"
        ) from error
    except OSError as error:
        raise BadNotebook(path, f"it cannot be read ({error})", FORMAT) from error
    return parse_notebook(content, path)


def parse_notebook(content: bytes, path: Path) -> NotebookNode:
    """A notebook in format 4 from the content of a file; BadNotebook where it is none."""
    try:
        return nbformat.reads(content.decode(), as_version=4)
    except Exception as error:  # nbformat lets JSON, key and validation errors through
        raise BadNotebook(path, f"it cannot be read ({error})", FORMAT) from error


def language_of(notebook: NotebookNode) -> str:
    """The language of a notebook of the course, such as "en" or "zh_CN"."""
    return str(notebook.metadata.get(LANGUAGE, DEFAULT_LANGUAGE))


def idea_of_test(source: str) -> str:
    """What the first line of a test cell says that the test asks, or ""."""
    heading = TEST_HEADING.match(source)
    return heading[1].strip() if heading else ""


def code_cells(notebook: NotebookNode) -> list[Cell]:
    """All code cells, in order."""
    return [_cell(cell) for cell in notebook.cells if cell.cell_type == "code"]


def nbgrader_metadata(cell: Mapping[str, Any]) -> dict[str, Any]:
    """nbgrader's metadata of a cell; empty for a cell that nbgrader does not know."""
    return cell["metadata"].get("nbgrader", {})


def grade_id_of(cell: Mapping[str, Any]) -> str:
    """nbgrader's name of a cell, or ""."""
    return nbgrader_metadata(cell).get("grade_id", "")


# nbgrader.utils has the same predicates, but takes a second to import. Processes that grade do
# without nbgrader.


def is_grade(cell: Mapping[str, Any]) -> bool:
    """Whether a cell gives points."""
    return bool(nbgrader_metadata(cell).get("grade"))


def is_solution(cell: Mapping[str, Any]) -> bool:
    """Whether a student writes the answer into a cell."""
    return bool(nbgrader_metadata(cell).get("solution"))


def is_locked(cell: Mapping[str, Any]) -> bool:
    """Whether nbgrader puts the instructor's text back into a cell."""
    return not is_solution(cell) and (is_grade(cell) or bool(nbgrader_metadata(cell).get("locked")))


def is_demo(cell: Mapping[str, Any]) -> bool:
    """Whether a cell only shows: a training run or a plot."""
    return DEMO in cell["metadata"].get("tags", [])


def tested_function(grade_id: str) -> str:
    """The function that a test cell is about: its grade_id is "FUNCTION-idea"."""
    return grade_id.partition("-")[0]


def is_visible_check(grade_id: str) -> bool:
    """Whether a test is one that students see and can run: its grade_id is "FUNCTION-check"."""
    return grade_id.partition("-")[2] == "check"


def graded_cells(path: Path) -> list[Cell]:
    """Every cell of a source notebook that gives points, in order; also those graded by hand."""
    cells = [
        _cell(cell)
        for cell in read_notebook(path).cells
        if is_grade(cell) or nbgrader_metadata(cell).get("task")
    ]
    return [replace(cell, function=cell.function or tested_function(cell.id)) for cell in cells]


def student_code(notebook: str) -> list[str]:
    """The text of the code cells that students may edit or added, in order.

    notebook: the JSON of a notebook that was rebuilt or graded here. It is not validated: this is
    done for every submission that is graded again, and nbformat would take ten times as long.
    """
    return [
        "".join(cell["source"])
        for cell in json.loads(notebook)["cells"]
        if cell["cell_type"] == "code" and not is_locked(cell)
    ]


def definitions(cells: list[Cell]) -> list[Cell]:
    """The cells that a test may rely on: all but tests and demonstrations."""
    return [cell for cell in cells if not cell.grade and not cell.demo]


def run_cells(
    cells: list[Cell], path: Path, namespace: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Run cells of the course in one namespace, in this process; returns the namespace.

    CellFailed names the cell that raised. Not for students' code. The language that a cell chooses
    is for students: here it ends with the run.
    """
    namespace = {"__name__": "__main__"} if namespace is None else namespace
    with in_language(language()):
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
        points=float(nbgrader_metadata(cell).get("points", 0)),
        demo=is_demo(cell),
    )
