"""Opening the gradebook's database: SQLite by default, or PostgreSQL, by nbgrader's db_url. What goes wrong is said in words.

nbgrader makes tables, the mark of its migrations and the course's row when a gradebook is opened for the first time, and
fails when two do so at once. So ours open one after the other.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from sqlalchemy import URL, NullPool, create_engine, func, make_url, select, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError

from grading.course import Course
from grading.errors import BadDatabase, CannotOpen, GradebookRefuses, NoDriver
from grading.gradebook.indexes import add_indexes

KNOWN = ("sqlite", "postgresql")
OPENING = 0x6E626772  # the number of PostgreSQL's advisory lock: "nbgr"
CACHE = 32_000  # kB of an SQLite file in memory; its own 2 MB are too few for the indexes of a large class
PATIENCE = 30  # seconds that a writer waits for others to let go of an SQLite file


def open_gradebook(course: Course) -> AbstractContextManager[Gradebook]:
    """The course's gradebook, for the length of a with block."""
    coursedir = course.api.coursedir
    return opened(coursedir.db_url, coursedir.course_id)


@contextmanager
def opened(db_url: str, course_id: str) -> Iterator[Gradebook]:
    """The gradebook at nbgrader's db_url, for the length of a with block.

    BadDatabase, NoDriver or CannotOpen where it cannot be opened; none of them shows a password.
    """
    url = read_url(db_url)
    with _open(url, course_id) as gradebook:
        if url.get_backend_name() == "sqlite":
            gradebook.db.execute(text(f"PRAGMA busy_timeout = {1000 * PATIENCE}"))
            gradebook.db.execute(text(f"PRAGMA cache_size = -{CACHE}"))
        yield gradebook


def read_url(db_url: str) -> URL:
    """The parts of a db_url; BadDatabase where it has none, or names a database that we cannot write to."""
    try:
        url = make_url(db_url)
        backend = url.get_backend_name()
    except Exception:  # its words may hold a part of the password
        raise BadDatabase() from None
    if backend not in KNOWN or "@" in (url.host or ""):  # a password that was not quoted
        raise BadDatabase()
    return url


def shown(url: URL) -> str:
    """A db_url fit to be read by anyone."""
    return url.set(query={}).render_as_string(hide_password=True)


def _open(url: URL, course_id: str) -> Gradebook:
    try:
        with _alone(url):
            gradebook = Gradebook(url.render_as_string(hide_password=False), course_id)
            gradebook.check_course()  # also the row that nbgrader's own steps make, which leave the course's id out
            add_indexes(gradebook.engine)
    except (ImportError, NoSuchModuleError) as error:
        raise NoDriver(shown(url), str(error)) from None
    except InvalidEntry as error:  # nbgrader's word for a row that the database does not take
        raise GradebookRefuses(error) from None
    except DBAPIError as error:
        if url.get_backend_name() == "sqlite":
            raise
        raise CannotOpen(shown(url), str(error.orig)) from None
    return gradebook


@contextmanager
def _alone(url: URL) -> Iterator[None]:
    """Only one process at a time opens a gradebook."""
    if url.get_backend_name() == "sqlite":
        with _locked(Path(url.database or "").parent):
            yield
        return
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(OPENING)))
        yield


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold a lock on a folder itself, so that no file is left; where the file system has no such locks, none."""
    if not folder.is_dir():  # SQLite says so in its own words
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
