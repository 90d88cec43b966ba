"""The processes that a command starts, and the processor time they take together.

A submission's processes live for a tenth of a second, and nobody waits for most of them: the warm
parents let the kernel collect them. So neither their parent's times nor `getrusage` ever hold
them, and looking a few times a second sees few of them. The kernel does count them in a control
group. Where none can be made, the busy time of the whole machine stands in; both are measured, and
on an otherwise idle machine the two agree.
"""

import contextlib
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil


class ProcessGroup:
    """All that this process starts, without a control group: `seconds` is the whole machine's."""

    exact = False

    def enter(self) -> None:
        """To be called in a child before its program starts."""

    def processes(self) -> list[int]:
        """The ids of the processes that run now."""
        return [child.pid for child in psutil.Process().children(recursive=True)]

    def seconds(self) -> float:
        """Processor time so far, also of processes that have ended."""
        return machine_seconds()

    def remove(self) -> None:
        """Take away what was made for the group; here nothing."""


class ControlGroup(ProcessGroup):
    """A control group, of version 2 or of version 1 with cpuacct; OSError if it cannot be made."""

    exact = True

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir()
        self.seconds()

    def enter(self) -> None:
        (self.folder / "cgroup.procs").write_text("0")

    def processes(self) -> list[int]:
        return [int(pid) for pid in (self.folder / "cgroup.procs").read_text().split()]

    def seconds(self) -> float:
        if (version_1 := self.folder / "cpuacct.usage").is_file():
            return int(version_1.read_text()) / 1e9
        usage = dict(line.split() for line in (self.folder / "cpu.stat").read_text().splitlines())
        return int(usage["usage_usec"]) / 1e6

    def remove(self) -> None:
        for _ in range(100):  # what was killed may take a moment to be gone
            with contextlib.suppress(OSError):
                self.folder.rmdir()
                return
            time.sleep(0.05)


@contextlib.contextmanager
def new_group() -> Iterator[ProcessGroup]:
    """A control group where one can be made, else a `ProcessGroup`."""
    group = ProcessGroup()
    for folder in _group_folders():
        with contextlib.suppress(OSError):
            group = ControlGroup(folder / f"scale-{os.getpid()}-{time.monotonic_ns()}")
            break
    try:
        yield group
    finally:
        group.remove()


def _group_folders() -> Iterator[Path]:
    """The control groups that this process is in, first those that count every process."""
    lines = Path("/proc/self/cgroup").read_text().splitlines()
    own_groups = [line.split(":", 2) for line in lines]
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    for kind, controller in (("cgroup2", ""), ("cgroup", "cpuacct")):
        for _, folder, file_system, options, *_ in mounts:
            offered = options.split(",") if controller else [""]
            if file_system != kind or controller not in offered:
                continue
            for _, controllers, path in own_groups:
                if controller in controllers.split(","):
                    yield Path(folder + path)


def machine_seconds() -> float:
    """Busy time of all processors since the machine was started."""
    times = psutil.cpu_times()
    return times.user + times.nice + times.system + times.irq + times.softirq


def start(command: list[str], folder: Path, group: ProcessGroup, **how: Any) -> subprocess.Popen:
    """Start a process that is counted in a group; `how` are arguments of `subprocess.Popen`."""
    return subprocess.Popen(command, cwd=folder, preexec_fn=group.enter, **how)
