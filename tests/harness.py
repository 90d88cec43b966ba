"""The real source notebooks: their cells, their secrets, and their tests run in this process.

Only for code that we trust: nothing here protects the grader from what it runs.
"""

import contextlib
import functools
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any

import numpy as np

from grading.course import Course
from grading.notebook.cells import Cell, code_cells, definitions, read_notebook, run_cells

COURSE = Course.here()
ROOT = COURSE.root


def copy_course(folder: Path) -> Course:
    """A course of its own in `folder`: the notebooks and settings, no gradebook or submissions."""
    for name in ("notebooks", "source", "release"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    return Course.at(folder)


@functools.cache
def cells_of(assignment: str) -> tuple[Cell, ...]:
    """The code cells of the source notebook, demonstrations left out."""
    path = COURSE.source(assignment)
    return tuple(cell for cell in code_cells(read_notebook(path)) if not cell.demo)


@functools.cache
def assignment_of(function: str) -> str:
    """The assignment that asks for a function."""
    return next(
        name
        for name in COURSE.assignments
        for cell in cells_of(name)
        if cell.solution and cell.function == function
    )


@functools.cache
def solution(function: str) -> Callable:
    """A graded function as the source notebook solves it."""
    assignment = assignment_of(function)
    cells = definitions(list(cells_of(assignment)))
    unmarked = [Cell(cell.source, cell.id) for cell in cells]
    return run_cells(unmarked, COURSE.source(assignment))[function]


def lost_cells(function: str, code: str) -> list[str]:
    """Ids of the test cells that fail when the solution of `function` is replaced by `code`."""
    assignment = assignment_of(function)
    lost = []
    namespace = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        for cell in cells_of(assignment):
            source = code if cell.solution and cell.function == function else cell.source
            if not _runs(_compiled(source), namespace) and cell.grade:
                lost.append(cell.id)
    return lost


def secret_lines(name):
    """Lines of solutions and hidden tests, as they stand in the source notebook."""
    secret = set()
    for cell in code_cells(read_notebook(COURSE.source(name))):
        for kind in ("SOLUTION", "HIDDEN TESTS"):
            for region in re.findall(
                rf"### BEGIN {kind}\n(.*?)### END {kind}", cell.source, re.DOTALL
            ):
                region = region.split("### STARTER")[0]
                secret |= {line.strip() for line in region.split("\n") if len(line.strip()) > 12}
    return secret


def lost_marks(function: str, code: str) -> list[str]:
    """Like `lost_cells`, but only the function's own tests run, with all other exercises solved."""
    lost = []
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        namespace = dict(_solved(assignment_of(function)))
        if not _runs(_compiled(code), namespace):
            del namespace[function]
        for cell in cells_of(assignment_of(function)):
            if (
                cell.grade
                and cell.function == function
                and not _runs(_compiled(cell.source), namespace)
            ):
                lost.append(cell.id)
    return lost


def _runs(code: CodeType, namespace: dict[str, Any]) -> bool:
    try:
        exec(code, namespace)
    except Exception:
        return False
    return True


@functools.cache
def _solved(assignment: str) -> dict[str, Any]:
    """What the notebook defines above its tests, with the solutions in it."""
    return run_cells(definitions(list(cells_of(assignment))), COURSE.source(assignment))


@functools.cache
def _compiled(source: str) -> CodeType:
    return compile(source, "<cell>", "exec")
