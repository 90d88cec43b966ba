"""Rebuild a submission from the released notebook: step 1 of a submission's way.

Only two things come from the submission: the text of the cells that students may edit, and the
students' own extra cells, in place. Everything else is the release's: locked cells, metadata, tags
and ids.
"""

import hashlib
from collections import Counter

import nbformat
from nbformat import NotebookNode

from grading.messages import message
from grading.notebook.cells import (
    grade_id_of,
    is_grade,
    is_locked,
    is_solution,
    nbgrader_metadata,
)

MAX_OWN_CELLS = 500  # a student's extra cells that are kept; each takes time to run and to show


def rebuild(release: NotebookNode, submission: NotebookNode) -> tuple[NotebookNode, list[str]]:
    """Put a student's text into the released notebook; returns it with notes for the instructor.

    `release` itself is changed. Of two copies of a cell the last counts, and a comment in it says
    so. A solution cell that is missing becomes a comment, so that nothing defines what it should.
    """
    _give_ids(release)
    origins = _origins(release, submission)
    texts = {key: cell.source for key, cell in zip(origins, submission.cells) if key}
    copies = Counter(origins)
    extras = _extra_cells(origins, submission)
    notes = _note_of_own_cells(copies[""])
    cells = list(extras.get("", []))
    for cell in release.cells:
        key = _key(cell)
        if not _is_text_fixed(cell):
            cell.source = texts.get(key, deleted() if is_solution(cell) else cell.source)
            if is_solution(cell) and copies[key] > 1:
                cell.source += copied()
                notes.append(f"{grade_id_of(cell)}: {copies[key]} copies, the last one counted")
        cells += [cell, *extras.get(key, [])]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number:03d}"
    release.cells = cells
    return release, notes


def _give_ids(release: NotebookNode) -> None:
    """Name the cells of a notebook in a format before 4.5, in which cells have no ids."""
    release.nbformat_minor = max(release.nbformat_minor, 5)
    for number, cell in enumerate(release.cells):
        cell.setdefault("id", f"released-{number}")


def copied() -> str:
    """The comment at the end of a solution cell of which there were several copies."""
    return f"\n# {message('rebuilt.copied')}"


def deleted() -> str:
    """What stands in the place of a solution cell that is missing."""
    return f"# {message('rebuilt.deleted')}"


def restore_tests(notebook: NotebookNode, source: NotebookNode) -> None:
    """Give the locked cells of a rebuilt notebook the text of the source, hidden tests included."""
    texts = {_key(cell): cell.source for cell in source.cells if is_locked(cell)}
    for cell in notebook.cells:
        cell.source = texts.get(_key(cell), cell.source)
        if is_locked(cell):
            nbgrader_metadata(cell)["checksum"] = _checksum(cell)


def _checksum(cell: NotebookNode) -> str:
    """What nbgrader knows an unchanged cell by; its own function takes a second to import."""
    kinds = [is_grade(cell), is_solution(cell), is_locked(cell)]
    parts = [cell.source, cell.cell_type, *map(str, kinds), grade_id_of(cell)]
    if is_grade(cell):
        parts.append(str(float(nbgrader_metadata(cell)["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _origins(release: NotebookNode, submission: NotebookNode) -> list[str]:
    """For each submitted cell the key of the released cell that it is, or "" for an extra one.

    A cell is recognized by its grade_id, by its id where nbgrader gave it no grade_id, or, since
    some editors drop ids, by its unchanged text.
    """
    keys = {_key(cell) for cell in release.cells}
    keys_by_text = {(cell.cell_type, cell.source): _key(cell) for cell in release.cells}
    return [
        _key(cell) if _key(cell) in keys else keys_by_text.get((cell.cell_type, cell.source), "")
        for cell in submission.cells
    ]


def _extra_cells(origins: list[str], submission: NotebookNode) -> dict[str, list[NotebookNode]]:
    """The student's own cells, text and kind only, by the key of the released cell before them.

    The key is "" for cells that come before all released ones. At most MAX_OWN_CELLS are kept.
    """
    extras: dict[str, list[NotebookNode]] = {}
    before = ""
    room = MAX_OWN_CELLS
    for key, cell in zip(origins, submission.cells):
        if key:
            before = key
        elif room > 0:
            room -= 1
            is_code = cell.cell_type == "code"
            make = nbformat.v4.new_code_cell if is_code else nbformat.v4.new_markdown_cell
            extras.setdefault(before, []).append(make(cell.source))
    return extras


def _note_of_own_cells(count: int) -> list[str]:
    rest = count - MAX_OWN_CELLS
    kept = f"of {count:,} cells of the student's own the last {rest:,} were left out"
    return [f"{kept}: at most {MAX_OWN_CELLS} are run"] if rest > 0 else []


def _key(cell: NotebookNode) -> str:
    return f"grade_id {grade_id_of(cell)}" if grade_id_of(cell) else f"id {cell.get('id')}"


def _is_text_fixed(cell: NotebookNode) -> bool:
    """Whether the text stays the release's: in cells that nbgrader locks, and in all prose."""
    return (
        is_locked(cell)
        or (grade_id_of(cell) != "" and not is_solution(cell))
        or cell.cell_type != "code"
    )
