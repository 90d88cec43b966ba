"""What a student process does use: its memory, and all that it has started."""

import contextlib
import os
import signal
from functools import cached_property
from pathlib import Path

import psutil

from course_utils.messages import Message
from grading.isolation.activity import Activity, number_of_threads
from grading.isolation.limits import (
    GIGABYTE,
    MAX_FILES_MADE,
    MAX_OPEN_TOGETHER,
    MAX_SOCKETS,
    Limits,
)
from grading.isolation.memory_group import MemoryGroup
from grading.messages import message

IN_MEMORY = ("/student", "/tmp", "/dev/shm")  # file systems that sandbox.py makes
PAGE = os.sysconf("SC_PAGE_SIZE")  # bytes; the unit of statm
BLOCK = 512  # bytes; the unit of st_blocks


class Watch:
    """One look at some processes and all that they have started: their memory, what they do."""

    def __init__(self, pids: list[int], group: MemoryGroup | None = None):
        """group: the control group in which they are, if there is one"""
        self._roots = pids
        self._group = group

    def excess(self, limits: Limits) -> Message | None:
        """The limit that is exceeded, in a sentence for the student; None when none is.

        The sentence does not tell how much there was: that depends on when this looked.
        """
        if self.out_of_memory:
            return too_much_memory(limits)
        family = self._family
        # Threads count as processes, as they do for the kernel, whose limit does not bind root.
        if sum(map(number_of_threads, family)) > limits.processes:
            return message("stopped.processes", most=limits.processes)
        if excess := _excess_in_kernel(family):
            return excess
        files, bytes_in_files = _files_in_memory(family)
        if _has_more_memory(family, limits.memory_together - bytes_in_files):
            return too_much_memory(limits)
        if files > MAX_FILES_MADE:
            return message("stopped.files", most=MAX_FILES_MADE)
        return None

    @property
    def out_of_memory(self) -> bool:
        """Whether the kernel has ended one of them, since they had too much memory together."""
        return self._group is not None and self._group.has_killed

    def activity(self) -> Activity:
        return Activity.of(self._family)

    def kill(self) -> None:
        for pid in self._family:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)

    @cached_property
    def _family(self) -> list[int]:
        """Their process numbers. The control group knows them; without one, all parents are read.

        The last takes as long as a few calls of a student's function, on any machine that does
        much else.
        """
        family = dict.fromkeys(self._roots)
        if self._group and (members := self._group.processes()):
            return list(family | dict.fromkeys(members))
        for pid in self._roots:
            with contextlib.suppress(psutil.Error):
                started = psutil.Process(pid).children(recursive=True)
                family |= dict.fromkeys(process.pid for process in started)
        return list(family)


def too_much_memory(limits: Limits) -> Message:
    """The sentence for who had too much, whoever noticed: the watch or the kernel."""
    return message("stopped.memory", size=limits.memory / 1e9)


def _has_more_memory(family: list[int], limit: int) -> bool:
    """Whether more bytes than that belong to these processes, shared pages counted once."""
    resident = sum(map(_resident, family))
    # To count shared pages once takes the kernel long, and makes no more of them.
    return resident > limit and (len(family) == 1 or sum(map(_proportional, family)) > limit)


def _resident(pid: int) -> int:
    """Bytes in memory that a process sees, shared ones included; 0 where it has ended."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    return 0


def _proportional(pid: int) -> int:
    """Bytes in memory, of a page that others see too only its share."""
    with contextlib.suppress(psutil.Error, OSError):
        return psutil.Process(pid).memory_full_info().pss
    return 0


def _excess_in_kernel(family: list[int]) -> Message | None:
    """The same for pipes and sockets, whose content is memory that no process is charged with."""
    if sum(map(_number_of_open_files, family)) > MAX_OPEN_TOGETHER:
        return message("stopped.open_files", most=MAX_OPEN_TOGETHER)
    if family and _number_of_sockets(family[0]) > MAX_SOCKETS:
        return message("stopped.sockets", most=MAX_SOCKETS)
    return None


def _number_of_open_files(pid: int) -> int:
    with contextlib.suppress(OSError):
        return len(os.listdir(f"/proc/{pid}/fd"))
    return 0


def _number_of_sockets(pid: int) -> int:
    """Unix sockets in its network namespace, open or waiting in a queue; 0 without a sandbox."""
    with contextlib.suppress(OSError):
        if os.stat(f"/proc/{pid}/ns/net").st_ino != os.stat("/proc/self/ns/net").st_ino:
            with open(f"/proc/{pid}/net/unix", "rb") as table:
                return sum(1 for _ in table) - 1  # after the line of titles
    return 0


def _files_in_memory(family: list[int]) -> tuple[int, int]:
    """Number and bytes of the files that the sandbox holds in memory, with and without a name."""
    if not family:
        return 0, 0
    number, size = 0, sum(map(_unnamed_files, family))
    for folder in IN_MEMORY:
        with contextlib.suppress(OSError):
            stats = os.statvfs(f"/proc/{family[0]}/root{folder}")
            # Without a sandbox these are the machine's own file systems, which are larger.
            if stats.f_files and stats.f_blocks * stats.f_frsize < GIGABYTE:
                number += stats.f_files - stats.f_ffree
                size += (stats.f_blocks - stats.f_bfree) * stats.f_frsize
    return number, size


def _unnamed_files(pid: int) -> int:
    """Bytes in files that a process made with memfd_create(2)."""
    size = 0
    with contextlib.suppress(OSError):
        for descriptor in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                if os.readlink(descriptor.path).startswith("/memfd:"):
                    size += os.stat(descriptor.path).st_blocks * BLOCK
    return size
