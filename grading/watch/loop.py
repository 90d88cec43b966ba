"""The watcher: notices hand-ins, grades them, answers; one thread, and a pool for the engine.

What goes wrong for all (a full disk, a locked gradebook, an exchange that cannot be read) is said
and tried again. What goes wrong with one hand-in costs only that one.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from functools import partial

from grading.watch.arrival import Arrival, Inbox
from grading.watch.clerk import OF_THE_PLACE, Clerk, Task
from grading.watch.desk import Busy, Desk
from grading.watch.fair_queue import FairQueue
from grading.watch.journal import Journal
from grading.watch.replies import Replies
from grading.watch.settings import Settings
from grading.watch.trouble import Troubles, reason_of

TICK = 0.1  # seconds between two looks
RETRY = 5.0  # seconds after which a step that failed is tried again
BUSY_RETRY = 0.5
REVEAL_SECONDS = 30.0  # between two looks at deadlines that have passed
FAULTS = (*OF_THE_PLACE, sqlite3.Error)


class Watcher:
    """Grades what arrives until `stop` is set.

    inboxes: by place; desks: by assignment; width: hand-ins under way at a time
    """

    def __init__(
        self,
        *,
        journal: Journal,
        inboxes: dict[str, Inbox],
        desks: dict[str, Desk],
        settings: Settings,
        replies: Replies,
        troubles: Troubles,
        width: int,
    ):
        self.stop = threading.Event()
        self._journal, self._inboxes, self._desks = journal, inboxes, desks
        self._replies, self._troubles, self._width = replies, troubles, width
        self._known = {place: journal.known(place) for place in inboxes}
        self._queue, self._last_id = FairQueue(), 0
        self._clerk = Clerk(
            journal=journal,
            inboxes=inboxes,
            settings=settings,
            replies=replies,
            put_back=self._queue.hold,
            tell=troubles.tell,
        )
        self._tasks: list[Task] = []
        self._not_before: dict[str, float] = {}  # by place and assignment: after something failed
        self._reveals = settings.show_before_deadline != settings.show_after_deadline
        self._reveal_at = 0.0

    def run(self) -> None:
        """Watch until `stop` is set and what is under way has ended."""
        with ThreadPoolExecutor(self._width, thread_name_prefix="grade") as pool:
            for name, desk in self._desks.items():
                self._attempt(name, desk.open_up)
            self._enqueue()
            while not self.stop.is_set():
                self._notice()
                self._finish()
                self._begin(pool)
                self._reveal()
                self._wait()
            while self._tasks:  # once more for each: what fails now is for the next watcher
                wait([task.future for task in self._tasks])
                self._finish(is_last=True)
        for desk in self._desks.values():
            desk.end()

    def _notice(self) -> None:
        """Write what has come into the journal, and queue it."""
        for place, inbox in self._inboxes.items():
            self._attempt(place, partial(self._look, place, inbox))

    def _look(self, place: str, inbox: Inbox) -> None:
        if new := inbox.look(self._known[place]):
            self._journal.add(new)
            self._known[place].update(arrival.key for arrival in new)
            self._enqueue()

    def _enqueue(self) -> None:
        """Queue what the journal has and the queue does not."""
        for arrival in self._journal.unfinished(self._last_id):
            self._last_id = arrival.id
            if arrival.assignment in self._desks and arrival.place in self._inboxes:
                self._queue.add(arrival)

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        """Start hand-ins while there is room."""
        while len(self._tasks) < self._width and (taken := self._queue.take(self._is_free)):
            name = taken[-1].assignment
            if not self._attempt(name, partial(self._start, taken, pool)):
                self._queue.hold(taken, 0)

    def _start(self, taken: list[Arrival], pool: ThreadPoolExecutor) -> None:
        open_ones = [one for one in taken if not self._journal.has_last_word(one)]
        if open_ones:
            desk = self._desks[open_ones[-1].assignment]
            if task := self._clerk.start(open_ones, desk, pool):
                self._tasks.append(task)

    def _is_free(self, student: str, assignment: str) -> bool:
        is_under_way = any(task.arrival.student == student for task in self._tasks)
        return not is_under_way and self._may(assignment)

    def _finish(self, is_last: bool = False) -> None:
        """Record and answer what is graded."""
        for task in [task for task in self._tasks if task.future.done()]:
            done = self._attempt(
                task.arrival.assignment, partial(self._clerk.finish, task), is_last
            )
            if done or is_last:
                self._tasks.remove(task)
            elif done is False and task.future.exception():
                self._tasks.remove(task)
                self._queue.hold([task.arrival], RETRY)

    def _reveal(self) -> None:
        """Answer again where a deadline has passed and more is shown now."""
        if not self._reveals or time.monotonic() < self._reveal_at:
            return
        self._reveal_at = time.monotonic() + REVEAL_SECONDS
        for arrival, shown in self._journal.last_answers():
            if desk := self._desks.get(arrival.assignment):
                self._attempt(
                    arrival.assignment,
                    partial(self._replies.reveal, arrival, desk, shown),
                )

    def _attempt(self, where: str, step: Callable[[], None], now: bool = False) -> bool | None:
        """Do a step; False where something is in its way, which is said; None if it is not time.

        where: a place or an assignment, which is left alone for a while after a fault
        now: whether it is done whatever happened before
        """
        if not now and not self._may(where):
            return None
        try:
            step()
        except Busy:
            self._not_before[where] = time.monotonic() + BUSY_RETRY
            self._troubles.tell(f"{where}: another run is grading it; hand-ins wait", False)
            return False
        except FAULTS as error:
            self._not_before[where] = time.monotonic() + RETRY
            self._troubles.tell(f"{where}: {reason_of(error)}")
            return False
        return True

    def _may(self, where: str) -> bool:
        return time.monotonic() >= self._not_before.get(where, 0.0)

    def _wait(self) -> None:
        """Until something is graded, or a tick has passed."""
        running = [task.future for task in self._tasks if not task.future.done()]
        if running:
            wait(running, timeout=TICK, return_when=FIRST_COMPLETED)
        else:
            self.stop.wait(TICK)
