"""An engine that is lost is replaced, and what it had is graded by the next."""

import threading

import psutil
import pytest

from grading.engine import engine as module
from grading.engine.engine import begin_here, grade_here
from grading.engine.job import Job
from tests.harness import COURSE


@pytest.fixture
def job():
    name = "initialization"
    source = COURSE.source(name).read_bytes()
    return Job(name, COURSE.release(name).read_bytes(), source, source)


def _parents():
    """The parent of student processes and that of test processes, of this process's engine."""
    students = psutil.Process(begin_here()._parents._process.pid)
    return [students, min(students.children(), key=psutil.Process.create_time)]


@pytest.mark.parametrize("which", [0, 1])
def test_parents_that_are_killed_are_replaced(job, which):
    assert sum(grade_here(job).scores.values()) == 100
    first = begin_here()
    _parents()[which].kill()
    assert sum(grade_here(job).scores.values()) == 100
    assert begin_here() is not first


def test_parents_that_answer_no_more_are_replaced(job, monkeypatch):
    grade_here(job)
    first = begin_here()
    monkeypatch.setattr(module, "ANSWER", 1.0)
    for parent in _parents():
        parent.suspend()
    assert sum(grade_here(job).scores.values()) == 100
    assert begin_here() is not first


def test_threads_that_begin_at_once_share_one_engine(monkeypatch):
    monkeypatch.setattr(module, "_here", {})
    found, start = [], threading.Barrier(8)

    def begin():
        start.wait()
        found.append(begin_here())

    threads = [threading.Thread(target=begin) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    found[0].close()
