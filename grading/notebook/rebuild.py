"""Rebuild a submission from the released notebook: step 1 of a submission's way.

From the submission come only the text of the cells that students may edit and the students' own extra cells, in
place. All else, metadata and tags and ids and locked cells included, is the release's.
"""

from collections import Counter

import nbformat
from nbformat import NotebookNode

from grading.notebook.cells import grade_id_of, is_locked, is_solution

COPIED = "\n# Grader: this cell was in the submission more than once; this is the last copy, and the one that was graded."
DELETED = "# This cell was missing from the submission."


def rebuild(release: NotebookNode, submission: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """The released notebook with the student's text in the cells that students may edit, and remarks for the instructor.

    Of two copies of a cell the last counts, and a remark in it says so. A solution cell that is missing leaves a
    remark, so that what it should define is not defined.
    """
    origins = _origins(release, submission)
    texts = {key: cell.source for key, cell in zip(origins, submission.cells) if key}
    copies = Counter(origins)
    remarks = []
    extras = _extras(origins, submission)
    cells = list(extras.get("", []))
    for cell in release.cells:
        if not _is_given(cell):
            cell.source = texts.get(_key(cell), DELETED if is_solution(cell) else cell.source)
            if is_solution(cell) and copies[_key(cell)] > 1:
                cell.source += COPIED
                remarks.append(
                    f"{cell.metadata.nbgrader.grade_id}: {copies[_key(cell)]} copies, the last one counted"
                )
        cells += [cell, *extras.get(_key(cell), [])]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:03d}"
    release.cells = cells
    return release, remarks


def restore_tests(notebook: NotebookNode, source: NotebookNode) -> None:
    """Put the text of every locked cell as the instructor wrote it, hidden tests included, into a rebuilt notebook."""
    texts = {_key(cell): cell.source for cell in source.cells if is_locked(cell)}
    for cell in notebook.cells:
        cell.source = texts.get(_key(cell), cell.source)


def _origins(release: NotebookNode, submission: NotebookNode) -> list[str]:
    """For each submitted cell the key of the released one that it is, or "" for the student's own.

    A cell is known by its grade_id, by its id where nbgrader gave it none, or, since some editors drop ids,
    by having the same text.
    """
    keys = {_key(cell) for cell in release.cells}
    texts = {(cell.cell_type, cell.source): _key(cell) for cell in release.cells}
    return [
        _key(cell) if _key(cell) in keys else texts.get((cell.cell_type, cell.source), "")
        for cell in submission.cells
    ]


def _extras(origins: list[str], submission: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The student's own cells, text and kind only, by the released cell that they follow ("": none)."""
    extras: dict[str, list[NotebookNode]] = {}
    before = ""
    for key, cell in zip(origins, submission.cells):
        if key:
            before = key
        else:
            make = (
                nbformat.v4.new_code_cell
                if cell.cell_type == "code"
                else nbformat.v4.new_markdown_cell
            )
            extras.setdefault(before, []).append(make(cell.source))
    return extras


def _key(cell: NotebookNode) -> str:
    return f"grade_id {grade_id_of(cell)}" if grade_id_of(cell) else f"id {cell.get('id')}"


def _is_given(cell: NotebookNode) -> bool:
    """Whether the text is the release's, whatever the student made of it: nbgrader's locked cells, and all prose."""
    return (
        is_locked(cell)
        or (grade_id_of(cell) != "" and not is_solution(cell))
        or cell.cell_type != "code"
    )
