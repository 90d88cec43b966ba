"""`course grade` as it is run, with local jobs or on a Dask cluster, for benchmarks/scale.py."""

import contextlib
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import processes
from benchmarks.crowd import COURSE, PERIOD, SMALLEST, Crowd
from benchmarks.processes import Family, Use
from grading.course import Course

DASK = str(Path(sys.executable).with_name("dask"))


def grade(course: Course, group: Family, *words: str) -> Use:
    """Grade all that is in a course; its figures."""
    use = processes.run([COURSE, "grade", *words], course.root, group)
    submitted = sum(len(course.submissions(name)) for name in course.assignments)
    graded = sum(1 for _ in course.root.glob("autograded/*/*/*.ipynb"))
    if use.status not in (0, 1) or graded != submitted:  # 1: broken ones, as they should be
        sys.exit(
            f"course grade {' '.join(words)} ended with {use.status} and graded {graded} of {submitted}: {use.said[-2000:]}"
        )
    return use


def with_jobs(crowd: Crowd, course: Course, jobs: int) -> Use:
    with processes.new_group() as group:
        return grade(course, group, "--jobs", str(jobs))


def with_workers(crowd: Crowd, course: Course, workers: int) -> Use:
    """Graded by a new cluster that has graded a few before, as one that has been running has."""
    with processes.new_group() as group, cluster(group, workers) as address:
        with crowd.course(range(PERIOD, PERIOD + SMALLEST * 4 * workers)) as few:
            grade(few, group, "--scheduler", address)
        return grade(course, group, "--scheduler", address)


@contextlib.contextmanager
def cluster(group: Family, workers: int) -> Iterator[str]:
    """The address of a scheduler with so many workers, each in an empty folder of its own; all end with the with block."""
    from distributed import Client

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    commands = [[DASK, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    commands += [[DASK, "worker", address, "--nthreads", "1", "--no-dashboard"]] * workers
    with contextlib.ExitStack() as ending, tempfile.TemporaryFile() as said:
        for command in commands:
            folder = Path(ending.enter_context(tempfile.TemporaryDirectory(prefix="dask-")))
            process = processes.start(command, folder, group, stdout=said, stderr=said)
            ending.callback(process.wait)
            ending.callback(process.terminate)
        with Client(address, timeout=60) as client:
            client.wait_for_workers(workers, timeout=60)
        yield address
