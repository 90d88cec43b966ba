"""What a command and all that it starts take: wall time, processor time, and memory by kind."""

import contextlib
import statistics
import subprocess
import threading
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.process_group import ProcessGroup, machine_seconds, start
from benchmarks.process_kinds import Process, kind_of

SAMPLING = 0.5  # seconds between two samples of memory


@dataclass
class KindUse:
    """What the processes of one kind took. Memory in bytes.

    rss: the most that one process ever had
    pss: the most that was seen, and median_pss the median of what was seen; memory that processes
        share is split between them
    seconds: processor time that was seen; nearly all of it for processes that last, hardly any for
        those that live between two samples
    """

    rss: int = 0
    pss: int = 0
    median_pss: int = 0
    seconds: float = 0.0
    samples: list[int] = field(default_factory=list, repr=False)


@dataclass
class Use:
    """What a command took.

    wall: seconds from its start to its end
    processor: seconds of the processes in its group; of the whole machine where not `exact`
    machine: busy seconds of all processors
    together: the most bytes (Pss) of all processes at a time
    status, output: of the command
    """

    wall: float
    processor: float
    machine: float
    exact: bool
    together: int
    kinds: dict[str, KindUse]
    status: int
    output: str

    def to_json(self) -> dict:
        """The figures alone."""
        figures = asdict(self)
        del figures["status"], figures["output"]
        for kind in figures["kinds"].values():
            del kind["samples"]
        return figures


def run(command: list[str], folder: Path, group: ProcessGroup) -> Use:
    """Run a command to its end and sample everything in its group."""
    sampler = MemorySampler(group)
    begun, processor, machine = time.perf_counter(), group.seconds(), machine_seconds()
    with (folder / ".output").open("w+") as output, sampler:
        process = start(command, folder, group, stdout=output, stderr=subprocess.STDOUT)
        status = process.wait()
        wall = time.perf_counter() - begun
        output.seek(0)
        text = output.read()
    return Use(
        wall=wall,
        processor=group.seconds() - processor,
        machine=machine_seconds() - machine,
        exact=group.exact,
        together=sampler.together,
        kinds=sampler.kinds(),
        status=status,
        output=text,
    )


class MemorySampler:
    """A thread that samples the memory of all processes of a group, until its with block ends."""

    def __init__(self, group: ProcessGroup):
        self._group, self._ended = group, threading.Event()
        self._thread = threading.Thread(target=self._sample_until_end, daemon=True)
        self._kinds: dict[str, KindUse] = {}
        # (id, start) of a process: its kind, processor time when first and when last seen
        self._seconds: dict[tuple[int, int], tuple[str, float, float]] = {}
        self.together = 0

    def __enter__(self) -> "MemorySampler":
        self._sample()
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def kinds(self) -> dict[str, KindUse]:
        """What was seen, by kind of process; to be called once, at the end."""
        for use in self._kinds.values():
            use.pss, use.median_pss = max(use.samples), int(statistics.median(use.samples))
        for name, before, now in self._seconds.values():
            self._kinds[name].seconds += now - before
        return self._kinds

    def _sample_until_end(self) -> None:
        while not self._ended.wait(SAMPLING):
            self._sample()

    def _sample(self) -> None:
        processes = {pid: found for pid in self._group.processes() if (found := Process.read(pid))}
        total = 0
        for process in processes.values():
            # OSError, ValueError, KeyError: it has ended meanwhile
            with contextlib.suppress(OSError, ValueError, KeyError):
                total += self._add(process, kind_of(process, processes))
        self.together = max(self.together, total)

    def _add(self, process: Process, name: str) -> int:
        """Add one process to its kind; returns its Pss."""
        use = self._kinds.setdefault(name, KindUse(samples=[0]))
        use.rss = max(use.rss, _bytes_of(process.pid, "status", "VmHWM"))
        pss = _bytes_of(process.pid, "smaps_rollup", "Pss")
        use.samples.append(pss)
        key = process.pid, process.started
        before = self._seconds.get(key, (name, process.seconds, 0.0))[1]
        self._seconds[key] = (name, before, process.seconds)
        return pss


def _bytes_of(pid: int, file: str, name: str) -> int:
    """A line of /proc/PID/FILE that gives kilobytes, in bytes."""
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)
