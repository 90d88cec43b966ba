"""How much of its time a student process has used, whatever else the machine is doing."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grading.isolation.activity import Activity

# A process in uninterruptible sleep waits for a disk, which on a busy machine may take any time.
# It is little of its own time, but not none: a process can make itself look like that.
DISK_SHARE = 1 / 8
AT_ONCE = 0.001  # seconds; what was read within them was read at one moment


class Clock:
    """A student process's own time: what it and all that it has started run, and idle time.

    Idle is the time in which nothing of it runs or waits for a processor, and in which nobody here
    keeps it waiting. A cell therefore has the same time on a busy machine as on an idle one, and a
    result does not depend on the load. Idle time is taken twice, and the lesser counts:

    - by the kernel's statistics of the process's first thread: neither on a processor nor waiting
      for one. This is exact, but the thread may wait for others, which wait for a processor.
    - by what `look` saw: at that moment no thread of any of its processes wanted a processor, or
      something of this side. This is an estimate, good for many looks. Before the first one all
      time may have been idle.
    """

    def __init__(self, schedstat: int | None, own_schedstat: int | None = None):
        """The descriptors of the process to watch, and of this thread; see `open_schedstat`.

        Where there is none, `look` alone finds out what the process runs.
        """
        self._student = ProcessorUse(schedstat)
        self._caller = ProcessorUse(own_schedstat)
        self._start = self._since = self._moment()
        self._asleep = 0.0  # of the first thread
        self._seen = self._unseen = 0.0  # until the last look, and since
        self._idle = 0.0  # of what was seen: no thread and no process wanted a processor
        self._others_before: float | None = None  # processor time, all but the first thread's
        self.others = 0.0  # the same, from the first look to the last, or less

    def elapsed(self) -> float:
        """Seconds since the clock was made."""
        now = self._moment()
        lap = now - self._since
        return self._elapsed(now, self._asleep + _asleep(lap, kept_waiting=True), lap.wall)

    def elapsed_at_lap(self) -> float:
        """The same at the end of the last lap, without another look at the time."""
        return self._elapsed(self._since, self._asleep, 0.0)

    def _elapsed(self, until: "Moment", asleep: float, not_in_laps: float) -> float:
        """asleep: of the first thread until then; not_in_laps: seconds on the wall in no lap yet"""
        share = self._idle / self._seen if self._seen else 1.0
        idle = min(asleep, share * (self._seen + self._unseen + not_in_laps))
        return until.running - self._start.running + self.others + max(0.0, idle)

    def lap(self, kept_waiting: bool) -> None:
        """Say whether the process may have waited for this side since the last lap.

        If so, all that this side did is no idle time of the process.
        """
        since, self._since = self._since, self._moment()
        lap = self._since - since
        self._asleep += _asleep(lap, kept_waiting)
        self._unseen += lap.wall

    def look(self, see: Callable[[], Activity], is_kept_waiting: Callable[[], bool]) -> None:
        """Take note of what the process and all that it has started are doing at this moment.

        see: finds it out, which takes a while, and on a busy machine any time
        is_kept_waiting: says whether the process waits for this side, before and after that
        """
        was_kept_waiting = is_kept_waiting()
        before, activity, after = self._first_thread(), see(), self._first_thread()
        is_busy = activity.running or was_kept_waiting or is_kept_waiting()
        share = 0.0 if is_busy else DISK_SHARE if activity.on_disk else 1.0
        self._idle += share * self._unseen
        self._seen += self._unseen
        self._unseen = 0.0
        if self._others_before is None:
            self._others_before = activity.most_seconds - before
        self.others = max(self.others, activity.least_seconds - after - self._others_before)

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Within a with block, count what the student process runs and nothing else."""
        self.lap(kept_waiting=True)
        try:
            yield
        finally:
            self._since = self._moment()

    def _first_thread(self) -> float:
        """For how long the process's first thread has run so far."""
        return self._student.seconds()[0]

    def _moment(self) -> "Moment":
        """All of the times at once. This side may be kept waiting between any two of them."""
        while True:
            wall = time.monotonic()
            here = time.thread_time() + self._caller.seconds()[1]
            running, waiting = self._student.seconds()
            if time.monotonic() - wall < AT_ONCE:
                return Moment(wall, running, waiting, here)


@dataclass(frozen=True)
class Moment:
    """Seconds so far, or between two moments: on the wall, of the student process, on this side.

    running, waiting: its first thread on a processor, and for one; here: both, of the thread that
        asks
    """

    wall: float
    running: float
    waiting: float
    here: float

    def __sub__(self, other: "Moment") -> "Moment":
        return Moment(
            self.wall - other.wall,
            self.running - other.running,
            self.waiting - other.waiting,
            self.here - other.here,
        )


def _asleep(lap: Moment, kept_waiting: bool) -> float:
    """For how long the first thread has slept of its own accord.

    Less than 0 where earlier waiting for a processor becomes known, which was taken for sleep until
    then. The two sides' waiting may overlap, so that too little is counted, never too much.
    """
    asleep = lap.wall - lap.running - lap.waiting
    return asleep - min(max(0.0, asleep), lap.here) if kept_waiting else asleep


class ProcessorUse:
    """How long a process, its first thread, has been on a processor and has waited for one."""

    def __init__(self, schedstat: int | None):
        self._file = schedstat
        self._last = (0.0, 0.0)

    def seconds(self) -> tuple[float, float]:
        """On a processor, and waiting for one; once the process has ended, the last values."""
        if self._file is not None:
            try:
                running, waiting, *_ = map(int, os.pread(self._file, 100, 0).split())
                self._last = running / 1e9, waiting / 1e9
            except (OSError, ValueError):  # the process has ended
                pass
        return self._last


def open_schedstat(pid: int) -> int | None:
    """A descriptor of the kernel's statistics on the time of a process or thread.

    None where there are none.
    """
    with contextlib.suppress(OSError):
        return os.open(f"/proc/{pid}/schedstat", os.O_RDONLY)
    return None
