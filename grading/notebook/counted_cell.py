"""Which of several cells counted for a function, where a student may take another one for it."""

import ast
import re
import warnings

from nbformat import NotebookNode

from course_utils.messages import Message
from grading.messages import message
from grading.notebook.cells import (
    grade_id_of,
    is_demo,
    is_grade,
    is_locked,
    is_solution,
    tested_function,
)
from grading.notebook.rebuild import copied

LONGEST_READ = 50_000  # characters of a cell that are parsed


def counted_cell_notes(
    notebook: NotebookNode, grade_id: str, function: str, starter: str
) -> list[Message]:
    """Sentences on which cell counted; none where there was one only.

    notebook: as rebuilt; grade_id: of the function's solution cell; starter: its text as released
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    own = next((i for i, cell in enumerate(cells) if grade_id_of(cell) == grade_id), None)
    if own is None:
        return []
    notes = _copy_notes(cells[own].source, starter)
    later = [i for i, cell in enumerate(cells) if i > own and _defines(cell, function)]
    first_test = next((i for i, cell in enumerate(cells) if _tests(cell, function)), len(cells))
    before_tests = [i for i in later if i < first_test]
    if later:
        again = before_tests[-1] if before_tests else later[-1]
        notes.append(_note_on_another(cells[again], function, in_time=bool(before_tests)))
    return notes


def _copy_notes(source: str, starter: str) -> list[Message]:
    if not source.endswith(copied()):
        return []
    is_as_released = source.removesuffix(copied()) == starter
    return [message("counted.copy_as_released" if is_as_released else "counted.copy")]


def _note_on_another(cell: NotebookNode, function: str, in_time: bool) -> Message:
    """The sentence on another cell that defines the function. in_time: whether before its tests"""
    grade_id, too_late = grade_id_of(cell), "" if in_time else "_too_late"
    if grade_id:
        return message(f"counted.solution_cell{too_late}", name=function, cell=grade_id)
    return message(f"counted.own_cell{too_late}", name=function)


def _tests(cell: NotebookNode, function: str) -> bool:
    is_test = is_grade(cell) and not is_solution(cell)
    return is_test and tested_function(grade_id_of(cell)) == function


def _defines(cell: NotebookNode, name: str) -> bool:
    """Whether a cell that is run, and that the student wrote, binds the name at its top level."""
    source = cell.source
    if is_locked(cell) or is_demo(cell) or name not in source or len(source) > LONGEST_READ:
        return False
    return any(name in _names_bound(statement) for statement in _statements(source))


def _statements(source: str) -> list[ast.stmt]:
    """The statements of a cell; none where it is no Python. What Python warns of is not shown."""
    with warnings.catch_warnings(action="ignore"):
        try:
            return ast.parse(_without_magics(source)).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return []


def _without_magics(source: str) -> str:
    """The lines that are plain Python: `%matplotlib inline` and `!ls` define no function."""
    return re.sub(r"^[ \t]*[%!].*$", "", source, flags=re.MULTILINE)


def _names_bound(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    if isinstance(statement, ast.Assign):
        return {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return set()
