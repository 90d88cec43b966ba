"""A scheduler and workers as separate processes, on hosts of their own."""

import contextlib
import functools
import shutil
import socket
import subprocess
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell

from grading.authoring.sample_class import make_sample_class
from grading.course import Course
from grading.pipeline.grade import grade
from tests.classes import NAME, hand_in, read_gradebook, sample
from tests.system.cluster.hosts import Host, Network, dask, family

PORT = 8786
MANY = 24
QUIET = ["--no-dashboard"]


class Hosts:
    """A test's cluster.

    root: the folder of logs; hidden: the folder of courses, which no worker can see
    """

    def __init__(self, root: Path, hidden: Path, tls: Sequence[str] = ()):
        self.network = Network()
        if self.network.why:
            warnings.warn(
                f"the cluster's hosts are plain loopback: {self.network.why}",
                UserWarning,
                stacklevel=2,
            )
        self.root, self.hidden, self.tls = root, hidden, tls
        self.here, self.center = self.network.host(), self.network.host(hidden)
        self.port = free_port() if self.network.why else PORT
        self.address = f"{'tls' if tls else 'tcp'}://{self.center.address}:{self.port}"
        self.workers: list[Host] = []

    def start_scheduler(self, environment=None):
        """A plain `dask scheduler`; returns its process."""
        words = dask(
            "scheduler", "--host", self.center.address, "--port", f"{self.port}", *QUIET, *self.tls
        )
        process = self.center.start(self.root / "scheduler.log", *words, environment=environment)
        self.wait_for(self.root / "scheduler.log", "Scheduler at")
        return process

    def start_worker(self, *options, environment=None, host=None, threads=1):
        """A plain `dask worker` on a host of its own, known as host-N; returns that host."""
        host = host or self.network.host(self.hidden)
        if host not in self.workers:
            self.workers.append(host)
        name = f"host-{self.workers.index(host) + 1}"
        words = dask(
            "worker",
            self.address,
            "--name",
            name,
            "--nthreads",
            f"{threads}",
            "--host",
            host.address,
            "--local-directory",
            str(self.root / name),
            *QUIET,
            *options,
            *self.tls,
        )
        host.start(self.root / f"{name}.log", *words, environment=environment)
        return host

    def log(self, name):
        path = self.root / f"{name}.log"
        return path.read_text() if path.exists() else ""

    def wait_for(self, path, words, seconds=60):
        deadline = time.monotonic() + seconds
        while not path.exists() or words not in path.read_text():
            assert time.monotonic() < deadline, (
                f"{path.name}: {path.read_text() if path.exists() else ''}"
            )
            time.sleep(0.05)

    def worker_processes(self, host):
        """A host's processes that are workers, not their nannies, nor what workers started."""
        return [one for process in host.processes for one in family(process) if _is_worker(one)]

    def close(self):
        self.network.close()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def _is_worker(process):
    with contextlib.suppress(psutil.Error):  # it has just ended
        words = " ".join(process.cmdline())
        return "spawn_main" in words or (
            "--no-nanny" in words and "dask" in words and "unshare" not in words
        )
    return False


@contextlib.contextmanager
def scheduler_on_hosts(root, tls=(), environment=None):
    """A scheduler of the test's own, without workers yet; all ends with the with block."""
    found = Hosts(root, root / "courses", tls)
    try:
        found.start_scheduler(environment)
        yield found
    finally:
        found.close()


@pytest.fixture
def hosts(tmp_path):
    """A scheduler, without workers yet."""
    with scheduler_on_hosts(tmp_path) as found:
        yield found


@pytest.fixture
def authority(tmp_path):
    """The folder of a certificate authority: ca.pem, and for every host cert.pem and key.pem."""
    return make_authority(tmp_path / "authority")


def make_authority(folder):
    folder.mkdir()
    run = {"cwd": folder, "check": True, "capture_output": True}
    fresh = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    subprocess.run(
        [
            *fresh,
            "-x509",
            "-days",
            "2",
            "-subj",
            "/CN=course CA",
            "-keyout",
            "ca-key.pem",
            "-out",
            "ca.pem",
        ],
        **run,
    )
    subprocess.run(
        [*fresh, "-subj", "/CN=course", "-keyout", "key.pem", "-out", "request.pem"], **run
    )
    sign = [
        "openssl",
        "x509",
        "-req",
        "-days",
        "2",
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca-key.pem",
        "-CAcreateserial",
    ]
    subprocess.run([*sign, "-in", "request.pem", "-out", "cert.pem"], **run)
    return folder


def tls_options(folder):
    return [
        "--tls-ca-file",
        f"{folder}/ca.pem",
        "--tls-cert",
        f"{folder}/cert.pem",
        "--tls-key",
        f"{folder}/key.pem",
    ]


@pytest.fixture
def tls_hosts(tmp_path, authority):
    """As `hosts`, but nothing is said in clear."""
    with scheduler_on_hosts(tmp_path, tls_options(authority)) as found:
        yield found


@pytest.fixture(scope="session")
def classes(released_course, tmp_path_factory):
    """Two classes handed in: {"few": course, "many": course}."""
    few = Course.at(
        shutil.copytree(released_course.root, tmp_path_factory.mktemp("few") / "course")
    )
    make_sample_class(few, NAME)
    with (few.root / "nbgrader_config.py").open("a") as settings:  # so that tests end
        settings.write("\nc.Cluster.silence = 20\nc.Cluster.patience = 60\n")
    many = Course.at(shutil.copytree(few.root, tmp_path_factory.mktemp("many") / "course"))
    for number in range(MANY):
        notebook = sample("wrong-1" if number % 3 else "all-right-a")
        notebook.cells.append(new_code_cell(f"number = {number}"))
        hand_in(many, f"many-{number:02d}", notebook)
    return {"few": few, "many": many}


@pytest.fixture(scope="session")
def local_run(classes):
    """A function: what a run on this machine writes for the class of a label, run when asked."""
    return functools.cache(lambda label: _graded(classes[label]))


def _graded(course):
    local = Course.at(shutil.copytree(course.root, course.root.parent / "local"))
    grade(local, NAME)
    return read_gradebook(local), _pages(local)


def _pages(course):
    return {
        student: course.autograded(student, NAME).read_text()
        for student in course.submissions(NAME)
        if course.autograded(student, NAME).is_file()
    }


@pytest.fixture
def course(classes, tmp_path):
    """The sample class of one assignment, handed in."""
    return Course.at(shutil.copytree(classes["few"].root, tmp_path / "courses" / "few"))


@pytest.fixture
def many(classes, tmp_path):
    """The sample class and more: so many submissions that something can happen on the way."""
    return Course.at(shutil.copytree(classes["many"].root, tmp_path / "courses" / "many"))


@pytest.fixture
def same_as_local(local_run):
    """A check: the gradebook and autograded/ hold what a run on this machine writes."""

    def check(course, label):
        assert (read_gradebook(course), _pages(course)) == local_run(label)

    return check
