"""`course watch --status`: what waits, how fast answers come, and the last trouble."""

import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path
from statistics import median, quantiles

from grading.errors import printable
from grading.watch.journal import (
    ANSWERED,
    FILE,
    FOLDER,
    HELD,
    LAST_WORDS,
    REFUSED,
    TROUBLE,
)
from grading.watch.watch import is_watched

HOUR, DAY = 3600, 86_400
# The last event of every hand-in without a last word; None for one that was never started.
OPEN = f"""SELECT (SELECT kind FROM event WHERE event.arrival = arrival.id ORDER BY id DESC LIMIT 1)
    AS state FROM arrival WHERE NOT EXISTS (SELECT 1 FROM event
    WHERE event.arrival = arrival.id AND kind IN {LAST_WORDS})"""


def format_status(root: Path) -> str:
    """Some lines for a person. root: the course's folder"""
    running = "running" if is_watched(root) else "not running"
    path = root / FOLDER / FILE
    if not path.is_file():
        return f"course watch is {running}; nothing was ever handed in here"
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        return "\n".join([f"course watch is {running}", _waiting(db), _rate(db), *_last(db)])


def _waiting(db: sqlite3.Connection) -> str:
    states = [state for (state,) in db.execute(OPEN)]
    held = states.count(HELD)
    return f"waiting: {len(states) - held}; for their next attempt: {held}"


def _rate(db: sqlite3.Connection) -> str:
    """How many were answered, and how long they waited: from being seen to the first answer."""
    query = (
        "SELECT MIN(time) - seen, MIN(time) FROM arrival JOIN event ON event.arrival = arrival.id "
        "WHERE kind = ? AND NOT EXISTS (SELECT 1 FROM event AS other WHERE other.arrival = "
        "arrival.id AND other.kind = ?) GROUP BY arrival.id HAVING MIN(time) > ?"
    )
    rows = db.execute(query, [ANSWERED, HELD, time.time() - DAY]).fetchall()
    waits = [wait for wait, when in rows if when > time.time() - HOUR]
    text = f"answered: {len(rows)} in 24 hours, {len(waits)} in the last hour"
    if len(waits) < 2:
        return text
    return f"{text}; from hand-in to answer {median(waits):.1f} s, 95 % under {_most(waits):.1f} s"


def _most(waits: list[float]) -> float:
    return quantiles(waits, n=20, method="inclusive")[-1]


def _last(db: sqlite3.Connection) -> list[str]:
    """The last trouble, and the last hand-in that was refused."""
    lines = []
    for title, kind in (("last trouble", TROUBLE), ("last not graded", REFUSED)):
        query = (
            "SELECT time, text, COALESCE(student || ' ' || assignment, '') FROM event LEFT JOIN "
            "arrival ON arrival.id = event.arrival WHERE kind = ? ORDER BY event.id DESC LIMIT 1"
        )
        for when, text, whose in db.execute(query, [kind]):
            at = f"{datetime.fromtimestamp(when):%Y-%m-%d %H:%M:%S}"
            lines.append(f"{title}: {at} {printable(f'{whose} {text}'.strip(), 500)}")
    return lines
