"""How much of its time a student process has used, whatever else the machine is doing."""

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass


class Clock:
    """A student process's own time: on a processor, or asleep of its own accord.

    Not counted is the time in which it waits for a processor, in which this side works or waits for
    a processor itself, and in which this side has paused the clock. A cell therefore has the same
    time to run on a busy machine as on an idle one, and a result does not depend on the load. Where
    the kernel gives no /proc/PID/schedstat, all but this side's time counts.
    """

    def __init__(self, schedstat: int | None, own_schedstat: int | None = None):
        """The descriptors of the process to watch, and of this thread; see `open_schedstat`."""
        self._student = ProcessorUse(schedstat)
        self._caller = ProcessorUse(own_schedstat)
        self._asleep_before = 0.0  # until the last lap
        self._start = self._since = self._moment()

    def elapsed(self) -> float:
        """Seconds since the clock was made, never less than 0."""
        now = self._moment()
        asleep = self._asleep_before + self._asleep(now, kept_waiting=True)
        return now.running - self._start.running + max(0.0, asleep)

    def lap(self, kept_waiting: bool) -> None:
        """Say whether the process may have waited for this side since the last lap."""
        now = self._moment()
        self._asleep_before += self._asleep(now, kept_waiting)
        self._since = now

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Within a with block, count what the student process runs and nothing else."""
        self.lap(kept_waiting=True)
        try:
            yield
        finally:
            self._since = self._moment()

    def _asleep(self, now: "Moment", kept_waiting: bool) -> float:
        """For how long it has slept of its own accord since the last lap.

        Where it may have been kept waiting, all that this side did is taken off. The two sides'
        waiting may overlap, so that too little is counted, never too much.
        """
        since = self._since
        asleep = now.wall - since.wall - (now.running - since.running)
        asleep -= now.waiting - since.waiting
        return max(0.0, asleep - (now.here - since.here)) if kept_waiting else asleep

    def _moment(self) -> "Moment":
        running, waiting = self._student.seconds()
        here = time.thread_time() + self._caller.seconds()[1]
        return Moment(time.monotonic(), running, waiting, here)


@dataclass(frozen=True)
class Moment:
    """Seconds so far: on the wall, of the student process, and on this side.

    running, waiting: the process on a processor, and for one; here: both, of the thread that asks
    """

    wall: float
    running: float
    waiting: float
    here: float


class ProcessorUse:
    """How long a process, its first thread, has been on a processor and has waited for one."""

    def __init__(self, schedstat: int | None):
        self._file = schedstat
        self._last = (0.0, 0.0)

    def seconds(self) -> tuple[float, float]:
        """On a processor, and waiting for one; once the process has ended, the last values."""
        if self._file is not None:
            # OSError: the process has ended
            with contextlib.suppress(OSError, ValueError, IndexError):
                running, waiting = os.pread(self._file, 100, 0).split()[:2]
                self._last = int(running) / 1e9, int(waiting) / 1e9
        return self._last


def open_schedstat(pid: int) -> int | None:
    """A descriptor of the kernel's statistics on the time of a process or thread.

    None where there are none.
    """
    with contextlib.suppress(OSError):
        return os.open(f"/proc/{pid}/schedstat", os.O_RDONLY)
    return None
