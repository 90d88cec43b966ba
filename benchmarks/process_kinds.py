"""What the processes of a grading run are: read from /proc, told apart by command and parent."""

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
ENGINE = "grading.isolation.prefork_main"
COORDINATOR = "coordinator"
STUDENTS, TESTS = "parent of student processes", "parent of test processes"
TEST, STUDENT, OUTER = "test process", "student process", "student process, outer"
BWRAP = "bubblewrap"
SCHEDULER, WORKER, NANNY = "Dask scheduler", "Dask worker", "Dask nanny"
OTHER = "other"


@dataclass(frozen=True)
class Process:
    """One process at one moment.

    started: in ticks since the machine was started; with `pid` it names the process for ever
    seconds: processor time so far
    """

    pid: int
    parent: int
    command: tuple[str, ...]
    started: int
    seconds: float

    @classmethod
    def read(cls, pid: int) -> "Process | None":
        """A process as it is now; None when it has ended or is ending."""
        with contextlib.suppress(OSError, IndexError):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            arguments = tuple(command.split("\0")[:-1])
            if arguments:
                return cls(
                    pid=pid,
                    parent=int(stat[1]),
                    command=arguments,
                    started=int(stat[19]),
                    seconds=(int(stat[11]) + int(stat[12])) / TICK,
                )
        return None


def kind_of(process: Process, others: dict[int, Process]) -> str:
    """What a process is, from its command and its place in the tree of `others`, by id."""
    command, parent = process.command, others.get(process.parent)
    if ENGINE in command:
        return _kind_in_engine(process, parent, others)
    names = {Path(argument).name for argument in command[:3]}
    if names & {"bwrap", "cat"}:
        return BWRAP
    if "dask" in names:
        return SCHEDULER if "scheduler" in command else NANNY
    is_spawned = any("spawn_main" in argument for argument in command)
    if parent and "worker" in parent.command and is_spawned:
        return WORKER
    return COORDINATOR if "course" in names else OTHER


def _kind_in_engine(process: Process, parent: Process | None, others: dict[int, Process]) -> str:
    """Every process that was forked from the first warm parent has its command."""
    if parent is None:
        return OTHER
    if ENGINE not in parent.command:
        return STUDENTS
    kind_of_parent = kind_of(parent, others)
    if kind_of_parent == STUDENTS:  # the parent of test processes is the first that it forked
        siblings = [other for other in others.values() if other.parent == parent.pid]
        first = min((sibling.started, sibling.pid) for sibling in siblings)
        return TESTS if (process.started, process.pid) == first else OUTER
    return {TESTS: TEST, TEST: BWRAP, OUTER: STUDENT}.get(kind_of_parent, STUDENT)
