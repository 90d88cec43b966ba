"""Open the gradebook's database, SQLite by default or PostgreSQL, by nbgrader's db_url.

What goes wrong is reported as a message that tells what to do.

When a gradebook is opened for the first time, the tables are made, the mark of nbgrader's newest
migration and the course's row. That fails when two processes do so at once. So our processes open a
gradebook one after the other.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock
from nbgrader.api import Base, Gradebook, InvalidEntry
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import (
    URL,
    Column,
    Engine,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from grading.course import Course
from grading.errors import BadDatabase, CannotOpen, GradebookRefuses, NoDriver, OldGradebook
from grading.gradebook.indexes import add_indexes

BACKENDS = ("sqlite", "postgresql")
ADVISORY_LOCK = 0x6E626772  # the number of PostgreSQL's lock for opening: "nbgr"
CACHE = 32_000  # kB of an SQLite file in memory; SQLite's 2 MB hold too little of a large class
VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
PATIENCE = 30  # seconds that a writer waits for others to let go of an SQLite file


def open_gradebook(course: Course) -> AbstractContextManager[Gradebook]:
    """The course's gradebook, for the length of a with block."""
    folders = course.folders
    return opened(folders.db_url, folders.course_id)


@contextmanager
def opened(db_url: str, course_id: str) -> Iterator[Gradebook]:
    """The gradebook at nbgrader's db_url, for the length of a with block.

    BadDatabase, NoDriver, CannotOpen, GradebookRefuses or OldGradebook where it cannot be opened.
    None of them shows a password.
    """
    url = read_url(db_url)
    with _open(url, course_id) as gradebook:
        if url.get_backend_name() == "sqlite":
            gradebook.db.execute(text(f"PRAGMA busy_timeout = {1000 * PATIENCE}"))
            gradebook.db.execute(text(f"PRAGMA cache_size = -{CACHE}"))
        yield gradebook


def read_url(db_url: str) -> URL:
    """Parse a db_url; BadDatabase where it is none, or names a database that we cannot use."""
    try:
        url = make_url(db_url)
        backend = url.get_backend_name()
    except Exception:  # its message may hold a part of the password
        raise BadDatabase() from None
    # A host with an @ in it is the end of a password that was not quoted.
    if backend not in BACKENDS or "@" in (url.host or ""):
        raise BadDatabase()
    return url


def missing_columns(engine: Engine) -> list[str]:
    """The columns that tables of an older nbgrader lack; none for a database without tables."""
    inspector = inspect(engine)
    present = set(inspector.get_table_names())
    return [
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name in present
        for columns in [{column["name"] for column in inspector.get_columns(table.name)}]
        for column in table.columns
        if column.name not in columns
    ]


def without_password(url: URL) -> str:
    """A db_url that may be shown to anyone. Its query is left out, for it may hold a password."""
    return url.set(query={}).render_as_string(hide_password=True)


class ReadyGradebook(Gradebook):
    """nbgrader's gradebook with our indexes; closed where it cannot be opened, as by a lock."""

    def __init__(self, db_url: str, course_id: str):
        try:
            super().__init__(db_url, course_id)
            # Also the row that nbgrader's own steps make, which leave the course's id out.
            self.check_course()
            add_indexes(self.engine)
        except BaseException:
            self.close()
            raise


def _open(url: URL, course_id: str) -> Gradebook:
    try:
        with _one_at_a_time(url):
            _prepare_tables(url)
            gradebook = ReadyGradebook(url.render_as_string(hide_password=False), course_id)
    except (ImportError, NoSuchModuleError) as error:
        raise NoDriver(without_password(url), str(error)) from None
    except InvalidEntry as error:  # raised by nbgrader where the database does not take a row
        raise GradebookRefuses(error, without_password(url)) from None
    except DBAPIError as error:
        if url.get_backend_name() == "sqlite":
            raise GradebookRefuses(error, without_password(url)) from None
        raise CannotOpen(without_password(url), str(error.orig)) from None
    return gradebook


def _prepare_tables(url: URL) -> None:
    """Make the tables of a new gradebook; OldGradebook where an older nbgrader made them.

    Both come before nbgrader opens it. It would add its newer tables to older ones, and its upgrade
    then stumbles over them. And of a new one it asks `alembic heads`, a process of three seconds.
    """
    engine = create_engine(url, poolclass=NullPool)
    if missing := missing_columns(engine):
        raise OldGradebook(without_password(url), missing)
    if not inspect(engine).get_table_names():
        from alembic.script import ScriptDirectory  # only here: it takes a tenth of a second

        with engine.begin() as connection:
            Base.metadata.create_all(connection)
            VERSION.create(connection)
            newest = ScriptDirectory(ALEMBIC_DIR).get_current_head()
            connection.execute(VERSION.insert().values(version_num=newest))


@contextmanager
def _one_at_a_time(url: URL) -> Iterator[None]:
    """Keep other processes from opening the same gradebook, for the length of a with block."""
    if url.get_backend_name() == "sqlite":
        with ExitStack() as stack:
            # Where no lock can be had (no temporary folder that may be written, a file system
            # without locks) the gradebook is opened without one: only its first opening needs it.
            with suppress(OSError):
                stack.enter_context(_opening_lock(url.database or ""))
            yield
        return
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(ADVISORY_LOCK)))
        yield


def _opening_lock(database: str) -> FileLock:
    """The lock for opening an SQLite file: a file in the temporary folder.

    It does not lie beside the gradebook, where it would show up among the course's files and where
    the folder may be read-only. Its name holds the user's id, for another user could not open it.
    So only the processes of one user on one machine wait for each other.
    """
    path_hash = hashlib.sha256(os.fsencode(Path(database).resolve())).hexdigest()[:32]
    path = Path(tempfile.gettempdir()) / f"gradebook-{os.getuid()}-{path_hash}.lock"
    return FileLock(path, fallback_to_soft=False)
