"""An engine that is lost is replaced, and what it had is graded by the next."""

import threading

import psutil
import pytest

from grading.engine import engine as module
from grading.engine.engine import grade_here, start_engine
from grading.engine.job import Job
from tests.harness import COURSE


@pytest.fixture
def job():
    name = "initialization"
    source = COURSE.source(name).read_bytes()
    return Job(name, COURSE.release(name).read_bytes(), source, source)


def _servers():
    """The prefork servers of this process's engine: of student processes and of test processes."""
    student_server = psutil.Process(start_engine()._servers.pid)
    return [student_server, min(student_server.children(), key=psutil.Process.create_time)]


@pytest.mark.parametrize("which", [0, 1])
def test_servers_that_are_killed_are_replaced(job, which):
    assert sum(grade_here(job).scores.values()) == 100
    first = start_engine()
    _servers()[which].kill()
    assert sum(grade_here(job).scores.values()) == 100
    assert start_engine() is not first


@pytest.mark.long
def test_servers_that_answer_no_more_are_replaced(job, monkeypatch):
    grade_here(job)
    first = start_engine()
    monkeypatch.setattr(module, "STANDSTILL_SECONDS", 1.0)
    for server in _servers():
        server.suspend()
    assert sum(grade_here(job).scores.values()) == 100
    assert start_engine() is not first


def test_threads_that_start_at_once_share_one_engine(monkeypatch):
    monkeypatch.setattr(module, "_engines", {})
    found, barrier = [], threading.Barrier(8)

    def start_one():
        barrier.wait()
        found.append(start_engine())

    threads = [threading.Thread(target=start_one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    found[0].close()
