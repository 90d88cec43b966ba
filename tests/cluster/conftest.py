"""A scheduler and workers as separate processes, on hosts of their own."""

import contextlib
import time
import warnings
from pathlib import Path

import psutil
import pytest

from tests.cluster.hosts import Host, Network, dask, family

PORT = 8786
QUIET = ["--no-dashboard"]


class Hosts:
    """A test's cluster. root: the folder of logs; hidden: the course's folder, which no worker can see"""

    def __init__(self, root: Path, hidden: Path, tls: tuple[str, ...] = ()):
        self.network = Network()
        if self.network.why:
            warnings.warn(
                f"the cluster's hosts are plain loopback, for {self.network.why}", UserWarning, stacklevel=2
            )
        self.root, self.hidden, self.tls = root, hidden, tls
        self.here, self.center = self.network.host(), self.network.host(hidden)
        self.address = f"{'tls' if tls else 'tcp'}://{self.center.address}:{PORT}"
        self.workers: list[Host] = []

    def start_scheduler(self):
        """A plain `dask scheduler`; returns its process."""
        words = dask("scheduler", "--host", self.center.address, "--port", f"{PORT}", *QUIET, *self.tls)
        process = self.center.start(self.root / "scheduler.log", *words)
        self.wait_for(self.root / "scheduler.log", "Scheduler at")
        return process

    def start_worker(self, *options, environment=None, host=None, threads=1):
        """A plain `dask worker` on a host of its own, known as host-N; returns that host."""
        host = host or self.network.host(self.hidden)
        if host not in self.workers:
            self.workers.append(host)
        name = f"host-{self.workers.index(host) + 1}"
        words = dask(
            "worker", self.address, "--name", name, "--nthreads", f"{threads}", "--host", host.address,
            "--local-directory", str(self.root / name), *QUIET, *options, *self.tls,
        )  # fmt: skip
        host.start(self.root / f"{name}.log", *words, environment=environment)
        return host

    def log(self, name):
        path = self.root / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def wait_for(self, path, words, seconds=60):
        deadline = time.monotonic() + seconds
        while not path.exists() or words not in path.read_text():
            assert time.monotonic() < deadline, f"{path.name}: {path.read_text() if path.exists() else ''}"
            time.sleep(0.05)

    def worker_processes(self, host):
        """The processes of a host that are workers, and not their nannies or anything that they started."""
        return [one for process in host.processes for one in family(process) if _is_worker(one)]

    def close(self):
        self.network.close()


def _is_worker(process):
    with contextlib.suppress(psutil.Error):  # it has just ended
        words = " ".join(process.cmdline())
        return "spawn_main" in words or ("--no-nanny" in words and "dask" in words and "unshare" not in words)
    return False


@pytest.fixture
def hosts(tmp_path, course):
    """A scheduler of the test's own, without workers yet."""
    found = Hosts(tmp_path, course.root)
    try:
        found.start_scheduler()
        yield found
    finally:
        found.close()
