"""Where grading itself fails, there is no result: it is nothing that a submission did."""

import shutil
import threading
import time
from functools import partial

import psutil
import pytest

from grading.engine import engine as module
from grading.engine.engine import grade_here, start_engine
from grading.engine.job import Result
from grading.engine.result_cache import ResultCache, cache_key
from grading.errors import EngineFailed
from grading.isolation.limits import Limits
from grading.isolation.prefork import PreforkServer
from grading.isolation.request import Stopped
from grading.isolation.sandbox import bubblewrap
from grading.isolation.student_handle import StudentHandle
from grading.isolation.student_proxy import StudentProxy
from grading.pipeline.run import cached_result
from tests.system.engine.asking import function
from tests.system.engine.small_course import SOLUTION, TEST, Cell, job

SLEEPS = "import time\ntime.sleep(1)"
ENDS = "import os\ndef double(x):\n    os._exit(0)\n"
RIGHT = [Cell("solution", SOLUTION), Cell("test", TEST)]


# --- a server is lost


def servers():
    """The prefork servers of this process's engine: of student processes and of test processes."""
    student_server = psutil.Process(start_engine()._servers.pid)
    return [student_server, min(student_server.children(), key=psutil.Process.create_time)]


@pytest.mark.parametrize("which", [0, 1], ids=["students", "tests"])
def test_a_submission_whose_server_is_killed_meanwhile_is_graded_again(which):
    grade_here(job(RIGHT))
    first, results = start_engine(), []
    sleeping = job([Cell("extra", SLEEPS), *RIGHT])
    thread = threading.Thread(target=lambda: results.append(grade_here(sleeping)))
    thread.start()
    while len(servers()[0].children()) < 2:  # the other server, and a student process
        time.sleep(0.01)
    servers()[which].kill()
    thread.join()
    assert [result.scores for result in results] == [{"double-values": 1.0}]
    assert start_engine() is not first


def test_a_process_that_ends_with_its_server_has_not_ended_by_itself():
    """A sandbox would keep it alive for as long as the test process lives."""
    server = PreforkServer()
    server.wait_until_ready()
    limits = Limits(cell_seconds=5, submission_seconds=20)
    start = partial(StudentHandle.start, server.student_socket, limits, sandboxed=False)
    student = StudentProxy(start, limits, {})
    f = function(student, "import time\ndef f():\n    time.sleep(60)")
    threading.Timer(0.2, server._process.kill).start()
    with pytest.raises(Stopped):
        f()
    assert "has ended" in student.failure
    with pytest.raises(Stopped):  # and nothing else is tried
        student.resolve(["f"])
    student.close()
    server.close()


def test_a_test_process_whose_asker_is_gone_ends_without_a_word(monkeypatch, capfd):
    """After kill -9 of `course watch` half a traceback stood in its log."""
    monkeypatch.setattr(module, "_engines", {})
    engine = start_engine()
    engine.wait_until_ready()
    channel = engine._request(module.GRADE)
    process = psutil.Process(engine._pid_of(channel))
    channel.close()
    psutil.wait_procs([process])
    engine.close()
    assert capfd.readouterr().err == ""


def test_a_process_that_ends_by_itself_is_no_failure(student):
    with pytest.raises(Stopped):
        function(student, "import os\ndef f(): os._exit(0)")()
    assert student.failure == ""


# --- no student process can be had


BWRAP_ONCE = """#!/bin/sh
# The sandbox of the first student process, and of no other.
[ -e {flag} ] && exit 1
touch {flag}
exec {bwrap} "$@"
"""


def test_without_a_further_student_process_there_is_no_result(tmp_path, monkeypatch):
    """The calls that could not be made are no wrong answers."""
    script = tmp_path / "bwrap"
    script.write_text(BWRAP_ONCE.format(flag=tmp_path / "flag", bwrap=shutil.which(bubblewrap())))
    script.chmod(0o755)
    monkeypatch.setattr(module, "bubblewrap", lambda: str(script))
    with pytest.raises(EngineFailed, match="no student process could be started"):
        grade_here(job([Cell("solution", ENDS), Cell("test", TEST), Cell("extra", "x = 1")]))
    monkeypatch.undo()
    assert grade_here(job(RIGHT)).scores == {"double-values": 1.0}


# --- the test process does not come to an end


def test_a_test_that_works_for_ever_ends_by_its_processor_time():
    cells = [Cell("solution", SOLUTION), Cell("test", "while True: pass")]
    with pytest.raises(EngineFailed, match="ended without a result"):
        grade_here(job(cells, limits=Limits(cell_seconds=0.1, submission_seconds=0.1)))


def test_a_test_that_stands_still_is_given_up(monkeypatch):
    grade_here(job(RIGHT))
    monkeypatch.setattr(module, "STANDSTILL_SECONDS", 1.0)
    cells = [Cell("solution", SOLUTION), Cell("test", "import threading\nthreading.Event().wait()")]
    with pytest.raises(EngineFailed, match="stood still"):
        grade_here(job(cells))


def test_a_test_that_waits_for_a_student_s_code_does_not_stand_still(monkeypatch):
    monkeypatch.setattr(module, "STANDSTILL_SECONDS", 1.0)
    slow = "import time\ndef double(x):\n    time.sleep(1.5)\n    return 2 * x\n"
    result = grade_here(job([Cell("solution", slow), Cell("test", TEST)]))
    assert result.scores == {"double-values": 1.0}


# --- what is kept


@pytest.mark.parametrize(("not_looked_at", "kept"), [([], True), (["double"], False)])
def test_a_result_for_which_there_was_no_time_is_not_kept(tmp_path, not_looked_at, kept):
    one, cache = job(RIGHT), ResultCache(tmp_path, "small")
    result = Result("{}", {"double-values": 0.0}, not_looked_at=not_looked_at)
    assert cached_result(one, cache, lambda job: result) == (result, True)
    assert (cache.get(cache_key(one)) == result) is kept
    assert cached_result(one, cache, lambda job: result) == (result, not kept)
