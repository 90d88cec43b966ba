"""What is done with one hand-in: taken in, started, and when it is graded, recorded and answered.

Each step may be tried again after it failed at any point, also by another process: it finds in the
journal what has been done.
"""

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from grading.errors import BadFolder, BadStudent, CourseError, EngineFailed
from grading.pipeline.arrival_time import NoTime, parse_time
from grading.watch.arrival import Arrival, Gone, Inbox, TooLarge, check_student
from grading.watch.desk import Desk
from grading.watch.journal import FAILED, HELD, POSTPONED, RECORDED, STARTED, Journal
from grading.watch.policy import Hold
from grading.watch.replies import Replies
from grading.watch.settings import KEEP, Settings
from grading.watch.trouble import reason_of

MOST_TRIES = 4  # of one hand-in
FAILED_RETRY = 1.0  # seconds
HOLD_AGAIN = 60.0  # seconds, at most, between two looks at one that waits: clocks may be set
# Of the place, not of a hand-in: the disk, the database, the course's folder, the cluster.
OF_THE_PLACE = (OSError, SQLAlchemyError, CourseError)
OF_THE_HAND_IN = (EngineFailed, BadFolder)


@dataclass
class Task:
    """A hand-in under way. due: the student's deadline; recorded: whether the gradebook has it"""

    arrival: Arrival
    desk: Desk
    future: Future
    due: datetime | None
    recorded: bool = False


class Clerk:
    """Does one step at a time.

    put_back: takes hand-ins that must wait, and for how many seconds; tell: takes troubles
    """

    def __init__(
        self,
        *,
        journal: Journal,
        inboxes: dict[str, Inbox],
        settings: Settings,
        replies: Replies,
        put_back: Callable[[list[Arrival], float], None],
        tell: Callable[[str], None],
    ):
        self._journal, self._inboxes, self._settings = journal, inboxes, settings
        self._replies, self._put_back, self._tell = replies, put_back, tell

    def start(self, arrivals: list[Arrival], desk: Desk, pool: Executor) -> Task | None:
        """Start the last of a student's hand-ins that wait; those before it are superseded.

        None where it is not to be graded, or not now.
        """
        *older, arrival = arrivals
        if self._journal.is_overtaken(arrival):
            self._replies.supersede(arrivals, desk)
            return None
        hold = self._replies.attempts(arrival).hold(time.time())
        if hold and not older and HELD in self._kinds(arrival):  # it is taken in, and told
            self._wait(arrival, hold)
            return None
        with desk.step():
            due = desk.due(arrival.student)
            if not self._is_taken_in(arrival, desk, due):
                self._put_back(older, 0)
                return None
            if hold:
                self._replies.hold(arrival, desk, hold)
            else:
                desk.make_ready()
                self._journal.note(arrival, STARTED)
        # From here on the older ones are overtaken: whenever they come again, that is found.
        self._put_back(older, 0)
        if hold:
            self._wait(arrival, hold)
            return None
        return Task(arrival, desk, desk.start(arrival.student, pool), due)

    def finish(self, task: Task) -> None:
        """Record and answer what the engine has graded; put it back where that failed."""
        arrival, error = task.arrival, task.future.exception()
        if error and isinstance(error, OF_THE_PLACE) and not isinstance(error, OF_THE_HAND_IN):
            self._journal.note(arrival, POSTPONED, reason_of(error))
            raise error
        if error:
            return self._failed(task, error)
        if not task.recorded:
            try:
                with task.desk.step():
                    task.desk.record(arrival.student, task.future)
            except BadFolder as bad:
                return self._refuse(arrival, task.desk, f"{bad}")
            if RECORDED not in self._kinds(arrival):
                self._journal.note(arrival, RECORDED)
            task.recorded = True
        try:
            self._replies.grade(arrival, task.desk, task.due)
        except (*OF_THE_PLACE, sqlite3.Error):
            raise
        except Exception as bad:  # whatever is in a notebook, the watcher goes on
            self._refuse(arrival, task.desk, f"no page: {type(bad).__name__}: {bad}")

    def _is_taken_in(self, arrival: Arrival, desk: Desk, due: datetime | None) -> bool:
        """Take a hand-in in; False where it gets its last word instead."""
        inbox = self._inboxes[arrival.place]
        if reason := self._why_refused(arrival, inbox):
            self._refuse(arrival, desk, reason)
            return False
        if self._settings.late == KEEP and _is_late(arrival, due):
            self._replies.keep(arrival, desk)
            return False
        try:
            desk.take_in(arrival, inbox)
        except (Gone, TooLarge) as error:
            self._refuse(arrival, desk, type(error).__doc__ or "")
            return False
        return True

    def _why_refused(self, arrival: Arrival, inbox: Inbox) -> str:
        """Why a hand-in is not graded at all, for the instructor; or ""."""
        try:
            check_student(arrival.student)
        except BadStudent as error:
            return str(error)
        owner = inbox.owner(arrival) if self._settings.require_owner else ""
        if owner and owner != arrival.student:
            return f"it belongs to the user {owner!r}"
        kinds = self._kinds(arrival)
        tries = kinds.count(STARTED) - kinds.count(POSTPONED)
        return f"grading it failed {tries} times" if tries >= MOST_TRIES else ""

    def _failed(self, task: Task, error: BaseException) -> None:
        """Note that the engine failed on a hand-in; it is tried again, at most `MOST_TRIES`."""
        reason = f"{type(error).__name__}: {error}"
        self._journal.note(task.arrival, FAILED, reason)
        self._tell(f"{task.arrival.assignment}: {task.arrival.student}: {reason}")
        self._put_back([task.arrival], FAILED_RETRY)

    def _refuse(self, arrival: Arrival, desk: Desk, reason: str) -> None:
        self._tell(f"{arrival.assignment}: {arrival.key} is not graded: {reason}")
        self._replies.refuse(arrival, desk, reason)

    def _wait(self, arrival: Arrival, hold: Hold) -> None:
        seconds = hold.until - time.time()
        self._put_back([arrival], min(max(seconds, 0.0), HOLD_AGAIN))

    def _kinds(self, arrival: Arrival) -> list[str]:
        return [event.kind for event in self._journal.events(arrival)]


def _is_late(arrival: Arrival, due: datetime | None) -> bool:
    """Whether the time in its name is after the deadline. due: naive, in UTC"""
    try:
        return due is not None and parse_time(arrival.handed_in)[0] > due
    except NoTime:
        return False
