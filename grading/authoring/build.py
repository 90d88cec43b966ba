"""From text to release: notebooks/NAME.py -> source/NAME/NAME.ipynb -> release/NAME/NAME.ipynb."""

import jupytext
import nbformat
from nbformat import NotebookNode

from grading.course import Course
from grading.errors import BadNotebook, ReleaseFailed, last_words
from grading.gradebook.connection import open_gradebook
from grading.gradebook.sync_cells import CellSync, sync_cells
from grading.notebook.cells import code_cells

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
FULL_MARKS = 100


def build(course: Course, name: str) -> CellSync | None:
    """Write the source notebook from its text, then let nbgrader make the release and fill the gradebook.

    Returns what was done to the cells of a gradebook that has submissions already.
    """
    build_source(course, name)
    return build_release(course, name)


def build_source(course: Course, name: str) -> None:
    """Write source/NAME/NAME.ipynb, without outputs, byte for byte the same from the same text."""
    notebook = source_from_text(course.text(name).read_text(encoding="utf-8"))
    _require_full_marks(course, name, notebook)
    path = course.source(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def source_from_text(text: str) -> NotebookNode:
    """The notebook of a percent-format text, with cell ids that do not change from build to build."""
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:03d}"
    return nbformat.from_dict({**notebook, "nbformat": 4, "nbformat_minor": 5})


def build_release(course: Course, name: str) -> CellSync | None:
    """Bring the gradebook's cells up to date where nbgrader would refuse to, then run nbgrader's generate_assignment; when it fails, ReleaseFailed, and the old release stays."""
    path = course.release(name)
    before = path.read_bytes() if path.is_file() else None
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(name)
    done = sync_cells(course, name)
    result = course.api.generate_assignment(name, force=True, create=True)
    if not result["success"]:
        if before is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(before)
        raise ReleaseFailed(name, last_words(result))
    return done


def _require_full_marks(course: Course, name: str, notebook: NotebookNode) -> None:
    points = sum(cell.points for cell in code_cells(notebook))
    if points != FULL_MARKS:
        raise BadNotebook(
            course.text(name), f"its test cells add up to {points:g} points", f"{FULL_MARKS}"
        )
