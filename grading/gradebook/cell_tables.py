"""The cells of the gradebook beside those of a notebook: gone, new, or worth other points.

`course build` brings the gradebook in line with the source notebook (see sync_cells.py). Before
anything is graded, `require_same_cells` checks that this was done: a test that the gradebook does
not know under its name would give nobody a point, without a word.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, GradeCell, MissingEntry, SolutionCell, SourceCell, TaskCell
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from sqlalchemy import select
from sqlalchemy.orm import Session

from grading.errors import CellsDiffer, NotReleased, OtherNotebook
from grading.gradebook.queries import read_points
from grading.gradebook.regrade_log import GradedCells
from grading.notebook.cells import grade_id_of


def _is_kept(cell: NotebookNode) -> bool:
    """Whether nbgrader keeps the text of a cell."""
    return is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)


# nbgrader's kinds of cells, each with the test by which it chooses the cells of a notebook
KINDS: dict[Any, Callable[[NotebookNode], bool]] = {
    GradeCell: is_grade,
    SolutionCell: is_solution,
    TaskCell: is_task,
    SourceCell: _is_kept,
}
KIND_NAMES = {
    GradeCell: "test",
    SolutionCell: "solution",
    TaskCell: "task",
    SourceCell: "locked or graded cell",
}


@dataclass(frozen=True)
class CellTables:
    """The cells of the gradebook and those of a notebook, by kind and grade_id.

    rows: the ids of the gradebook's rows; cells: the notebook's cells
    """

    rows: dict[Any, dict[str, str]]
    cells: dict[Any, dict[str, NotebookNode]]

    @classmethod
    def read(cls, db: Session, notebook_id: str, notebook: NotebookNode) -> "CellTables":
        """notebook_id: the id of the gradebook's row; notebook: the one to compare with it"""
        rows: dict[Any, dict[str, str]] = {}
        for kind in KINDS:
            query = select(kind.name, kind.id).where(kind.notebook_id == notebook_id)
            rows[kind] = {name: row for name, row in db.execute(query)}
        named = [cell for cell in notebook.cells if grade_id_of(cell)]
        cells = {
            kind: {grade_id_of(cell): cell for cell in named if is_of_kind(cell)}
            for kind, is_of_kind in KINDS.items()
        }
        return cls(rows, cells)

    @cached_property
    def gone(self) -> dict[Any, list[str]]:
        """grade_ids of the cells that only the gradebook has, by kind."""
        return {kind: sorted(set(self.rows[kind]) - set(self.cells[kind])) for kind in KINDS}

    @cached_property
    def new(self) -> dict[Any, list[str]]:
        """grade_ids of the cells that only the notebook has, by kind."""
        return {kind: sorted(set(self.cells[kind]) - set(self.rows[kind])) for kind in KINDS}

    @property
    def agree(self) -> bool:
        """Whether gradebook and notebook have the same cells."""
        return not any(self.gone[kind] or self.new[kind] for kind in KINDS)

    @property
    def points(self) -> dict[str, float]:
        """What every graded cell of the notebook is worth, by grade_id."""
        cells = self.cells[GradeCell] | self.cells[TaskCell]
        return {name: float(cell.metadata.nbgrader.points) for name, cell in cells.items()}

    @property
    def tests(self) -> GradedCells:
        """The tests of the notebook."""
        cells = self.cells[GradeCell] | self.cells[TaskCell]
        return GradedCells.of(self.points, {name: cell.source for name, cell in cells.items()})


def notebook_id_of(gradebook: Gradebook, name: str, notebook: str = "") -> str:
    """The id of the row of an assignment's notebook.

    notebook: its name; the one that bears the assignment's name unless another is given
    NotReleased where the gradebook lacks the assignment, OtherNotebook where it knows the
    assignment with other notebooks only.
    """
    try:
        notebooks = gradebook.find_assignment(name).notebooks
    except MissingEntry:
        raise NotReleased(name) from None
    ids = {row.name: row.id for row in notebooks}
    if not ids:
        raise NotReleased(name)
    if (notebook or name) not in ids:
        raise OtherNotebook(name, sorted(ids))
    return ids[notebook or name]


def require_same_cells(
    gradebook: Gradebook, name: str, files: Mapping[Path, NotebookNode], notebook: str = ""
) -> None:
    """CellsDiffer where the gradebook and a notebook differ in cells, their kinds or points.

    files: the source notebook and the released one, by path
    notebook: its name, if that is not the assignment's
    """
    row, db = notebook_id_of(gradebook, name, notebook), gradebook.db()
    points = read_points(db, row)
    for path, content in files.items():
        tables = CellTables.read(db, row, content)
        if differences := list(_differences(tables, points)):
            raise CellsDiffer(name, path, differences)


def _differences(tables: CellTables, points: dict[str, float]) -> Iterator[str]:
    """What differs, each as words; a cell is named once. points: of the gradebook's cells"""
    named: set[tuple[str, str]] = set()
    for place, by_kind in (("gradebook", tables.gone), ("notebook", tables.new)):
        for kind, names in by_kind.items():
            for name in names:
                if (place, name) not in named:
                    named.add((place, name))
                    yield f"the {KIND_NAMES[kind]} {name} is in the {place} only"
    for name, worth in tables.points.items():
        if name in points and points[name] != worth:
            yield f"{name} has {points[name]:g} points in the gradebook, {worth:g} in the notebook"
