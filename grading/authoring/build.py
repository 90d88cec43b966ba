"""From text to release: notebooks/NAME.py -> source/NAME/NAME.ipynb -> release/NAME/NAME.ipynb."""

from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode

from course_utils.messages import DEFAULT_LANGUAGE
from grading.authoring.first_cell import install_check
from grading.authoring.translation import ENGLISH, choose_language, require_same_code
from grading.course import Course
from grading.errors import BadNotebook, ReleaseFailed, reason_in_log
from grading.gradebook.connection import open_gradebook
from grading.gradebook.sync_cells import CellSync, sync_cells
from grading.notebook.autotests import refuse_autotests, refuse_empty_tests
from grading.notebook.cells import code_cells

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
FULL_MARKS = 100  # points of every assignment


def build(course: Course, name: str, language: str = DEFAULT_LANGUAGE) -> CellSync | None:
    """Write the source notebook from its text; let nbgrader make the release, fill the gradebook.

    language: of the text, for which `require_translations` asks
    Returns what was done to the cells of a gradebook that has submissions already.
    """
    build_source(course, name, language)
    return build_release(course, name)


def build_source(course: Course, name: str, language: str = DEFAULT_LANGUAGE) -> None:
    """Write source/NAME/NAME.ipynb, without outputs; the same text gives the same bytes.

    BadNotebook when a test cell tests nothing, when their points do not add up to FULL_MARKS, or
    when a translation has other code than the English text.
    """
    text = course.text(name, language)
    notebook = source_from_text(text.read_text(encoding="utf-8"))
    if language != DEFAULT_LANGUAGE:
        english = source_from_text(course.text(name).read_text(encoding="utf-8"))
        require_same_code(text, english, notebook)
        choose_language(notebook, language)
    refuse_autotests(notebook, text)
    refuse_empty_tests(notebook, text)
    _require_full_marks(text, notebook)
    first = next(cell for cell in notebook.cells if cell.cell_type == "code")
    first.source = install_check(course, language) + first.source
    path = course.source(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


def source_from_text(text: str) -> NotebookNode:
    """The notebook of a percent-format text, with the same cell ids in every build."""
    notebook = jupytext.reads(text, fmt="py:percent")
    header = {key: value for key, value in notebook.metadata.items() if key == ENGLISH}
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}} | header
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:03d}"
    return nbformat.from_dict({**notebook, "nbformat": 4, "nbformat_minor": 5})


def build_release(course: Course, name: str) -> CellSync | None:
    """Run nbgrader's generate_assignment; before that, bring the gradebook's cells up to date.

    nbgrader refuses to change the cells of an assignment with submissions; `sync_cells` does so.
    ReleaseFailed when nbgrader fails; then the old release stays.
    Returns what was done to the cells of a gradebook that has submissions already.
    """
    path = course.release(name)
    old_release = path.read_bytes() if path.is_file() else None
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(name)
    synced = sync_cells(course, name)
    result = course.api.generate_assignment(name, force=True, create=True)
    if not result["success"]:
        if old_release is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(old_release)
        command = f"nbgrader generate_assignment {name} --force"
        raise ReleaseFailed(name, reason_in_log(result, command))
    return synced


def _require_full_marks(text: Path, notebook: NotebookNode) -> None:
    points = sum(cell.points for cell in code_cells(notebook))
    if points != FULL_MARKS:
        found = f"its test cells add up to {points:g} points"
        raise BadNotebook(text, found, f"{FULL_MARKS}")
