"""What is kept before the gradebook's cells change: a copy of it, and the grades and comments that are to go."""

import csv
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from grading.course import Course
from grading.errors import CannotBackUp

COLUMNS = (
    "assignment", "student", "cell", "auto_score", "manual_score", "extra_credit", "needs_manual_grade",
    "auto_comment", "manual_comment",
)  # fmt: skip


def keep(course: Course, name: str, db: Session, cells: list[str]) -> list[Path]:
    """Copy the gradebook, and write what is recorded for some cells; both beside it, named by the time.

    cells: ids of the rows of cells that are to be removed
    """
    path = _database(course)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    kept = [_copy(path, path.with_name(f"{path.name}.backup-{stamp}"))]
    if rows := _recorded(db, name, cells):
        kept.append(_write(path.with_name(f"{path.name}.removed-{stamp}.csv"), rows))
    return kept


def _database(course: Course) -> Path:
    url = make_url(course.api.coursedir.db_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise CannotBackUp(url.get_backend_name())
    return Path(url.database)


def _copy(path: Path, copy: Path) -> Path:
    """Made by SQLite itself, so that it is whole also while others write."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def _recorded(db: Session, name: str, cells: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for table, columns in (
        (Grade, (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade)),
        (Comment, (Comment.auto_comment, Comment.manual_comment)),
    ):
        query = (
            select(SubmittedAssignment.student_id.label("student"), BaseCell.name.label("cell"), *columns)
            .select_from(table)
            .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(BaseCell, BaseCell.id == table.cell_id)
            .where(table.cell_id.in_(cells))
        )
        rows += [dict(row) | {"assignment": name} for row in db.execute(query).mappings()]
    return rows


def _write(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    return path
