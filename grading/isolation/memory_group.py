"""A control group for each student process, where one can be had: the kernel bounds all its memory.

What fills pipes and sockets is memory that no process is charged with; a group is. And a burst
between two looks of the watch ends at the group's limit.
"""

import atexit
import contextlib
import itertools
import os
import time
from dataclasses import dataclass
from pathlib import Path

from grading.isolation.control_groups import PREFIX, Version, find_place
from grading.isolation.limits import Limits

SECONDS_TO_END = 2.0  # for processes that have been killed
_numbers = itertools.count()
_left: list[Path] = []  # groups to be removed as soon as their processes are gone


@dataclass(frozen=True)
class MemoryGroup:
    """One control group. entrance: the descriptor for `join`"""

    folder: Path
    version: Version
    entrance: int

    @classmethod
    def start(cls, limits: Limits) -> "MemoryGroup | None":
        """A new group without processes; None where none can be made."""
        if (place := find_place()) is None:
            return None
        folder = place.folder / f"{PREFIX}{os.getpid()}-{next(_numbers)}"
        try:
            folder.mkdir()
            _impose(folder, place.version, limits.memory_together)
            entrance = os.open(folder / place.version.entrance, os.O_WRONLY)
        except OSError:
            with contextlib.suppress(OSError):
                folder.rmdir()
            return None
        return cls(folder, place.version, entrance)

    @property
    def has_killed(self) -> bool:
        """Whether the kernel has ended a process in it for want of memory."""
        with contextlib.suppress(OSError):
            counts = (self.folder / self.version.events).read_text().split("\n")
            return any(line.startswith("oom_kill ") and line != "oom_kill 0" for line in counts)
        return False

    def processes(self) -> list[int]:
        """The numbers of all processes in it, whoever started them; none where it is gone."""
        with contextlib.suppress(OSError):
            return [int(pid) for pid in (self.folder / "cgroup.procs").read_text().split()]
        return []

    def remove(self) -> None:
        """Remove it now or, where processes that have been killed are not gone yet, later on."""
        os.close(self.entrance)
        _left.append(self.folder)
        remove_left(patience=0)


def remove_left(patience: float = SECONDS_TO_END) -> None:
    """Remove the groups that are not in use any more, waiting for some seconds at most.

    What is left of them all the same is removed before the next class is graded.
    """
    deadline = time.monotonic() + patience
    while True:
        _left[:] = [folder for folder in _left if not _has_removed(folder)]
        if not _left or time.monotonic() >= deadline:
            return
        time.sleep(0.001)


def _has_removed(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _impose(folder: Path, version: Version, size: int) -> None:
    """Bound a group, which has no processes yet."""
    first, *others = version.sizes
    (folder / first).write_text(str(size))
    for name, value in (dict.fromkeys(others, str(size)) | version.settings).items():
        if (folder / name).exists():
            (folder / name).write_text(value)


def join(entrance: int) -> None:
    """Move this process, which must have one thread only, into a group for good."""
    os.write(entrance, b"0")
    os.close(entrance)


atexit.register(remove_left)
