"""Grading on a cluster gives the same scores, whatever happens to workers and scheduler."""

import re
import shutil
import signal
import subprocess
import time

import psutil
import pytest

from tests.classes import HE, NAME, hand_in, read_gradebook, scores, stored_results, with_code
from tests.system.cluster.commands import end, start, wait_for_results
from tests.system.cluster.conftest import MANY
from tests.system.cluster.hosts import family


def test_two_hosts_that_see_nothing_of_the_course_give_the_same_grades(
    course, hosts, same_as_local
):
    for _ in range(2):
        hosts.start_worker()
    out, err = end(start(hosts, course))
    assert f"{NAME}: 13 run, 0 unchanged" in out, err
    same_as_local(course, "few")
    if not hosts.network.why:  # the folder was hidden indeed
        hidden = hosts.workers[0].command("ls", str(course.root.parent))
        assert subprocess.run(hidden, capture_output=True, text=True, check=True).stdout == ""


@pytest.mark.long
def test_a_worker_that_is_killed_in_the_middle_costs_nothing(many, hosts, same_as_local):
    first = hosts.start_worker()
    hosts.start_worker()
    process = start(hosts, many)
    wait_for_results(many, 6, process)
    started = family(first.processes[0])
    for one in started:
        if one.pid in {worker.pid for worker in hosts.worker_processes(first)}:
            one.kill()
    out, _ = end(process)
    assert process.returncode == 0, out
    assert f"{NAME}: {13 + MANY} run" in out
    assert "is gone; what it had is graded elsewhere" in out
    same_as_local(many, "many")


@pytest.mark.long
def test_what_a_worker_started_ends_with_it(course, hosts):
    host = hosts.start_worker("--no-nanny")
    end(start(hosts, course))
    (worker,) = hosts.worker_processes(host)
    started = worker.children(recursive=True)
    assert len(started) >= 2, started  # the prefork servers
    worker.kill()
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []


@pytest.mark.long
def test_a_worker_that_hangs_is_given_up(many, hosts, same_as_local):
    with (many.root / "nbgrader_config.py").open("a") as settings:
        settings.write("c.Cluster.silence = 6\n")
    first = hosts.start_worker()
    hosts.start_worker()
    process = start(hosts, many)
    wait_for_results(many, 4, process)
    (worker,) = hosts.worker_processes(first)
    worker.suspend()
    out, _ = end(process)
    assert process.returncode == 0, out
    assert f"{NAME}: {13 + MANY} run" in out
    same_as_local(many, "many")


@pytest.mark.long
def test_workers_that_join_late_are_used(many, hosts, same_as_local):
    process = start(hosts, many)
    time.sleep(3)
    first = hosts.start_worker()
    wait_for_results(many, 3, process)
    hosts.start_worker()
    hosts.wait_for(hosts.root / "host-2.log", "Registered to")
    wait_for_results(many, len(stored_results(many)) + 6, process)
    first.stop()
    out, _ = end(process)
    assert process.returncode == 0, out
    same_as_local(many, "many")


@pytest.mark.long
def test_a_scheduler_that_is_restarted_costs_nothing(many, hosts, same_as_local):
    worker = hosts.start_worker()
    process = start(hosts, many)
    wait_for_results(many, 4, process)
    hosts.center.stop()
    worker.stop()  # a worker ends with its scheduler; who started it starts it again
    time.sleep(2)
    (hosts.root / "scheduler.log").unlink()
    hosts.start_scheduler()
    hosts.start_worker(host=worker)
    out, _err = end(process)
    assert process.returncode == 0, out + _err
    assert "the scheduler at" in out
    same_as_local(many, "many")


KILLER = """
import os, signal
def initialize_parameters_he(layers_dims):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            words = open(f"/proc/{pid}/cmdline").read()
        except OSError:
            continue
        if "spawn_main" in words:
            os.kill(int(pid), signal.SIGKILL)
"""


@pytest.mark.long
def test_a_submission_that_kills_whatever_worker_takes_it_is_marked(course, hosts, local_run):
    """Without a sandbox student code can do that; with one, only a hole in it could."""
    if hosts.network.why:
        pytest.skip(f"it would kill every worker on this machine ({hosts.network.why})")
    hand_in(course, "killer", with_code(HE, KILLER))
    for _ in range(2):
        hosts.start_worker()  # each with a nanny, which starts it again
    process = start(hosts, course, "--no-sandbox")
    out, _ = end(process)
    assert process.returncode == 1, out
    assert "needs attention: killer: It was not graded. It was sent to 3 workers" in out
    assert f"{NAME}: 14 run" in out
    deaths = sum(hosts.log(name).count("Restarting worker") for name in ("host-1", "host-2"))
    # What it leaves behind may live long enough to kill the next worker as well.
    assert deaths >= 3
    found = scores(course)
    assert found.pop("killer") == 0
    marked = read_gradebook(course)["killer"]
    assert all(look for *_, look in marked["grades"])
    assert {words for _, words in marked["comments"]} == {
        next(words for _, words in marked["comments"])
    }
    assert found == {student: entry["score"] for student, entry in local_run("few")[0].items()}


@pytest.mark.long
def test_a_run_that_is_interrupted_ends_and_the_same_command_goes_on(many, hosts, same_as_local):
    hosts.start_worker()
    # So that the run cannot be over before the signal comes, however busy the machine is.
    hand_in(many, "endless", with_code(HE, "while True: pass"))
    process = start(hosts, many)
    wait_for_results(many, 4, process)
    course_process = next(
        one for one in family(process) if "grade" in one.cmdline() and "ip" not in one.cmdline()[0]
    )
    course_process.send_signal(signal.SIGINT)
    _, err = end(process)
    assert process.returncode == 130
    assert "What was graded is kept" in err
    shutil.rmtree(many.root / "submitted" / "endless")
    kept = len(stored_results(many))
    out, _ = end(start(hosts, many))
    summary = next(line for line in out.split("\n") if line.startswith(f"{NAME}: "))
    ran, stored = (int(word) for word in re.findall(r"(\d+) (?:run|unchanged)", summary))
    assert stored >= kept  # two students who handed in the same share a result
    assert ran + stored == len(many.submissions(NAME))
    same_as_local(many, "many")
