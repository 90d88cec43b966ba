"""Look through a notebook before it is handed in.

What makes grading impossible is refused; what costs marks, or is put right in grading, is a
warning.
"""

import inspect
import json
from typing import NamedTuple

from course_utils.assignments import points_of
from course_utils.environment import MAX_NOTEBOOK_BYTES
from course_utils.messages import message


class Refused(ValueError):
    """A notebook that cannot be handed in; the message gives the reason.

    Jupyter shows the message without a traceback.
    """

    def _render_traceback_(self):
        return [str(self)]


class NotebookCell(NamedTuple):
    """One cell of the notebook to hand in.

    kind: "code", "markdown" or "raw"; grade_id: nbgrader's name of the cell, or ""
    points: those of a test cell, else 0
    """

    kind: str
    grade_id: str
    text: str
    points: float


def read_cells(path):
    """The notebook's cells, as a list of `NotebookCell`; `Refused` when it cannot be read."""
    if not path.is_file():
        folder = str(path.resolve().parent)
        raise Refused(message("submit.no_file", file=path.name, folder=folder))
    _require_size(path)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:  # ValueError: also when it is not UTF-8
        reason = str(error)
        raise Refused(message("submit.not_json", file=path.name, error=reason)) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Refused(message("submit.no_notebook", file=path.name))
    return [_cell_from_json(cell) for cell in cells]


def warnings_of(cells, assignment):
    """What costs marks, or is put right in grading: a list of `Message`s.

    `Refused` when the cell of an exercise is missing.
    """
    points = points_of(assignment)
    solutions = {
        cell.grade_id: cell.text
        for cell in cells
        if cell.kind == "code" and cell.grade_id in points
    }
    missing = [name for name in points if name not in solutions]
    if len(missing) == len(points):
        raise Refused(message("submit.other_notebook", assignment=assignment))
    if missing:
        raise Refused(message("submit.missing", len(missing), names=", ".join(missing)))
    faults = [_fault_of_solution(name, text) for name, text in solutions.items()]
    return [*_changed_tests(cells, points), *filter(None, faults)]


def unsaved_functions(cells, assignment, namespace):
    """The exercises whose function, as it was run last, is not in the file.

    namespace: {name: value} of all that the notebook has defined
    """
    sources = {name: _source_of(namespace.get(name)) for name in points_of(assignment)}
    return [
        name
        for name, source in sources.items()
        if source and not any(source in cell.text for cell in cells)
    ]


def _require_size(path):
    size = path.stat().st_size
    if size > MAX_NOTEBOOK_BYTES:
        sizes = {"size": size / 1e6, "most": MAX_NOTEBOOK_BYTES / 1e6}
        raise Refused(message("submit.too_large", file=path.name, **sizes))


def _cell_from_json(cell):
    """A `NotebookCell`; the file is the student's, so any value may be of another type."""
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    nbgrader = nbgrader if isinstance(nbgrader, dict) else {}
    source = cell.get("source", "")
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    points = nbgrader.get("points") if nbgrader.get("grade") else 0
    points = points if isinstance(points, int | float) else 0
    return NotebookCell(cell.get("cell_type"), str(nbgrader.get("grade_id", "")), text, points)


def _changed_tests(cells, points):
    """A `Message` for each exercise whose test cells do not add up to its points."""
    for name, expected in points.items():
        # one value for each grade_id: a cell that was copied counts once
        tests = {
            cell.grade_id: cell.points for cell in cells if cell.grade_id.startswith(f"{name}-")
        }
        if sum(tests.values()) != expected:
            yield message("submit.tests_changed", name=name)


def _fault_of_solution(name, text):
    """Why the cell of an exercise cannot define its function, or None."""
    try:
        code = compile(_as_python(text), name, "exec")
    except SyntaxError as error:
        about = {"name": name, "line": error.lineno or 1, "error": error.msg}
        return message("submit.syntax_error", **about)
    return None if name in code.co_names else message("submit.undefined", name=name)


def _as_python(text):
    """A cell's text with IPython's own commands, such as %time, turned into Python."""
    try:
        from IPython.core.inputtransformer2 import TransformerManager
    except ImportError:
        return text
    return TransformerManager().transform_cell(text)


def _source_of(function):
    """The text of a function that was written in a cell, else ""."""
    if not callable(function):
        return ""
    try:
        return inspect.getsource(function).strip()
    except (OSError, TypeError):  # it was not written in a cell
        return ""
