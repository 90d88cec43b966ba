"""`course grade` as it is run, with local jobs or on a Dask cluster, for benchmarks/scale.py."""

import contextlib
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import resource_use
from benchmarks.crowd import COURSE, PERIOD, Crowd
from benchmarks.process_group import ProcessGroup, new_group, start
from benchmarks.resource_use import Use
from grading.course import Course

DASK = str(Path(sys.executable).with_name("dask"))
HOST = "127.0.0.1"


def grade(course: Course, group: ProcessGroup, *arguments: str) -> Use:
    """Grade all that is in a course; what it took. Ends this program when that fails."""
    use = resource_use.run([COURSE, "grade", *arguments], course.root, group)
    submitted = sum(len(course.submissions(name)) for name in course.assignments)
    graded = sum(1 for _ in course.root.glob("autograded/*/*/*.ipynb"))
    if use.status not in (0, 1) or graded != submitted:  # 1: the crowd has broken ones
        sys.exit(
            f"course grade {' '.join(arguments)} ended with {use.status} "
            f"and graded {graded} of {submitted}: {use.output[-2000:]}"
        )
    return use


def with_jobs(crowd: Crowd, course: Course, jobs: int) -> Use:
    """Grade a course with so many local jobs."""
    with new_group() as group:
        return grade(course, group, "--jobs", str(jobs))


def with_workers(crowd: Crowd, course: Course, workers: int) -> Use:
    """Grade a course on a new cluster that has graded a few before, as a running one has."""
    with new_group() as group, cluster(group, workers) as address:
        with crowd.course(range(PERIOD, PERIOD + crowd.smallest * 4 * workers)) as few:
            grade(few, group, "--scheduler", address)
        return grade(course, group, "--scheduler", address)


@contextlib.contextmanager
def cluster(group: ProcessGroup, workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers, each in an empty folder of its own.

    All of them end with the with block.
    """
    from distributed import Client

    port = _free_port()
    address = f"tcp://{HOST}:{port}"
    commands = [[DASK, "scheduler", "--host", HOST, "--port", str(port), "--no-dashboard"]]
    commands += [[DASK, "worker", address, "--nthreads", "1", "--no-dashboard"]] * workers
    with contextlib.ExitStack() as ending, tempfile.TemporaryFile() as output:
        for command in commands:
            folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="dask-")))
            process = start(command, folder, group, stdout=output, stderr=output)
            ending.callback(process.wait)
            ending.callback(process.terminate)
        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return free.getsockname()[1]
