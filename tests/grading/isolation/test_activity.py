"""What real processes are doing: running, waiting for others, or standing still."""

import contextlib
import subprocess
import sys
from types import SimpleNamespace

import psutil
import pytest

from grading.isolation import activity as module
from grading.isolation.activity import Activity, Standstill

READY = "print('ready', flush=True)"
ASLEEP = f"{READY}; input()"
BUSY = f"{READY}\nwhile True: pass"
BUSY_THREAD = f"""
import threading
def work():
    while True: pass
threading.Thread(target=work, daemon=True).start()
{READY}
input()
"""
WAKES = f"{READY}\nwhile True: print(input(), flush=True)"


@contextlib.contextmanager
def running(code):
    """A Python process that has got ready."""
    command = [sys.executable, "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, bufsize=1, **pipes) as process:
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def asleep(process):
    """Wait until a process that is about to sleep does."""
    while psutil.Process(process.pid).status() != psutil.STATUS_SLEEPING:
        pass


@pytest.mark.parametrize("code", [BUSY, BUSY_THREAD], ids=["process", "thread"])
def test_who_runs_or_wants_to_is_running(code):
    with running(code) as process:
        activity = Activity.of([process.pid])
        assert (activity.running, activity.on_disk) == (True, False)


def test_who_waits_for_a_line_is_idle():
    with running(ASLEEP) as process:
        asleep(process)
        assert not Activity.of([process.pid]).running


def test_one_of_several_that_runs_is_enough():
    with running(ASLEEP) as one, running(BUSY) as other:
        asleep(one)
        assert Activity.of([one.pid, other.pid]).running


def test_processor_time_is_that_of_all_threads_and_of_ended_children():
    work = "import time\nwhile time.process_time() < 0.3: pass"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}])"
    with running(f"{child}\n{work}\n{ASLEEP}") as process:
        assert 0.55 < Activity.of([process.pid]).least_seconds < 5


def test_a_process_that_is_gone_does_nothing():
    with running(ASLEEP) as process:
        pass
    assert Activity.of([process.pid]) == Activity(False, False, 0.0, 0.0)


def test_a_name_with_brackets_and_blanks_is_no_field(tmp_path):
    program = tmp_path / "a) R 1 (b"
    program.symlink_to("/bin/sleep")
    with subprocess.Popen([program, "60"]) as process:
        asleep(process)
        assert not Activity.of([process.pid]).running
        process.kill()


@pytest.fixture
def now(monkeypatch):
    """A clock that tests set."""
    now = SimpleNamespace(seconds=0.0)
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now.seconds))
    return now


def test_who_only_waits_stands_still(now):
    with running(ASLEEP) as process:
        asleep(process)
        still = Standstill(process.pid)
        assert still.seconds() == 0
        now.seconds = 7
        assert still.seconds() == 7


def test_who_has_done_something_in_between_does_not(now):
    with running(WAKES) as process:
        asleep(process)
        still = Standstill(process.pid)
        still.seconds()
        now.seconds = 7
        process.stdin.write("a line\n")
        assert process.stdout.readline() == "a line\n"
        asleep(process)
        assert still.seconds() == 0
        now.seconds = 9
        assert still.seconds() == 2


def test_who_wants_to_run_does_not(now):
    with running(BUSY) as process:
        still = Standstill(process.pid)
        for now.seconds in range(10):
            assert still.seconds() == 0


def test_who_is_stopped_or_has_ended_stands_still(now):
    with running(BUSY) as process:
        psutil.Process(process.pid).suspend()
        while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
            pass
        still = Standstill(process.pid)
        still.seconds()
        now.seconds = 5
        assert still.seconds() == 5
    still.seconds()
    now.seconds = 11
    assert still.seconds() == 6
