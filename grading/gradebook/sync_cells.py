"""Tests that change after submissions are in: the gradebook's cells follow the source notebook.

nbgrader refuses to build a release whose cells are not those of the gradebook once there are
submissions. So what it would refuse is done here first, in one transaction: new cells are added,
and cells that are gone are removed with their grades and comments. What was there is kept in files
before anything changes.
"""

from dataclasses import dataclass
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
from nbgrader.utils import is_locked
from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import Session

from grading.course import Course
from grading.engine.result_cache import ResultCache
from grading.gradebook.backup import back_up
from grading.gradebook.cell_tables import CellTables
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import read_marks, read_points, read_sources
from grading.gradebook.regrade_log import GradedCells, RegradeLog
from grading.notebook.cells import grade_id_of, read_notebook

# the tables that hold rows of every submission for a cell, by the kind of cell
SUBMITTED: dict[Any, tuple[Any, ...]] = {
    GradeCell: (Grade,),
    SolutionCell: (Comment,),
    TaskCell: (Grade, Comment),
}


@dataclass(frozen=True)
class CellSync:
    """What was changed in the gradebook.

    gone, new: grade_ids of the cells removed and added; kept: the files that hold the earlier state
    """

    gone: tuple[str, ...]
    new: tuple[str, ...]
    kept: tuple[Path, ...]

    def __str__(self) -> str:
        counts = [
            f"{len(names)} cells {change} ({', '.join(names)})"
            for names, change in ((self.new, "new"), (self.gone, "gone"))
            if names
        ]
        files = " and ".join(path.name for path in self.kept)
        return f"{'; '.join(counts) or 'points changed'}; what was before is kept in {files}"


def sync_cells(course: Course, name: str) -> CellSync | None:
    """Make the gradebook's cells those of the source notebook; None where nothing had to be kept.

    Whatever changes in the tests, the marks of the class are kept first, so that `course grade` can
    report the scores that change.
    """
    with open_gradebook(course) as gradebook:
        try:
            notebook = gradebook.find_notebook(name, name)
        except MissingEntry:
            return None
        if not gradebook.db.execute(_submitted_ids(notebook).limit(1)).first():
            return None
        cache = ResultCache(course.root, name)
        with cache.locked(
            lambda: print(f"a run is grading {name}; waiting for it to end ...", flush=True)
        ):
            return _sync(course, name, gradebook.db(), notebook, cache.folder)


def _sync(
    course: Course, name: str, db: Session, notebook: Notebook, folder: Path
) -> CellSync | None:
    tables = CellTables.read(db, notebook.id, read_notebook(course.source(name)))
    old = GradedCells.of(read_points(db, notebook.id), read_sources(db, notebook.id))
    if tables.agree and old == tables.tests:
        return None
    _log_marks(db, notebook, old, folder)
    if tables.agree and old.points == tables.tests.points:
        return None  # only texts of tests changed, and nbgrader takes those by itself
    removed = [tables.rows[kind][cell] for kind in SUBMITTED for cell in tables.gone[kind]]
    kept = back_up(course, name, db, removed)
    _remove(db, tables)
    _add(db, notebook, tables)
    db.commit()
    return CellSync(_names(tables.gone), _names(tables.new), tuple(kept))


def _names(by_kind: dict[Any, list[str]]) -> tuple[str, ...]:
    return tuple(sorted({name for names in by_kind.values() for name in names}))


def _submitted_ids(notebook: Notebook) -> Select:
    """The ids of the rows of all submissions of a notebook."""
    return select(SubmittedNotebook.id).where(SubmittedNotebook.notebook_id == notebook.id)


def _log_marks(db: Session, notebook: Notebook, tests: GradedCells, folder: Path) -> None:
    """Keep the marks of the whole class for `course grade`."""
    log = RegradeLog.read(folder)
    log.keep_tests(tests)
    for student, marks in read_marks(db, notebook.assignment_id).items():
        log.keep_marks(student, marks)


def _remove(db: Session, tables: CellTables) -> None:
    """Remove the cells that are gone, with the rows of every submission for them."""
    for kind, submitted in SUBMITTED.items():
        ids = [tables.rows[kind][name] for name in tables.gone[kind]]
        for table in submitted:
            db.execute(delete(table).where(table.cell_id.in_(ids)))
        # nbgrader keeps such a cell in two tables, one of its kind and one of all cells.
        for part in (kind.__table__, BaseCell.__table__):
            db.execute(delete(part).where(part.c.id.in_(ids)))
    sources = [tables.rows[SourceCell][name] for name in tables.gone[SourceCell]]
    db.execute(delete(SourceCell).where(SourceCell.id.in_(sources)))


def _add(db: Session, notebook: Notebook, tables: CellTables) -> None:
    """Add the new cells, and for every submission the empty rows that nbgrader makes with it."""
    submitted = db.execute(_submitted_ids(notebook)).scalars().all()
    for kind, names in tables.new.items():
        for name in names:
            row = _cell_row(kind, notebook, tables.cells[kind][name])
            db.add(row)
            db.flush()
            for table in SUBMITTED.get(kind, ()):
                rows = [
                    {"id": new_uuid(), "cell_id": row.id, "notebook_id": notebook_id}
                    for notebook_id in submitted
                ]
                db.execute(insert(table), rows)


def _cell_row(kind: Any, notebook: Notebook, cell: NotebookNode) -> Any:
    values: dict[str, Any] = {"name": grade_id_of(cell), "notebook_id": notebook.id}
    if kind in (GradeCell, TaskCell):
        values |= {"max_score": float(cell.metadata.nbgrader.points), "cell_type": cell.cell_type}
    if kind is SourceCell:
        values |= {"cell_type": cell.cell_type, "locked": is_locked(cell), "source": cell.source}
    return kind(**values)
