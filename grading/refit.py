"""Tests that change after submissions are in: the gradebook's cells follow the source notebook, and nothing is lost.

nbgrader refuses to build a release whose cells are not those of the gradebook once there are submissions. So what it
would refuse is done first, in one transaction: new cells are added; cells that are gone are removed with their grades and
comments, which are written to a file before. A copy of the gradebook is made before any of it.
"""

import csv
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
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
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
    new_uuid,
)
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from sqlalchemy import delete, insert, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from grading.changes import Before, GradedCells
from grading.course import Course
from grading.errors import CannotBackUp
from grading.gradebook import read_marks, read_points, read_sources
from grading.notebook import read_notebook
from grading.store import Store

KINDS = (GradeCell, SolutionCell, TaskCell, SourceCell)
BELONGS: dict[type, Callable[[NotebookNode], bool]] = {
    GradeCell: is_grade,
    SolutionCell: is_solution,
    TaskCell: is_task,
    SourceCell: lambda cell: is_grade(cell) or is_solution(cell) or is_locked(cell) or is_task(cell),
}
COLUMNS = (
    "assignment", "student", "cell", "auto_score", "manual_score", "extra_credit", "auto_comment", "manual_comment",
)  # fmt: skip


@dataclass(frozen=True)
class Refit:
    """What the gradebook was brought to follow. gone, new: grade_ids; kept: the files that hold what was before"""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    kept: tuple[Path, ...]

    def __str__(self) -> str:
        parts = [f"{len(names)} cells {what} ({', '.join(names)})"
                 for names, what in ((self.new, "new"), (self.gone, "gone")) if names]  # fmt: skip
        files = " and ".join(path.name for path in self.kept)
        return f"{'; '.join(parts) or 'points changed'}; what was before is kept in {files}"


def refit(course: Course, name: str) -> Refit | None:
    """Bring the gradebook's cells to those of the source notebook; None where nothing had to be done or kept.

    Whatever changes in the tests, the marks of the class are noted first, so that `course grade` can tell what changed.
    """
    with course.gradebook() as gradebook:
        try:
            notebook = gradebook.find_notebook(name, name)
        except MissingEntry:
            return None
        if not notebook.submissions:
            return None
        store = Store(course.root, name)
        with store.locked(lambda: print(f"a run is grading {name}; waiting for it to end ...", flush=True)):
            return _refit(course, name, gradebook.db(), notebook, store.folder)


def _refit(course: Course, name: str, db: Session, notebook: Notebook, folder: Path) -> Refit | None:
    cells = [cell for cell in read_notebook(course.source(name)).cells if "nbgrader" in cell.metadata]
    there = {kind: dict(db.execute(select(kind.name, kind.id).where(kind.notebook_id == notebook.id)).all())
             for kind in KINDS}  # fmt: skip
    wanted = {kind: {c.metadata.nbgrader.grade_id: c for c in cells if BELONGS[kind](c)} for kind in KINDS}
    gone = {kind: sorted(set(there[kind]) - set(wanted[kind])) for kind in KINDS}
    new = {kind: sorted(set(wanted[kind]) - set(there[kind])) for kind in KINDS}
    tests = GradedCells.of(read_points(db, notebook.id), read_sources(db, notebook.id))
    graded = wanted[GradeCell] | wanted[TaskCell]
    points = {key: float(cell.metadata.nbgrader.points) for key, cell in graded.items()}
    if tests == GradedCells.of(points, {key: cell.source for key, cell in graded.items()}) and not any(
        gone[kind] or new[kind] for kind in KINDS
    ):
        return None
    _note(db, notebook, tests, folder)
    if points == tests.points and not any(gone[kind] or new[kind] for kind in KINDS):
        return None
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    kept = [_back_up(course, stamp)]
    ids = [there[kind][key] for kind in KINDS[:3] for key in gone[kind]]
    if rows := _rows_of(db, name, ids):
        kept.append(_write_rows(kept[0].with_name(f"{_database(course).name}.removed-{stamp}.csv"), rows))
    _remove(db, ids, [there[SourceCell][key] for key in gone[SourceCell]])
    _add(db, notebook, {kind: [wanted[kind][key] for key in new[kind]] for kind in KINDS})
    db.commit()
    return Refit(_names(gone), _names(new), tuple(kept))


def _names(by_kind: dict[Any, list[str]]) -> tuple[str, ...]:
    return tuple(sorted({key for keys in by_kind.values() for key in keys}))


def _note(db: Session, notebook: Notebook, tests: GradedCells, folder: Path) -> None:
    """Keep the marks of the whole class for `course grade`."""
    before = Before.read(folder)
    before.start(tests)
    for student, marks in read_marks(db, notebook.assignment_id).items():
        before.keep(student, marks)


def _database(course: Course) -> Path:
    url = make_url(course.api.coursedir.db_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise CannotBackUp(url.get_backend_name())
    return Path(url.database)


def _back_up(course: Course, stamp: str) -> Path:
    """A copy of the gradebook beside it, made by SQLite itself, so that it is whole also while others write."""
    path = _database(course)
    copy = path.with_name(f"{path.name}.backup-{stamp}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _rows_of(db: Session, name: str, ids: list[str]) -> list[dict[str, Any]]:
    """Every grade and comment on cells that are to go."""
    rows: list[dict[str, Any]] = []
    for table, columns in (
        (Grade, (Grade.auto_score, Grade.manual_score, Grade.extra_credit)),
        (Comment, (Comment.auto_comment, Comment.manual_comment)),
    ):
        query = (
            select(SubmittedAssignment.student_id.label("student"), BaseCell.name.label("cell"), *columns)
            .select_from(table)
            .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(BaseCell, BaseCell.id == table.cell_id)
            .where(table.cell_id.in_(ids))
        )
        rows += [dict(row) | {"assignment": name} for row in db.execute(query).mappings()]
    return rows


def _write_rows(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    return path


def _remove(db: Session, ids: list[str], source_ids: list[str]) -> None:
    for table in (Grade, Comment):
        db.execute(delete(table).where(table.cell_id.in_(ids)))
    for kind in KINDS[:3]:
        db.execute(delete(kind.__table__).where(kind.__table__.c.id.in_(ids)))
    db.execute(delete(BaseCell.__table__).where(BaseCell.__table__.c.id.in_(ids)))
    db.execute(delete(SourceCell).where(SourceCell.id.in_(source_ids)))


def _add(db: Session, notebook: Notebook, new: dict[Any, list[NotebookNode]]) -> None:
    """The cells, and for every submission the empty rows that nbgrader makes with it."""
    query = select(SubmittedNotebook.id).where(SubmittedNotebook.notebook_id == notebook.id)
    submissions = db.execute(query).scalars().all()
    for kind, cells in new.items():
        for cell in cells:
            row = _cell(kind, notebook, cell)
            db.add(row)
            db.flush()
            for table in _tables(kind):
                rows = [{"id": new_uuid(), "cell_id": row.id, "notebook_id": one} for one in submissions]
                db.execute(insert(table), rows)


def _tables(kind: Any) -> tuple[Any, ...]:
    return {GradeCell: (Grade,), SolutionCell: (Comment,), TaskCell: (Grade, Comment)}.get(kind, ())


def _cell(kind: Any, notebook: Notebook, cell: NotebookNode) -> Any:
    values: dict[str, Any] = {"name": cell.metadata.nbgrader.grade_id, "notebook_id": notebook.id}
    if kind in (GradeCell, TaskCell):
        values |= {"max_score": float(cell.metadata.nbgrader.points), "cell_type": cell.cell_type}
    if kind is SourceCell:
        values |= {"cell_type": cell.cell_type, "locked": is_locked(cell), "source": cell.source}
    return kind(**values)
