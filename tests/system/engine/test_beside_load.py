"""Waiting for a processor does not count, whoever waits: threads and children of a student, too."""

import os
import time

import pytest

from grading.isolation.limits import Limits
from grading.isolation.request import Stopped
from tests.busy import busy
from tests.system.engine.asking import function
from tests.system.engine.test_load import WORK

ALONE, CROWDED = 0.3, 8  # seconds of work, and processes that want the same processor

OTHERS = {
    "a thread": """
import threading
def f():
    thread = threading.Thread(target=work, args=[SECONDS])
    thread.start()
    thread.join()
""",
    "a child": """
import multiprocessing
def f():
    child = multiprocessing.get_context("fork").Process(target=work, args=[SECONDS])
    child.start()
    child.join()
""",
    "a child and itself": """
import multiprocessing
def f():
    with multiprocessing.get_context("fork").Pool(1) as pool:
        for _ in range(10):
            pool.apply(work, [SECONDS / 20])
            work(SECONDS / 20)
""",
}


@pytest.mark.parametrize("who", OTHERS)
def test_waiting_for_others_that_wait_for_a_processor_does_not_count(make, who):
    student = make(Limits(cell_seconds=2 * ALONE, submission_seconds=20))
    f = function(student, f"SECONDS = {ALONE}\n{WORK}\n{OTHERS[who]}")
    processor = min(os.sched_getaffinity(0))
    os.sched_setaffinity(student._process.pid, {processor})
    student.restart_cell_clock()
    before, start = student._seconds_left, time.monotonic()
    with busy(CROWDED, processor):
        f()
    assert time.monotonic() - start > 2 * ALONE, "there was no load"
    assert before - student._seconds_left < 2 * ALONE


@pytest.mark.parametrize("who", OTHERS)
def test_what_others_run_counts(make, who):
    student = make(Limits(cell_seconds=ALONE, submission_seconds=20))
    f = function(student, f"SECONDS = 60\n{WORK}\n{OTHERS[who]}")
    student.restart_cell_clock()
    with pytest.raises(Stopped, match=f"stopped after {ALONE} s"):
        f()
    assert student._seconds_left < 20 - ALONE
