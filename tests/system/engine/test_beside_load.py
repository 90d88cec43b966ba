"""Waiting for a processor does not count, whoever waits: threads and children of a student, too."""

import os
import time

import pytest

from grading.isolation.limits import Limits
from grading.isolation.request import Request, Stopped
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


def test_sleep_between_prints_is_idle_time_however_late_they_are_read(make, monkeypatch):
    """On a busy machine there is always something printed that this side has not read yet."""
    record = Request._record_outputs

    def record_late(request, message):
        time.sleep(0.1)
        record(request, message)

    monkeypatch.setattr(Request, "_record_outputs", record_late)
    student = make(Limits(cell_seconds=0.5, submission_seconds=20))
    finished = student.run("""if True:
        import time
        for _ in range(100):
            print("x")
            time.sleep(0.03)
    """)
    assert finished.error == "It was stopped after 0.5 s."


def test_looking_often_is_no_service(make, monkeypatch):
    """The longer a busy machine takes, the more often this side looks at the clock."""
    monkeypatch.setattr("grading.isolation.request.POLL_SECONDS", 0.001)
    student = make(Limits(cell_seconds=5, submission_seconds=20))
    assert student.run("import time; time.sleep(1)").error == ""
    assert student._service_seconds_left > 20 - 0.1
