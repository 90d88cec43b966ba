"""Tests that test nothing, found before a class is graded by them: each gives everyone full points.

nbgrader can make tests from lines such as `### HASHED AUTOTEST f(2)`, by running the solution when
it builds the release. That step is not among ours (hidden tests here compare with stored results,
in a process apart from the student's), so that such a line would stay a comment.
"""

import ast
import re
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode

from grading.errors import BadNotebook
from grading.notebook.cells import grade_id_of, is_grade, is_solution

AUTOTEST = re.compile(r"^[ \t]*#.*?((?:HASHED )?AUTOTEST)", re.MULTILINE)
EXPECTED = (
    'a test that calls the function: `assert f(2) == 4`, or has_values(f, "NAME/group") from '
    "grading.hidden, between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS"
)


def refuse_autotests(notebook: NotebookNode, path: Path) -> None:
    """BadNotebook for the first cell with one of nbgrader's AUTOTEST lines."""
    for cell in _code_cells(notebook):
        if found := AUTOTEST.search(cell.source):
            line = cell.source[: found.start(1)].count("\n") + 1
            raise BadNotebook(
                path,
                f"the cell {_name(cell)} has {found[1]} in line {line}, which is a comment here: "
                "it would test nothing, and give everyone full points",
                EXPECTED,
            )


def refuse_empty_tests(notebook: NotebookNode, path: Path) -> None:
    """BadNotebook for the first test cell without a statement."""
    for cell in _code_cells(notebook):
        if is_grade(cell) and not is_solution(cell) and _is_empty(cell.source):
            found = f"the test cell {_name(cell)} has no statement, and would give full points"
            raise BadNotebook(path, found, EXPECTED)


def _code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _name(cell: NotebookNode) -> str:
    return repr(grade_id_of(cell) or cell.source.strip().partition("\n")[0][:40])


def _is_empty(source: str) -> bool:
    """Whether nothing in a cell can fail: comments, texts and `pass`."""
    try:
        statements = ast.parse(TransformerManager().transform_cell(source)).body
    except SyntaxError:
        return False  # it fails, and is noticed
    return all(
        isinstance(statement, ast.Pass) or _is_constant(statement) for statement in statements
    )


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
