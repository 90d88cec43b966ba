"""What an instructor should know now: on standard error, and in the journal where possible."""

import contextlib
import sqlite3
import sys
import time
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from grading.errors import printable
from grading.watch.journal import TROUBLE, Journal

AGAIN_SECONDS = 60.0  # after which the same trouble is said again
LONGEST = 500


class Troubles:
    """Tells each trouble once in a while."""

    def __init__(self, journal: Journal):
        self._journal = journal
        self._told: dict[str, float] = {}

    def tell(self, text: str, lasting: bool = True) -> None:
        """Say it. lasting: whether it goes into the journal, too"""
        now, text = time.monotonic(), printable(text, LONGEST)
        if now - self._told.get(text, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return
        self._told = {one: at for one, at in self._told.items() if now - at < AGAIN_SECONDS}
        self._told[text] = now
        with contextlib.suppress(OSError):  # a log on a full disk
            print(f"{datetime.now():%Y-%m-%d %H:%M:%S} {text}", file=sys.stderr, flush=True)
        if lasting:
            with contextlib.suppress(sqlite3.Error):  # it may be what the trouble is about
                self._journal.note(None, TROUBLE, text)


def reason_of(error: Exception) -> str:
    """An error of the disk or a database in words."""
    if isinstance(error, SQLAlchemyError):
        return f"the gradebook: {getattr(error, 'orig', None) or error}"
    if isinstance(error, sqlite3.Error):
        return f"the journal: {error}"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'a file'}: {error.strerror}"
    return str(error)
