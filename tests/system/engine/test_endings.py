"""Student processes that take too long, take too much or end: the rest of the notebook goes on."""

import os
import time

import psutil
import pytest

from grading.isolation.limits import Limits
from grading.isolation.request import Stopped
from tests.system.engine.asking import define, function, printed

# --- time


def test_a_cell_that_loops_for_ever_is_stopped_and_what_was_defined_stays(student):
    f = function(student, "def f(): return 'still there'")
    before = student._process.pid
    finished = student.run(
        "def g(): return 'defined before the loop'\nprint('so far')\nwhile True: pass"
    )
    assert finished.error == "It was stopped after 0.5 s."
    assert printed(finished) == "so far\n"
    assert finished.outputs[-1]["evalue"] == "It was stopped after 0.5 s."
    student.restart_cell_clock()
    assert f() == "still there"
    assert student._process.pid == before
    assert student.resolve(["g"])["g"]() == "defined before the loop"


def test_sleeping_is_no_way_to_wait_for_ever(student):
    assert student.run("import time\ntime.sleep(60)").error == "It was stopped after 0.5 s."


def test_a_cell_that_will_not_be_interrupted_ends_its_process_and_what_ran_before_is_there_again(
    student,
):
    f = function(student, "kept = [1]\ndef f(): return kept")
    before = student._process.pid
    finished = student.run("""if True:
        kept.append(2)
        while True:
            try:
                while True:
                    pass
            except KeyboardInterrupt:
                pass
    """)
    assert finished.error == "It was stopped after 0.5 s."
    student.restart_cell_clock()
    assert f() == [1]
    assert student._process.pid != before


def test_a_call_that_loops_for_ever_is_stopped_and_others_go_on(student):
    define(student, "def f():\n    while True: pass\n\ndef g(): return 1")
    f, g = student.resolve(["f", "g"]).values()
    with pytest.raises(Stopped, match="stopped after"):
        f()
    student.restart_cell_clock()
    assert g() == 1


def test_the_calls_of_one_test_share_the_time_of_a_cell(student):
    f = function(
        student,
        "import time\ndef f(seconds):\n"
        "    stop = time.process_time() + seconds\n    while time.process_time() < stop: pass",
    )
    f(0.4)
    with pytest.raises(Stopped):
        f(0.4)
    with pytest.raises(Stopped, match="The time for this cell was used up"):
        f(0)
    student.restart_cell_clock()
    f(0)


def test_no_submission_gets_more_time_than_its_own(make):
    student = make(Limits(cell_seconds=0.4, submission_seconds=0.7))
    for _ in range(2):
        assert "stopped" in student.run("while True: pass").error
    assert "The time for the whole submission was used up" in student.run("x = 1").error


def test_an_interrupt_between_cells_hits_nobody(student):
    student.run("kept = 1")
    os.kill(student._process.pid, 2)
    assert student.run("kept += 1").error == ""
    assert student.resolve(["kept"]) == {"kept": 2}


# --- processes that end


def test_a_cell_that_ends_its_process_is_told_and_what_ran_before_is_there_again(student):
    f = function(student, "kept = 5\ndef f(): return kept")
    finished = student.run("print('last words')\nkept = 6\nimport os\nos._exit(0)")
    assert finished.error == "It ended the Python process that it ran in."
    assert finished.outputs[-1]["ename"] == "Stopped"
    student.restart_cell_clock()
    assert f() == 5


def test_a_call_that_ends_its_process_is_told_and_others_go_on(student):
    define(student, "import os\ndef f(): os._exit(0)\n\ndef g(): return 'alive'")
    f, g = student.resolve(["f", "g"]).values()
    for _ in range(2):
        with pytest.raises(Stopped, match="It ended the Python process"):
            f()
        assert g() == "alive"


LEAVES_A_THREAD = """if True:
    import os, threading, time
    def f():
        threading.Timer(0.05, os._exit, [1]).start()
    def g(seconds):
        time.sleep(seconds)
        return "alive"
"""


@pytest.mark.parametrize("seconds", [0, 0.3], ids=["before the next request", "during a call"])
def test_a_thread_that_a_call_left_ends_no_other_call(make, seconds):
    student = make(Limits(cell_seconds=10))
    student.run(LEAVES_A_THREAD)
    f, g = student.resolve(["f", "g"]).values()
    f()
    if seconds:
        assert g(seconds) == "alive"
        return
    psutil.wait_procs([psutil.Process(student._process.pid)], timeout=10)
    assert student.resolve(["g"])["g"](seconds) == "alive"
    f()
    psutil.wait_procs([psutil.Process(student._process.pid)], timeout=10)
    assert student.run("import os").error == ""
    assert g(seconds) == "alive"


def test_processes_that_a_call_left_cost_no_other_call(make):
    """They take more memory than is allowed as soon as the other call runs."""
    student = make(Limits(memory=300_000_000, cell_seconds=10))
    student.run("""if True:
        import os, time
        def f():
            for _ in range(5):
                if os.fork() == 0:
                    while not os.path.exists("/tmp/go"):
                        time.sleep(0.01)
                    large = bytearray(os.urandom(1)) * 90_000_000
                    time.sleep(60)
        def g():
            open("/tmp/go", "w").close()
            time.sleep(1)
            return "alive"
    """)
    f, g = student.resolve(["f", "g"]).values()
    f()
    assert g() == "alive"


def test_a_call_that_ends_its_process_by_itself_is_told_after_others_too(student):
    define(student, "import os\ndef f(): return 1\n\ndef g(): os._exit(0)")
    f, g = student.resolve(["f", "g"]).values()
    f()
    with pytest.raises(Stopped, match="It ended the Python process"):
        g()


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.closerange(3, 256)",
    ],
)
def test_a_process_that_dies_by_accident_or_on_purpose_is_replaced(student, code):
    f = function(student, "def f(): return 1")
    assert student.run(code).error.startswith("It ended the Python process that it ran in.")
    student.restart_cell_clock()
    assert f() == 1


def test_memory_over_the_limit_is_an_error_or_the_end_of_the_process(make):
    student = make(Limits(memory=300_000_000))
    f = function(student, "def f(): return 1")
    assert "MemoryError" in student.run("import numpy as np\nlarge = np.ones(10**8)").error
    assert f() == 1


def test_one_process_meets_the_kernel_s_limit_however_often_somebody_looks(make, monkeypatch):
    monkeypatch.setattr("grading.isolation.request.POLL_SECONDS", 0.001)
    student = make(Limits(memory=300_000_000))
    finished = student.run("x = [bytearray(b'x' * 1_000_000) for _ in range(10_000)]")
    assert finished.error == "MemoryError: "
    assert student.run("print('goes on')").error == ""


def test_memory_spread_over_processes_counts_too(make):
    student = make(Limits(memory=300_000_000, cell_seconds=10))
    finished = student.run("""if True:
        import os, time
        for _ in range(8):
            if os.fork() == 0:
                large = bytearray(os.urandom(1)) * 90_000_000
                time.sleep(60)
        time.sleep(60)
    """)
    assert finished.error == "It was stopped. It used more than 0.3 GB of memory."


def test_too_many_processes_are_refused_or_end_the_process(make):
    student = make(Limits(processes=10, cell_seconds=5))
    finished = student.run("""if True:
        import os, time
        for _ in range(100):
            if os.fork() == 0:
                time.sleep(60)
        print("all there")
    """)
    assert (
        "BlockingIOError" in finished.error
        or finished.error == "It was stopped. It started more than 10 processes and threads."
    )
    assert "all there" not in printed(finished)


@pytest.mark.parametrize(
    ("source", "made"),
    [
        (
            "for _ in range(20): threading.Timer(60, print).start()",
            "It started more than 10 processes and threads.",
        ),
        ("for i in range(300): open(f'/tmp/{i}', 'w').close()", "It made more than 200 files."),
    ],
    ids=["threads", "files"],
)
def test_what_a_quick_cell_leaves_behind_counts_for_that_cell(make, monkeypatch, source, made):
    """No check came while it ran."""
    monkeypatch.setattr("grading.isolation.request.POLL_SECONDS", 60)
    monkeypatch.setattr("grading.isolation.watch.MAX_FILES_MADE", 200)
    student = make(Limits(processes=10, cell_seconds=5))
    assert student.run(f"import threading\n{source}").error == f"It was stopped. {made}"
    assert student.run("print('goes on')").error == ""


def test_a_file_over_the_limit_is_an_error(make):
    finished = make(Limits(file_size=1_000_000)).run("open('large', 'wb').write(b'x' * 2_000_000)")
    assert "OSError" in finished.error


def test_bytes_sent_past_the_server_end_the_process(student):
    """A student's code can find the socket; what it writes there is believed by nobody."""
    f = function(student, "def f(): return 1")
    finished = student.run("""if True:
        import os, socket, stat
        for name in range(3, 256):
            try:
                if stat.S_ISSOCK(os.fstat(name).st_mode):
                    os.write(name, bytes([0, 0, 0, 2, 0xC1, 0xC1]))
            except OSError:
                pass
    """)
    assert finished.error.startswith("Its process sent a message that cannot be read")
    student.restart_cell_clock()
    assert f() == 1


# --- a process left behind


def alive_named(name):
    found = [process.info for process in psutil.process_iter(["name", "status"])]
    return [
        info for info in found if info["name"] == name and info["status"] != psutil.STATUS_ZOMBIE
    ]


def test_a_daemon_left_behind_is_dead_after_the_end(student):
    name = f"left-{os.getpid()}"
    finished = student.run(f"""if True:
        import ctypes, os, signal, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for number in range(1, 65):
                    try:
                        signal.signal(number, signal.SIG_IGN)
                    except (OSError, ValueError):
                        pass
                ctypes.CDLL(None).prctl(15, b"{name}")
                while True:
                    time.sleep(60)
            os._exit(0)
        os.wait()
        time.sleep(0.2)
    """)
    assert finished.error == ""
    assert len(alive_named(name)) == 1
    student.close()
    deadline = time.monotonic() + 5
    while alive_named(name) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert alive_named(name) == []
