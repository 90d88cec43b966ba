"""What processes are doing: on a processor, waiting for one, for a disk, or idle."""

import contextlib
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")  # a second
THREADS = 17  # the field of a stat file, as `_stat` counts them
RUNNING, ON_DISK = "R", "D"  # states of a thread; R also where it waits for a processor


@dataclass(frozen=True)
class Activity:
    """What some processes do at a moment, and have done.

    running: whether a thread of theirs is on a processor or waits for one
    on_disk: whether none is, but one waits for a disk
    least_seconds, most_seconds: of processor time so far, that of children which have ended
        included; the kernel tells it in hundredths of a second, a few numbers for each process
    """

    running: bool
    on_disk: bool
    least_seconds: float
    most_seconds: float

    @classmethod
    def of(cls, pids: Iterable[int]) -> "Activity":
        states: set[str] = set()
        ticks, numbers = 0, 0
        for pid in pids:
            # OSError: it has just ended
            with contextlib.suppress(OSError):
                fields = _stat(Path(f"/proc/{pid}/stat"))
                ticks += sum(map(int, fields[11:15]))
                numbers += 4
                states.update(_states_of_threads(pid) if int(fields[THREADS]) > 1 else fields[0])
        running = RUNNING in states
        on_disk = not running and ON_DISK in states
        return cls(running, on_disk, ticks / TICKS, (ticks + numbers) / TICKS)


class Standstill:
    """For how long a process, its first thread, has done nothing and has wanted nothing.

    One that waits for a processor does not stand still, however busy the machine is.
    """

    def __init__(self, pid: int):
        self._status = Path(f"/proc/{pid}/status")
        self._seen, self._since = "", time.monotonic()

    def seconds(self) -> float:
        """Seconds until now, as far as this was asked often enough."""
        seen, is_active = self._look()
        if seen != self._seen or is_active:
            self._seen, self._since = seen, time.monotonic()
        return time.monotonic() - self._since

    def _look(self) -> tuple[str, bool]:
        """How often it has gone to sleep, and whether it is awake or waits for a disk."""
        with contextlib.suppress(OSError):
            lines = self._status.read_text().splitlines()
            about = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
            return about["voluntary_ctxt_switches"], about["State"][0] in (RUNNING, ON_DISK)
        return "ended", False


def number_of_threads(pid: int) -> int:
    """How many threads a process has; 0 where it has ended."""
    with contextlib.suppress(OSError):
        return int(_stat(Path(f"/proc/{pid}/stat"))[THREADS])
    return 0


def _states_of_threads(pid: int) -> Iterator[str]:
    for thread in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(OSError):
            yield _stat(Path(f"/proc/{pid}/task/{thread}/stat"))[0]


def _stat(path: Path) -> list[str]:
    """The fields of a stat file from the state on; the name before them may hold anything."""
    return path.read_text(errors="replace").rpartition(")")[2].split()
