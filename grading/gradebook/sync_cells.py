"""Tests that change after submissions are in: the gradebook's cells follow the source notebook, and nothing is lost.

nbgrader refuses to build a release whose cells are not those of the gradebook once there are submissions. So what it
would refuse is done first, in one transaction: new cells are added; cells that are gone are removed with their grades and
comments. What was there is kept in files before any of it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import (
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    MissingEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.gradebook.backup import keep
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import read_marks, read_points, read_sources
from grading.gradebook.regrade_log import GradedCells, RegradeLog
from grading.notebook.cells import grade_id_of, read_notebook

BELONGS: dict[Any, Callable[[NotebookNode], bool]] = {
    GradeCell: is_grade,
    SolutionCell: is_solution,
    TaskCell: is_task,
    SourceCell: lambda cell: (
        is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell)
    ),
}
ROWS: dict[Any, tuple[Any, ...]] = {
    GradeCell: (Grade,),
    SolutionCell: (Comment,),
    TaskCell: (Grade, Comment),
}


@dataclass(frozen=True)
class CellSync:
    """What the gradebook was brought to follow. gone, new: grade_ids; kept: the files that hold what was before"""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    kept: tuple[Path, ...]

    def __str__(self) -> str:
        what = [f"{len(names)} cells {word} ({', '.join(names)})"
                for names, word in ((self.new, "new"), (self.gone, "gone")) if names]  # fmt: skip
        files = " and ".join(path.name for path in self.kept)
        return f"{'; '.join(what) or 'points changed'}; what was before is kept in {files}"


@dataclass(frozen=True)
class _Cells:
    """The gradebook's cells and the notebook's. there: ids of rows, wanted: cells; both by kind and grade_id"""

    there: dict[Any, dict[str, str]]
    wanted: dict[Any, dict[str, NotebookNode]]

    @classmethod
    def read(cls, db: Session, notebook: Notebook, source: Path) -> "_Cells":
        there: dict[Any, dict[str, str]] = {}
        for kind in BELONGS:
            query = select(kind.name, kind.id).where(kind.notebook_id == notebook.id)
            there[kind] = {name: row for name, row in db.execute(query)}
        cells = [cell for cell in read_notebook(source).cells if grade_id_of(cell)]
        return cls(there, {
            kind: {grade_id_of(cell): cell for cell in cells if belongs(cell)} for kind, belongs in BELONGS.items()
        })  # fmt: skip

    @cached_property
    def gone(self) -> dict[Any, list[str]]:
        return {kind: sorted(set(self.there[kind]) - set(self.wanted[kind])) for kind in BELONGS}

    @cached_property
    def new(self) -> dict[Any, list[str]]:
        return {kind: sorted(set(self.wanted[kind]) - set(self.there[kind])) for kind in BELONGS}

    @property
    def same(self) -> bool:
        return not any(self.gone[kind] or self.new[kind] for kind in BELONGS)

    @property
    def graded(self) -> GradedCells:
        """The tests of the notebook."""
        cells = self.wanted[GradeCell] | self.wanted[TaskCell]
        points = {name: float(cell.metadata.nbgrader.points) for name, cell in cells.items()}
        return GradedCells.of(points, {name: cell.source for name, cell in cells.items()})


def sync_cells(course: Course, name: str) -> CellSync | None:
    """Bring the gradebook's cells to those of the source notebook; None where nothing had to be kept.

    Whatever changes in the tests, the marks of the class are noted first, so that `course grade` can tell what changed.
    """
    with open_gradebook(course) as gradebook:
        try:
            notebook = gradebook.find_notebook(name, name)
        except MissingEntry:
            return None
        if not gradebook.db.execute(_submissions(notebook).limit(1)).first():
            return None
        store = ResultCache(course.root, name)
        with store.locked(
            lambda: print(f"a run is grading {name}; waiting for it to end ...", flush=True)
        ):
            return _refit(course, name, gradebook.db(), notebook, store.folder)


def _refit(
    course: Course, name: str, db: Session, notebook: Notebook, folder: Path
) -> CellSync | None:
    cells = _Cells.read(db, notebook, course.source(name))
    old, new = (
        GradedCells.of(read_points(db, notebook.id), read_sources(db, notebook.id)),
        cells.graded,
    )
    if cells.same and old == new:
        return None
    _note(db, notebook, old, folder)
    if cells.same and old.points == new.points:
        return None
    kept = keep(
        course, name, db, [cells.there[kind][key] for kind in ROWS for key in cells.gone[kind]]
    )
    _remove(db, cells)
    _add(db, notebook, cells)
    db.commit()
    return CellSync(_names(cells.gone), _names(cells.new), tuple(kept))


def _names(by_kind: dict[Any, list[str]]) -> tuple[str, ...]:
    return tuple(sorted({name for names in by_kind.values() for name in names}))


def _submissions(notebook: Notebook) -> Any:
    return select(SubmittedNotebook.id).where(SubmittedNotebook.notebook_id == notebook.id)


def _note(db: Session, notebook: Notebook, tests: GradedCells, folder: Path) -> None:
    """Keep the marks of the whole class for `course grade`."""
    before = RegradeLog.read(folder)
    before.start(tests)
    for student, marks in read_marks(db, notebook.assignment_id).items():
        before.keep(student, marks)


def _remove(db: Session, cells: _Cells) -> None:
    for kind, tables in ROWS.items():
        rows = [cells.there[kind][name] for name in cells.gone[kind]]
        for table in tables:
            db.execute(delete(table).where(table.cell_id.in_(rows)))
        for part in (kind.__table__, BaseCell.__table__):
            db.execute(delete(part).where(part.c.id.in_(rows)))
    sources = [cells.there[SourceCell][name] for name in cells.gone[SourceCell]]
    db.execute(delete(SourceCell).where(SourceCell.id.in_(sources)))


def _add(db: Session, notebook: Notebook, cells: _Cells) -> None:
    """The cells, and for every submission the empty rows that nbgrader makes with it."""
    submissions = db.execute(_submissions(notebook)).scalars().all()
    for kind, names in cells.new.items():
        for name in names:
            row = _row(kind, notebook, cells.wanted[kind][name])
            db.add(row)
            db.flush()
            for table in ROWS.get(kind, ()):
                rows = [
                    {"id": new_uuid(), "cell_id": row.id, "notebook_id": one} for one in submissions
                ]
                db.execute(insert(table), rows)


def _row(kind: Any, notebook: Notebook, cell: NotebookNode) -> Any:
    values: dict[str, Any] = {"name": grade_id_of(cell), "notebook_id": notebook.id}
    if kind in (GradeCell, TaskCell):
        values |= {"max_score": float(cell.metadata.nbgrader.points), "cell_type": cell.cell_type}
    if kind is SourceCell:
        values |= {"cell_type": cell.cell_type, "locked": is_locked(cell), "source": cell.source}
    return kind(**values)
