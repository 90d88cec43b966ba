"""The journal: what came when, and what became of it. It only grows.

It is an SQLite file whose every line is on the disk before the watcher goes on. A hand-in is in it
once, however often it is seen. What has no last word yet is taken up again after a crash.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from grading.watch.arrival import Arrival

FOLDER, FILE = ".watch", "journal.db"
BUSY_SECONDS = 5.0
# What becomes of a hand-in, in this order. The last four are last words.
HELD, STARTED, FAILED, POSTPONED = "held", "started", "failed", "postponed"
RECORDED = "recorded"
ANSWERED, SUPERSEDED, REFUSED, KEPT = "answered", "superseded", "refused", "kept"
LAST_WORDS = (ANSWERED, SUPERSEDED, REFUSED, KEPT)
TROUBLE = "trouble"  # of no hand-in

SCHEMA = """
CREATE TABLE IF NOT EXISTS arrival (
    id INTEGER PRIMARY KEY, place TEXT NOT NULL, key TEXT NOT NULL, student TEXT NOT NULL,
    assignment TEXT NOT NULL, handed_in TEXT NOT NULL, seen REAL NOT NULL, UNIQUE (place, key));
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY, arrival INTEGER REFERENCES arrival, time REAL NOT NULL,
    kind TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS events_of_arrival ON event (arrival);
CREATE INDEX IF NOT EXISTS arrivals_of_student ON arrival (student, assignment);
CREATE TRIGGER IF NOT EXISTS event_stays BEFORE DELETE ON event
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
CREATE TRIGGER IF NOT EXISTS event_is_fixed BEFORE UPDATE ON event
    BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;
"""
COLUMNS = "place, key, student, assignment, handed_in, id"


class Event(NamedTuple):
    """time: seconds since 1970, by the clock of that moment"""

    time: float
    kind: str
    text: str


class Journal:
    """The journal of a course. root: the course's folder"""

    def __init__(self, root: Path):
        path = root / FOLDER / FILE
        path.parent.mkdir(exist_ok=True)
        self._db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def known(self, place: str) -> set[str]:
        """The keys of all hand-ins that came to a place."""
        return {
            key for (key,) in self._db.execute("SELECT key FROM arrival WHERE place=?", [place])
        }

    def add(self, arrivals: list[Arrival]) -> None:
        """Write new hand-ins, all or none."""
        rows = [
            (one.place, one.key, one.student, one.assignment, one.handed_in, time.time())
            for one in arrivals
        ]
        with self._transaction():
            self._db.executemany(
                "INSERT INTO arrival (place, key, student, assignment, handed_in, seen) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                rows,
            )

    def unfinished(self, after: int = 0) -> list[Arrival]:
        """The hand-ins without a last word, in the order of coming. after: the id of one"""
        query = (
            f"SELECT {COLUMNS} FROM arrival WHERE id > ? AND NOT EXISTS (SELECT 1 FROM event "
            f"WHERE event.arrival = arrival.id AND kind IN {LAST_WORDS}) ORDER BY id"
        )
        return [Arrival(*row) for row in self._db.execute(query, [after])]

    def note(self, arrival: Arrival | None, kind: str, text: str = "") -> None:
        """Write what became of a hand-in, or a trouble that is nobody's."""
        self._db.execute(
            "INSERT INTO event (arrival, time, kind, text) VALUES (?, ?, ?, ?)",
            [arrival.id if arrival else None, time.time(), kind, text],
        )

    def events(self, arrival: Arrival) -> list[Event]:
        """All that became of a hand-in so far."""
        query = "SELECT time, kind, text FROM event WHERE arrival = ? ORDER BY id"
        return [Event(*row) for row in self._db.execute(query, [arrival.id])]

    def has_last_word(self, arrival: Arrival) -> bool:
        """Whether nothing more is to be done for a hand-in."""
        query = f"SELECT 1 FROM event WHERE arrival = ? AND kind IN {LAST_WORDS} LIMIT 1"
        return self._db.execute(query, [arrival.id]).fetchone() is not None

    def is_overtaken(self, arrival: Arrival) -> bool:
        """Whether a later hand-in of the student for the same assignment was taken in already."""
        query = (
            "SELECT 1 FROM arrival JOIN event ON event.arrival = arrival.id WHERE student = ? AND "
            "assignment = ? AND arrival.id > ? AND kind IN (?, ?) LIMIT 1"
        )
        about = [arrival.student, arrival.assignment, arrival.id, STARTED, HELD]
        return self._db.execute(query, about).fetchone() is not None

    def answer_times(self, arrival: Arrival) -> list[float]:
        """When the student's earlier hand-ins for the same assignment were graded."""
        query = (
            "SELECT MIN(event.time) FROM event JOIN arrival ON arrival.id = event.arrival WHERE "
            "kind = ? AND student = ? AND assignment = ? AND arrival.id != ? GROUP BY arrival.id"
        )
        about = [RECORDED, arrival.student, arrival.assignment, arrival.id]
        return [when for (when,) in self._db.execute(query, about)]

    def last_answers(self) -> Iterator[tuple[Arrival, str]]:
        """The last answered hand-in of each student for each assignment, and what was shown."""
        query = (
            f"SELECT {COLUMNS}, (SELECT text FROM event WHERE event.arrival = arrival.id AND "
            "kind = ? ORDER BY event.id DESC LIMIT 1) FROM arrival WHERE id IN (SELECT "
            "MAX(arrival.id) FROM arrival JOIN event ON event.arrival = arrival.id WHERE kind = ? "
            "GROUP BY student, assignment) ORDER BY id"
        )
        for *values, shown in self._db.execute(query, [ANSWERED, ANSWERED]).fetchall():
            yield Arrival(*values), shown

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
