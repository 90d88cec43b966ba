"""What one submission may use, and the watch that looks at what it does use."""

import contextlib
import os
import resource
import time
from dataclasses import dataclass

import psutil

MEGABYTE = 1_000_000
GIGABYTE = 1_000_000_000
MOST_FILES = 10_000
IN_MEMORY = ("/student", "/tmp", "/dev/shm")  # the sandbox's file systems, see sandbox.py


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission. Sizes in bytes, times in seconds of its own clock (see `Clock`)."""

    cell_seconds: float = 30
    submission_seconds: float = 120
    memory: int = 2_000 * MEGABYTE
    processes: int = 64
    file_size: int = 64 * MEGABYTE
    disk: int = 128 * MEGABYTE
    output: int = 1 * MEGABYTE
    notebook: int = 20 * MEGABYTE

    def impose(self, count_processes: bool) -> None:
        """Let the kernel hold this process, and what it starts, to the limits.

        count_processes: the kernel counts all processes of a user, so only where the sandbox has users of its own
        """
        own = psutil.Process().memory_info().vms
        for what, bound in {
            resource.RLIMIT_AS: own + self.memory,
            resource.RLIMIT_FSIZE: self.file_size,
            resource.RLIMIT_CPU: int(self.submission_seconds * 2),
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_NOFILE: 256,
        }.items():
            resource.setrlimit(what, (bound, bound))
        if count_processes:
            resource.setrlimit(resource.RLIMIT_NPROC, (self.processes, self.processes))


class Clock:
    """A process's own time: what has passed, less what it spent waiting for a processor.

    So a cell gets the same time to run on a busy machine as on an idle one, and a score does not depend on
    the load. Where the kernel does not tell (/proc/PID/schedstat), all the time that has passed counts.
    """

    def __init__(self, schedstat: int | None):
        """schedstat: that file, open, of the process to watch; see `open_schedstat`."""
        self._file = schedstat
        self._start = time.monotonic()
        self._last = 0.0
        self._waited = self._waiting()

    def elapsed(self) -> float:
        return max(0.0, time.monotonic() - self._start - (self._waiting() - self._waited))

    def _waiting(self) -> float:
        if self._file is not None:
            with contextlib.suppress(
                OSError, ValueError, IndexError
            ):  # it is closed when the process has ended
                self._last = int(os.pread(self._file, 100, 0).split()[1]) / 1e9
        return self._last


def open_schedstat(pid: int) -> int | None:
    """What the kernel tells of a process's time; None where it does not."""
    with contextlib.suppress(OSError):
        return os.open(f"/proc/{pid}/schedstat", os.O_RDONLY)
    return None


class Watch:
    """Memory and processes of all that a student process has started."""

    def __init__(self, pids: list[int]):
        self._roots = pids

    def excess(self, limits: Limits) -> str:
        """What is over its limit, in words; "" when nothing is."""
        family = self._family()
        # threads too: the kernel counts them alike, but not where the grader is root
        number = sum(_number_of_threads(process) for process in family)
        if number > limits.processes:
            return f"it started {number} processes and threads; {limits.processes} are allowed"
        files, bytes_in_files = _files_in_memory(family)
        if _memory(family) + bytes_in_files > limits.memory:
            return f"it used more than {limits.memory / 1e9:.3g} GB of memory"
        if files > MOST_FILES:
            return f"it made {files} files; {MOST_FILES} are allowed"
        return ""

    def processor_seconds(self) -> float:
        """What these processes, and those of their children that have ended, have computed so far."""
        total = 0.0
        for process in self._family():
            with contextlib.suppress(psutil.Error):
                times = process.cpu_times()
                total += times.user + times.system + times.children_user + times.children_system
        return total

    def kill(self) -> None:
        for process in self._family():
            with contextlib.suppress(psutil.Error, OSError):
                process.kill()

    def _family(self) -> list[psutil.Process]:
        family: dict[int, psutil.Process] = {}
        for pid in self._roots:
            with contextlib.suppress(psutil.Error):
                root = psutil.Process(pid)
                family |= {
                    process.pid: process for process in [root, *root.children(recursive=True)]
                }
        return list(family.values())


def _memory(family: list[psutil.Process]) -> int:
    """Bytes that belong to these processes, shared pages counted once."""
    total = 0
    for process in family:
        with contextlib.suppress(psutil.Error, OSError):
            resident = process.memory_info().rss
            small = len(family) == 1 or resident < 10 * MEGABYTE
            total += resident if small else process.memory_full_info().pss
    return total


def _number_of_threads(process: psutil.Process) -> int:
    with contextlib.suppress(psutil.Error):
        return process.num_threads()
    return 0


def _files_in_memory(family: list[psutil.Process]) -> tuple[int, int]:
    """Number and bytes of the files that the sandbox holds in memory, those without a name included."""
    number = size = 0
    for process in family:
        with contextlib.suppress(OSError):
            for entry in os.scandir(f"/proc/{process.pid}/fd"):
                with contextlib.suppress(OSError):
                    if os.readlink(entry.path).startswith("/memfd:"):
                        size += os.stat(entry.path).st_blocks * 512
    for folder in IN_MEMORY if family else ():
        with contextlib.suppress(OSError):
            about = os.statvfs(f"/proc/{family[0].pid}/root{folder}")
            if about.f_files and about.f_blocks * about.f_frsize < GIGABYTE:
                number += about.f_files - about.f_ffree
                size += (about.f_blocks - about.f_bfree) * about.f_frsize
    return number, size


def close_files_but(*keep: int) -> None:
    """Close every open file of this process but the standard three and those named."""
    low = 3
    for descriptor in sorted(keep):
        os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
