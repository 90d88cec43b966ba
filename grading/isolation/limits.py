"""What one submission may use."""

import resource
from dataclasses import dataclass

import psutil

from course_utils.environment import MAX_NOTEBOOK_BYTES

MEGABYTE = 1_000_000
GIGABYTE = 1_000_000_000
MAX_FILES_MADE = 10_000  # in the sandbox's file systems
MAX_OPEN_FILES = 256  # of one process
MAX_OPEN_TOGETHER = 1_000  # of all processes of a submission: each may be a pipe full of data
MAX_SOCKETS = 256  # of a submission, those that nobody has accepted yet included
# Besides `Limits.memory`: for what a process shares with the one that it was forked from, some
# 100 MB, or for what the kernel keeps for a submission: page tables, and at most 150 MB in as many
# files, pipes and sockets as it may have.
MEMORY_BESIDES = 200 * MEGABYTE
# Of processor time, before the kernel ends a process: a busy grader may look late, and says more.
SECONDS_LATE = 30


@dataclass(frozen=True)
class Limits:
    """Bounds on one submission. Sizes in bytes, times in seconds of its own clock (see `Clock`).

    The names of the fields are settings that users have: c.RunIsolated.memory, for example.
    """

    cell_seconds: float = 30
    submission_seconds: float = 120
    memory: int = 2_000 * MEGABYTE
    processes: int = 64
    file_size: int = 64 * MEGABYTE
    disk: int = 128 * MEGABYTE
    output: int = 1 * MEGABYTE
    notebook: int = MAX_NOTEBOOK_BYTES

    @property
    def memory_together(self) -> int:
        """Bytes that all processes of a submission may have.

        One process by itself does not come to that: it meets the limit on its address space, a
        MemoryError. Which of the limits ends a cell must not depend on when somebody looks.
        """
        return self.memory + MEMORY_BESIDES

    def impose(self, count_processes: bool) -> None:
        """Let the kernel hold this process, and all that it starts, to the limits.

        count_processes: limit the number of processes too. The kernel counts all processes of a
            user, so this is of use only in a sandbox, which has users of its own.
        """
        # The address space holds what was mapped before the fork as well, shared libraries mostly.
        mapped_already = psutil.Process().memory_info().vms
        bounds = {
            resource.RLIMIT_AS: mapped_already + self.memory,
            resource.RLIMIT_FSIZE: self.file_size,
            # A second line of defence behind the clock of each request, hence twice the time.
            resource.RLIMIT_CPU: int(self.submission_seconds * 2) + SECONDS_LATE,
            resource.RLIMIT_CORE: 0,
            resource.RLIMIT_NOFILE: MAX_OPEN_FILES,
        }
        if count_processes:
            bounds[resource.RLIMIT_NPROC] = self.processes
        for kind, bound in bounds.items():
            resource.setrlimit(kind, (bound, bound))
