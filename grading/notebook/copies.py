"""Notebooks in a submission's folder under other names than the assignment's: what they hold."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from grading.notebook.cells import grade_id_of
from grading.notebook.folder_files import FoundFile, read_beginning
from grading.notebook.submitted_notebook import (
    Unreadable,
    number_of_parts,
    read_submission,
)

MAX_LOOKED_AT = 20  # notebooks under other names
MAX_SIZES_LOOKED_AT = 3  # together, in sizes of the largest notebook that is read
# A parsed notebook may take 30 times its size, and empty cells as long as others. So the parts of
# its JSON are counted before, and only one notebook is parsed at a time, in all threads.
MAX_PARTS = 300_000  # of one notebook: some 100,000 lines
MAX_PARTS_LOOKED_AT = 3 * MAX_PARTS  # of all together
_parsing = threading.Lock()


@dataclass(frozen=True)
class ReleasedCells:
    """By what a notebook of the assignment, and work in it, are recognized.

    grade_ids: of the released cells
    starters: the released text of the solution cells, by grade_id
    """

    grade_ids: frozenset[str]
    starters: Mapping[str, str] = field(default_factory=dict)

    def are_in(self, notebook: NotebookNode) -> bool:
        """Whether a notebook holds more than half of the assignment's cells."""
        held = {grade_id_of(cell) for cell in notebook.cells}
        return 2 * len(held & self.grade_ids) > len(self.grade_ids)

    def have_work(self, notebook: NotebookNode) -> bool:
        """Whether the text of a solution cell is another than the released one."""
        return any(
            cell.source.strip() != self.starters[grade_id_of(cell)].strip()
            for cell in notebook.cells
            if grade_id_of(cell) in self.starters
        )


@dataclass
class Copies:
    """The notebooks under other names.

    of_assignment: those that hold the assignment's cells; with_work: those of them that hold work
    others: those that do not hold the cells, or are no notebooks
    unseen: those that nobody looked at, since they are too large or too many
    parts_left: how many parts may still be parsed
    """

    of_assignment: list[str] = field(default_factory=list)
    with_work: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    parts_left: int = MAX_PARTS_LOOKED_AT


def find_copies(
    folder: Path, files: list[FoundFile], name: str, most_bytes: int, released: ReleasedCells
) -> Copies:
    """Look into notebooks under other names, those first that are named like `name`."""
    copies = Copies()
    notebooks = [file for file in files if file.is_notebook]
    room = MAX_SIZES_LOOKED_AT * most_bytes
    for file in sorted(notebooks, key=lambda file: not Path(file.name).name.startswith(name)):
        is_one_too_many = len(copies.of_assignment) + len(copies.others) >= MAX_LOOKED_AT
        if is_one_too_many or file.size > min(room, most_bytes):
            copies.unseen.append(file.name)
            continue
        room -= file.size
        _look_into(folder, file.name, most_bytes, released, copies)
    return copies


def why_no_work(content: bytes, most_bytes: int, released: ReleasedCells) -> str:
    """How a notebook holds no work: it is "unreadable", "released" or "other"; "" if it holds some.

    Also "" where it is not known what was released, or finding out would take long.
    """
    if not released.starters or number_of_parts(content, MAX_PARTS) > MAX_PARTS:
        return ""
    with _parsing:
        try:
            notebook = read_submission(content, most_bytes)
        except Unreadable:
            return "unreadable"
        if released.have_work(notebook):
            return ""
    return "released" if released.are_in(notebook) else "other"


def _look_into(
    folder: Path, name: str, most_bytes: int, released: ReleasedCells, copies: Copies
) -> None:
    """Put the name of one notebook where it belongs."""
    try:
        content = read_beginning(folder / name, most_bytes)
    except OSError:
        copies.others.append(name)
        return
    most = min(MAX_PARTS, copies.parts_left)
    parts = number_of_parts(content, most)
    if parts > most:
        copies.unseen.append(name)
        return
    copies.parts_left -= parts
    with _parsing:
        try:
            notebook = read_submission(content, most_bytes)
        except Unreadable:
            copies.others.append(name)
            return
        if not released.are_in(notebook):
            copies.others.append(name)
            return
        copies.of_assignment.append(name)
        if released.have_work(notebook):
            copies.with_work.append(name)
