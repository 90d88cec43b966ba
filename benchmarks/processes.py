"""What a command and all that it starts take: processor time, also of processes that have ended, and memory by kind.

A submission's processes live for a tenth of a second, and nobody waits for most of them: the warm parents let the kernel
collect them, so that neither their parent's times nor `getrusage` ever hold them, and a look a few times a second sees
few. The kernel does count them in a control group. Where none can be made, the whole machine's busy time stands in; it
is measured in either case, and on an otherwise idle machine the two agree.
"""

import contextlib
import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

LOOK = 0.5  # seconds between two looks at memory
TICK = os.sysconf("SC_CLK_TCK")
ENGINE = "grading.isolation.prefork_main"
COORDINATOR, STUDENTS, TESTS = (
    "coordinator",
    "parent of student processes",
    "parent of test processes",
)
TEST, STUDENT, OUTER = "test process", "student process", "student process, outer"
BWRAP, SCHEDULER, WORKER, NANNY = "bubblewrap", "Dask scheduler", "Dask worker", "Dask nanny"
LASTING = (
    COORDINATOR,
    STUDENTS,
    TESTS,
    SCHEDULER,
    WORKER,
    NANNY,
)  # as long as the command, or longer
OTHER = "other"


@dataclass
class Kind:
    """Processes of one kind. Bytes; rss: the most that one ever had; pss: the most seen, and the median of what was seen."""

    rss: int = 0
    pss: int = 0
    median_pss: int = 0
    seconds: float = (
        0.0  # processor time seen; nearly all for those that last, of others hardly any
    )
    seen: list[int] = field(default_factory=list, repr=False)


@dataclass
class Use:
    """What a command took. machine: busy seconds of all processors; together: the most bytes (Pss) of all processes at a time."""

    wall: float
    processor: float
    machine: float
    exact: bool
    together: int
    kinds: dict[str, Kind]
    status: int
    said: str

    def to_json(self) -> dict:
        kinds = {name: asdict(kind) for name, kind in self.kinds.items()}
        for kind in kinds.values():
            del kind["seen"]
        return {
            "wall": self.wall, "processor": self.processor, "machine": self.machine, "exact": self.exact,
            "together": self.together, "kinds": kinds,
        }  # fmt: skip


class Family:
    """All that this process starts, without a control group: the machine's busy time for theirs."""

    exact = False

    def enter(self) -> None:
        """To be called in a child before its program starts."""

    def processes(self) -> list[int]:
        return [child.pid for child in psutil.Process().children(recursive=True)]

    def seconds(self) -> float:
        return machine_seconds()

    def remove(self) -> None:
        """Nothing was made."""


class ControlGroup(Family):
    """A control group, of version 2 or of version 1 with cpuacct."""

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
        if (old := self.folder / "cpuacct.usage").is_file():
            return int(old.read_text()) / 1e9
        usage = dict(line.split() for line in (self.folder / "cpu.stat").read_text().splitlines())
        return int(usage["usage_usec"]) / 1e6

    def remove(self) -> None:
        for _ in range(100):  # what was killed may take a moment to be gone
            with contextlib.suppress(OSError):
                self.folder.rmdir()
                return
            time.sleep(0.05)


@contextlib.contextmanager
def new_group() -> Iterator[Family]:
    """A control group where one can be made, else none."""
    group = Family()
    for folder in _group_folders():
        with contextlib.suppress(OSError):
            group = ControlGroup(folder / f"scale-{os.getpid()}-{time.monotonic_ns()}")
            break
    try:
        yield group
    finally:
        group.remove()


def _group_folders() -> Iterator[Path]:
    """The control groups that this process is in, those first that count every process."""
    mine = [line.split(":", 2) for line in Path("/proc/self/cgroup").read_text().splitlines()]
    mounts = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    for kind, controller in (("cgroup2", ""), ("cgroup", "cpuacct")):
        for _, place, found, options, *_ in mounts:
            if found == kind and controller in (options.split(",") if controller else [""]):
                for _, controllers, path in mine:
                    if controller in controllers.split(","):
                        yield Path(place + path)


def machine_seconds() -> float:
    """Busy time of all processors since the machine was started."""
    times = psutil.cpu_times()
    return times.user + times.nice + times.system + times.irq + times.softirq


def start(command: list[str], folder: Path, group: Family, **how) -> subprocess.Popen:
    """A process in a group, which is to be counted."""
    return subprocess.Popen(command, cwd=folder, preexec_fn=group.enter, **how)


def run(command: list[str], folder: Path, group: Family) -> Use:
    """Run a command to its end and look at everything in its group."""
    looks = Looks(group)
    begun, spent, machine = time.perf_counter(), group.seconds(), machine_seconds()
    with (folder / ".said").open("w+") as said, looks:
        process = start(command, folder, group, stdout=said, stderr=subprocess.STDOUT)
        status = process.wait()
        wall = time.perf_counter() - begun
        said.seek(0)
        words = said.read()
    processor, machine = group.seconds() - spent, machine_seconds() - machine
    return Use(wall, processor, machine, group.exact, looks.together, looks.kinds(), status, words)


class Looks:
    """A thread that looks at the memory of all processes of a group, until its with block ends."""

    def __init__(self, group: Family):
        self._group, self._ended = group, threading.Event()
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._kinds: dict[str, Kind] = {}
        self._seconds: dict[tuple[int, int], tuple[str, float, float]] = {}
        self.together = 0

    def __enter__(self) -> "Looks":
        self._look()
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def kinds(self) -> dict[str, Kind]:
        for kind in self._kinds.values():
            kind.pss, kind.median_pss = max(kind.seen), int(statistics.median(kind.seen))
        for name, before, now in self._seconds.values():
            self._kinds[name].seconds += now - before
        return self._kinds

    def _go_on(self) -> None:
        while not self._ended.wait(LOOK):
            self._look()

    def _look(self) -> None:
        found = {pid: about for pid in self._group.processes() if (about := Process.read(pid))}
        total = 0
        for pid, about in found.items():
            name = kind_of(about, found)
            with contextlib.suppress(OSError, ValueError, KeyError):
                kind = self._kinds.setdefault(name, Kind(seen=[0]))
                kind.rss = max(kind.rss, _size(pid, "status", "VmHWM"))
                kind.seen.append(pss := _size(pid, "smaps_rollup", "Pss"))
                total += pss
                before = self._seconds.get((pid, about.started), (name, about.seconds, 0.0))[1]
                self._seconds[pid, about.started] = (name, before, about.seconds)
        self.together = max(self.together, total)


def _size(pid: int, file: str, name: str) -> int:
    """A line of /proc/PID/FILE that gives kilobytes, in bytes."""
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


@dataclass(frozen=True)
class Process:
    """One process at one moment. words: its command; started: in ticks; seconds: processor time so far."""

    pid: int
    parent: int
    words: tuple[str, ...]
    started: int
    seconds: float

    @classmethod
    def read(cls, pid: int) -> "Process | None":
        with contextlib.suppress(OSError, IndexError):
            words = (
                Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
            )
            rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            if words:  # else it is ending
                used = (int(rest[11]) + int(rest[12])) / TICK
                return cls(pid, int(rest[1]), tuple(words), int(rest[19]), used)
        return None


def kind_of(process: Process, others: dict[int, Process]) -> str:
    """What a process is, from its command and its place in the tree."""
    words, parent = process.words, others.get(process.parent)
    if ENGINE in words:
        return _kind_in_engine(process, parent, others)
    names = {Path(word).name for word in words[:3]}
    if names & {"bwrap", "cat"}:
        return BWRAP
    if "dask" in names:
        return SCHEDULER if "scheduler" in words else NANNY
    if parent and "worker" in parent.words and any("spawn_main" in word for word in words):
        return WORKER
    return COORDINATOR if "course" in names else OTHER


def _kind_in_engine(process: Process, parent: Process | None, others: dict[int, Process]) -> str:
    """Every process that was forked from the first warm parent has its command."""
    if parent is None:
        return OTHER
    if ENGINE not in parent.words:
        return STUDENTS
    above = kind_of(parent, others)
    if above == STUDENTS:  # the parent of test processes is the first that it forked
        first = min(
            (other.started, other.pid) for other in others.values() if other.parent == parent.pid
        )
        return TESTS if (process.started, process.pid) == first else OUTER
    return {TESTS: TEST, TEST: BWRAP, OUTER: STUDENT}.get(above, STUDENT)
