"""Limits on real processes: what the kernel enforces, and what the watch sees."""

import contextlib
import os
import resource
import subprocess
import sys

import numpy as np
import psutil
import pytest

from grading.isolation.limits import MEGABYTE, Limits
from grading.isolation.watch import Watch

BUSY = "while True: pass"


@contextlib.contextmanager
def running(code):
    """A Python process that has printed a line; it is ended with the block."""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "ready\n"
        yield process.pid
    finally:
        Watch([process.pid]).kill()
        process.stdout.close()
        process.wait()


def said_by_a_fork(function):
    """What a function returns when a forked child runs it, as text."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            os.write(writing, str(function()).encode())
        except BaseException as error:
            os.write(writing, type(error).__name__.encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        words = said.read()
    os.waitpid(pid, 0)
    return words


def limited(function, count_processes=False, **limits):
    def run():
        Limits(**limits).impose(count_processes)
        return function()

    return said_by_a_fork(run)


# --- what the kernel enforces


def test_a_process_gets_no_more_memory_than_its_limit():
    assert limited(lambda: np.ones(10_000_000).nbytes, memory=200 * MEGABYTE) == "80000000"
    # Far more than the limit: this process may free some of what it had mapped in between.
    assert limited(lambda: np.ones(200_000_000).nbytes, memory=200 * MEGABYTE).endswith(
        "MemoryError"
    )


def test_a_file_cannot_grow_past_its_limit(tmp_path):
    path = tmp_path / "file"
    assert limited(lambda: path.write_bytes(b"x" * 1000), file_size=1000) == "1000"
    assert limited(lambda: path.write_bytes(b"x" * 1001), file_size=1000) == "OSError"


def test_processor_time_core_files_and_open_files_are_limited():
    names = ("RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_NOFILE")
    read = lambda: [resource.getrlimit(getattr(resource, name)) for name in names]  # noqa: E731
    assert limited(read, submission_seconds=7) == "[(44, 44), (0, 0), (256, 256)]"


@pytest.mark.parametrize("counted", [True, False])
def test_processes_are_counted_by_the_kernel_only_where_asked(counted):
    before = resource.getrlimit(resource.RLIMIT_NPROC)
    read = lambda: resource.getrlimit(resource.RLIMIT_NPROC)  # noqa: E731
    assert limited(read, counted, processes=5) == str((5, 5) if counted else before)


def test_a_limited_process_cannot_raise_its_limits():
    def raised():
        os.setresuid(65534, 65534, 65534)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    assert limited(raised, file_size=1000) in ("ValueError", "PermissionError")


def test_all_files_but_the_named_ones_are_closed():
    code = """if True:
        import os
        from grading.isolation.linux import close_files_but
        first, kept = os.pipe()
        last = os.open(os.devnull, os.O_RDONLY)
        close_files_but(kept)
        for number in (1, kept, first, last):
            try:
                os.fstat(number)
            except OSError:
                print("closed")
            else:
                print("open")
    """
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
    assert said.split() == ["open", "open", "closed", "closed"]


# --- the watch


FAMILY = """
import subprocess, sys, time
command = [sys.executable, "-c", "import time; time.sleep(60)"]
children = [subprocess.Popen(command) for _ in range(2)]
print("ready", flush=True)
time.sleep(60)
"""
LARGE = """
import time
kept = b"x" * 350_000_000
print("ready", flush=True)
time.sleep(60)
"""
SHARED = """
import os, time
kept = b"x" * 300_000_000
for _ in range(3):
    if os.fork() == 0:
        time.sleep(60)
print("ready", flush=True)
time.sleep(60)
"""


def test_the_watch_counts_children_too():
    with running(FAMILY) as pid:
        assert Watch([pid]).excess(Limits(processes=3)) is None
        assert (
            str(Watch([pid]).excess(Limits(processes=2)))
            == "It was stopped. It started more than 2 processes and threads."
        )


def test_a_process_reached_from_two_roots_counts_once():
    with running(FAMILY) as pid:
        child = psutil.Process(pid).children()[0].pid
        assert Watch([pid, child]).excess(Limits(processes=3)) is None


def test_the_watch_sees_memory():
    """200 MB more than the limit, which the kernel holds each process to by itself."""
    with running(LARGE) as pid:
        assert Watch([pid]).excess(Limits(memory=300 * MEGABYTE)) is None
        assert (
            str(Watch([pid]).excess(Limits(memory=100 * MEGABYTE)))
            == "It was stopped. It used more than 0.1 GB of memory."
        )


def test_memory_that_processes_share_counts_once():
    with running(SHARED) as pid:
        assert Watch([pid]).excess(Limits(memory=200 * MEGABYTE)) is None
        assert Watch([pid]).excess(Limits(memory=80 * MEGABYTE)) is not None


def test_the_watch_ends_the_whole_family():
    with running(FAMILY) as pid:
        family = [psutil.Process(pid), *psutil.Process(pid).children()]
        Watch([pid]).kill()
        _, alive = psutil.wait_procs(family, timeout=5)
        assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_a_process_that_is_gone_uses_nothing():
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    watch = Watch([gone.pid])
    assert watch.excess(Limits(processes=0, memory=0)) is None
    watch.kill()
