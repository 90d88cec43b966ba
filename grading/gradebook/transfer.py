"""Copy all rows of a gradebook from one database into another.

This makes the backup of a gradebook on a server, and moves a gradebook to a server or back. The
backup is a gradebook in an SQLite file. So it needs no program of the server's, nbgrader opens it
as it is, and `course restore` fills an empty gradebook with it, on a server or not.
"""

from pathlib import Path

from nbgrader.api import Base, Gradebook
from sqlalchemy import (
    URL,
    Engine,
    create_engine,
    delete,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DatabaseError

from grading.course import Course
from grading.errors import NoBackup, NotEmpty, OldGradebook
from grading.gradebook.connection import (
    VERSION,
    missing_columns,
    open_gradebook,
    read_url,
    without_password,
)

TABLES = (VERSION, *Base.metadata.sorted_tables)  # each after those that it refers to
PREFILLED = ("alembic_version", "course")  # what is written into a new gradebook
PART = 5_000  # rows that are copied at a time


def copy_to_file(url: URL, path: Path) -> None:
    """Write a gradebook into a new SQLite file, as it is at one moment."""
    source, target = create_engine(url, isolation_level="REPEATABLE READ"), _engine_of(path)
    try:
        Base.metadata.create_all(target)
        VERSION.create(target)
        copy_rows(source, target)
    finally:
        source.dispose()
        target.dispose()


def restore(course: Course, path: Path) -> int:
    """Fill the course's empty gradebook with all rows of one in an SQLite file.

    Returns the number of rows. NoBackup where the file is no gradebook, OldGradebook where an older
    nbgrader made it, NotEmpty where rows could be lost. Either all rows are copied or none.
    """
    source = _engine_of(path)
    try:
        if not path.is_file() or not _is_gradebook(source):
            raise NoBackup(path)
        if missing := missing_columns(source):
            upgrade = f"nbgrader db upgrade --db sqlite:///{path.resolve()}"
            raise OldGradebook(str(path), missing, upgrade)
        with open_gradebook(course) as gradebook:
            if not _is_empty(gradebook):
                raise NotEmpty(without_password(read_url(course.db_url)))
            return copy_rows(source, gradebook.engine)
    finally:
        source.dispose()


def copy_rows(source: Engine, target: Engine) -> int:
    """Fill a gradebook that has no rows of its own from another; returns the number of rows.

    All rows are written in one transaction.
    """
    count = 0
    with source.connect() as reader, target.begin() as writer:
        if source.dialect.name == "sqlite":
            # All tables are read as they are at this moment. On a server the first read begins it.
            reader.exec_driver_sql("BEGIN")
        for table in TABLES:
            if table.name in PREFILLED:
                writer.execute(delete(table))
            rows = reader.execution_options(yield_per=PART).execute(select(table)).mappings()
            for part in rows.partitions():
                writer.execute(insert(table), [dict(row) for row in part])
                count += len(part)
    return count


def _engine_of(path: Path) -> Engine:
    return create_engine(URL.create("sqlite", database=str(path)))


def _is_empty(gradebook: Gradebook) -> bool:
    with gradebook.engine.connect() as connection:
        return not any(
            connection.execute(select(table).limit(1)).first()
            for table in TABLES
            if table.name not in PREFILLED
        )


def _is_gradebook(engine: Engine) -> bool:
    try:
        return inspect(engine).has_table("submitted_assignment")
    except DatabaseError:
        return False
