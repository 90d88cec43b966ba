"""What is kept before the gradebook's cells change: a copy of it, and the grades and comments that are to go."""

import csv
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.api import BaseCell, Comment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from grading.course import Course
from grading.gradebook.connection import read_url
from grading.gradebook.transfer import to_file

COLUMNS = (
    "assignment", "student", "cell", "auto_score", "manual_score", "extra_credit", "needs_manual_grade",
    "auto_comment", "manual_comment",
)  # fmt: skip


def keep(course: Course, name: str, db: Session, cells: list[str]) -> list[Path]:
    """Copy the gradebook, and write what is recorded for some cells; both beside it, named by the time.

    The copy of a gradebook on a server is an SQLite file in the course's folder. cells: ids of the rows of cells that are
    to be removed
    """
    url = read_url(course.db_url)
    path = (
        Path(url.database or "")
        if url.get_backend_name() == "sqlite"
        else course.root / "gradebook.db"
    )
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    kept = [_copy(url, path.with_name(f"{path.name}.backup-{stamp}"))]
    if rows := _recorded(db, name, cells):
        kept.append(_write(path.with_name(f"{path.name}.removed-{stamp}.csv"), rows))
    return kept


def _copy(url: URL, copy: Path) -> Path:
    """Whole also while others write. It has its name once it is complete."""
    part = copy.with_name(f"{copy.name}.part")
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(url.database or "")) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
    else:
        to_file(url, part)
    return part.replace(copy)


def _recorded(db: Session, name: str, cells: list[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for table, columns in (
        (
            Grade,
            (Grade.auto_score, Grade.manual_score, Grade.extra_credit, Grade.needs_manual_grade),
        ),
        (Comment, (Comment.auto_comment, Comment.manual_comment)),
    ):
        query = (
            select(
                SubmittedAssignment.student_id.label("student"),
                BaseCell.name.label("cell"),
                *columns,
            )
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
