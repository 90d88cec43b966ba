"""How a class is to be graded: what the options of `course grade` say."""

import os
from dataclasses import dataclass

from grading.cluster.tls import Certificates

CLUSTER_WIDTH = 256  # threads of a cluster that one coordinator can keep busy


@dataclass(frozen=True)
class Options:
    """How to grade.

    jobs: submissions at a time on this machine
    fresh: whether to delete stored results first
    sandboxed: whether students' code runs in a sandbox
    run_demos: whether to run the cells that only show as well
    scheduler, tls: the address of a Dask scheduler whose workers grade instead of this machine, and
        the certificates for it
    """

    jobs: int = os.cpu_count() or 1
    fresh: bool = False
    sandboxed: bool = True
    run_demos: bool = False
    scheduler: str = ""
    tls: Certificates | None = None

    @property
    def width(self) -> int:
        """How many submissions are read, stored and waited for at a time."""
        return CLUSTER_WIDTH if self.scheduler else self.jobs
