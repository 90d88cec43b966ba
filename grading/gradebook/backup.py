"""What is kept before the gradebook's cells change.

A copy of the whole gradebook, and a table of the grades and comments that are about to be removed.
"""

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
from grading.gradebook.transfer import copy_to_file

GRADE_COLUMNS = ("auto_score", "manual_score", "extra_credit", "needs_manual_grade")
COMMENT_COLUMNS = ("auto_comment", "manual_comment")
COLUMNS = ("assignment", "student", "cell", *GRADE_COLUMNS, *COMMENT_COLUMNS)


def back_up(course: Course, name: str, db: Session, cells: list[str]) -> list[Path]:
    """Copy the gradebook, and write what is recorded for some cells; returns the files.

    Both files lie beside the gradebook and are named by the time. The copy of a gradebook on a
    server is an SQLite file in the course's folder.
    cells: ids of the rows of the cells that are to be removed
    """
    url = read_url(course.db_url)
    is_file = url.get_backend_name() == "sqlite"
    path = Path(url.database or "") if is_file else course.root / "gradebook.db"
    time = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S.%fZ")
    files = [_copy(url, path.with_name(f"{path.name}.backup-{time}"))]
    if rows := _read_recorded(db, name, cells):
        files.append(_write_csv(path.with_name(f"{path.name}.removed-{time}.csv"), rows))
    return files


def _copy(url: URL, copy: Path) -> Path:
    """Copy a gradebook as it is at one moment, even while others write.

    The copy gets its name when it is complete.
    """
    part = copy.with_name(f"{copy.name}.part")
    if url.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(url.database or "")) as source,
            closing(sqlite3.connect(part)) as target,
        ):
            source.backup(target)
    else:
        copy_to_file(url, part)
    return part.replace(copy)


def _read_recorded(db: Session, name: str, cells: list[str]) -> list[dict[str, Any]]:
    """The grades and comments of some cells, as rows of the table. cells: ids of their rows"""
    rows: list[dict[str, Any]] = []
    for table, columns in ((Grade, GRADE_COLUMNS), (Comment, COMMENT_COLUMNS)):
        query = (
            select(
                SubmittedAssignment.student_id.label("student"),
                BaseCell.name.label("cell"),
                *(getattr(table, column) for column in columns),
            )
            .select_from(table)
            .join(SubmittedNotebook, SubmittedNotebook.id == table.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(BaseCell, BaseCell.id == table.cell_id)
            .where(table.cell_id.in_(cells))
        )
        rows += [dict(row) | {"assignment": name} for row in db.execute(query).mappings()]
    return rows


def _write_csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        file.flush()
        os.fsync(file.fileno())
    return path
