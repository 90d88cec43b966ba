"""Grading on a cluster: the same scores as on one machine, whatever happens to workers and scheduler."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from nbformat.v4 import new_code_cell

from grading.cohort import make_cohort
from grading.course import Course
from grading.grade import grade
from tests.cluster.hosts import family
from tests.grading.classes import HE, NAME, books, hand_in, sample, scores, with_code
from tests.harness import ROOT

MANY = 24
COURSE_COMMAND = str(Path(sys.executable).with_name("course"))


@pytest.fixture
def course(own_released_course):
    """The sample class of one assignment; few seconds of patience, so that tests end."""
    make_cohort(own_released_course, NAME)
    shutil.copy(own_released_course.root / "gradebook.db", own_released_course.root.parent / "before.db")
    with (own_released_course.root / "nbgrader_config.py").open("a") as settings:
        settings.write("\nc.Cluster.silence = 6\nc.Cluster.patience = 60\n")
    return Course.at(own_released_course.root)


@pytest.fixture
def many(course):
    """So many submissions that something can happen on the way."""
    for number in range(MANY):
        notebook = sample("wrong-1" if number % 3 else "all-right-a")
        notebook.cells.append(new_code_cell(f"number = {number}"))
        hand_in(course, f"many-{number:02d}", notebook)
    return course


def start(hosts, course, *options, environment=None):
    """`course grade` on the instructor's host."""
    command = [COURSE_COMMAND, "grade", NAME, "--scheduler", hosts.address, *options]
    return subprocess.Popen(
        hosts.here.command(*command), cwd=course.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | (environment or {}),
    )  # fmt: skip


def end(process, seconds=240):
    """What it printed, when it has ended."""
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        pytest.fail(f"the run did not end: {out[-3000:]} {err[-3000:]}")
    assert "Traceback" not in err, err
    return out, err


def results(course):
    return list((course.root / ".results" / NAME).glob("*.json.gz"))


def wait_for_results(course, number, process):
    deadline = time.monotonic() + 120
    while len(results(course)) < number:
        assert process.poll() is None, end(process)
        assert time.monotonic() < deadline, f"{len(results(course))} of {number} results"
        time.sleep(0.02)


def same_as_local(course, name=NAME):
    """Whether the gradebook and autograded/ hold what a run on this machine writes."""
    there = books(course, name), _pages(course, name)
    local = Course.at(shutil.copytree(course.root, course.root.parent / "local"))
    for made in (local.root / ".results", local.root / "autograded"):
        shutil.rmtree(made)
    shutil.copy(course.root.parent / "before.db", local.root / "gradebook.db")
    grade(local, name)
    assert there == (books(local, name), _pages(local, name))


def _pages(course, name):
    return {
        student: course.autograded(student, name).read_text()
        for student in course.submissions(name)
        if course.autograded(student, name).is_file()
    }


def test_two_hosts_that_see_nothing_of_the_course_give_the_same_grades(course, hosts):
    for _ in range(2):
        hosts.start_worker()
    out, err = end(start(hosts, course))
    assert f"{NAME}: 13 run, 0 unchanged" in out, err
    same_as_local(course)
    if not hosts.network.why:  # the folder was hidden indeed
        hidden = hosts.workers[0].command("ls", str(course.root))
        assert subprocess.run(hidden, capture_output=True, text=True, check=True).stdout == ""


def test_a_worker_that_is_killed_in_the_middle_costs_nothing(many, hosts):
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
    same_as_local(many)


def test_what_a_worker_started_ends_with_it(course, hosts):
    host = hosts.start_worker("--no-nanny")
    end(start(hosts, course))
    (worker,) = hosts.worker_processes(host)
    started = worker.children(recursive=True)
    assert len(started) >= 2, started  # the warm parents
    worker.kill()
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []


def test_a_worker_that_hangs_is_given_up(many, hosts):
    first = hosts.start_worker("--no-nanny")
    hosts.start_worker()
    process = start(hosts, many)
    wait_for_results(many, 4, process)
    (worker,) = hosts.worker_processes(first)
    worker.suspend()
    out, _ = end(process)
    assert process.returncode == 0, out
    assert f"{NAME}: {13 + MANY} run" in out
    same_as_local(many)


def test_workers_that_join_late_are_used(many, hosts):
    process = start(hosts, many)
    time.sleep(3)
    first = hosts.start_worker()
    wait_for_results(many, 3, process)
    hosts.start_worker()
    hosts.wait_for(hosts.root / "host-2.log", "Registered to")
    wait_for_results(many, len(results(many)) + 6, process)
    first.stop()
    out, _ = end(process)
    assert process.returncode == 0, out
    same_as_local(many)


def test_a_scheduler_that_is_restarted_costs_nothing(many, hosts):
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
    same_as_local(many)


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


def test_a_submission_that_kills_whatever_worker_takes_it_is_marked(course, hosts):
    """Without a sandbox student code can do that; with one, only a hole in it could."""
    if hosts.network.why:
        pytest.skip(f"it would kill every worker on this machine ({hosts.network.why})")
    hand_in(course, "killer", with_code(HE, KILLER))
    for _ in range(2):
        hosts.start_worker()  # each with a nanny, which starts it again
    process = start(hosts, course, "--no-sandbox")
    out, _ = end(process)
    assert process.returncode == 1, out
    assert "needs attention: killer: not graded: it was sent to 3 workers" in out
    assert f"{NAME}: 14 run" in out
    deaths = sum(hosts.log(name).count("Restarting worker") for name in ("host-1", "host-2"))
    assert deaths == 3
    found = scores(course)
    assert found.pop("killer") == 0
    marked = books(course)["killer"]
    assert all(look for *_, look in marked["grades"])
    assert {words for _, words in marked["comments"]} == {next(words for _, words in marked["comments"])}
    shutil.rmtree(course.submitted("killer", NAME).parent)
    shutil.rmtree(course.root / ".results")
    grade(course, NAME)
    assert {one: score for one, score in scores(course).items() if one != "killer"} == found
    assert found["sample-all-right-a"] == 100


def other_version(folder, change):
    """An environment whose course is another one: found before this one."""
    for name in ("grading", "course_utils"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    change(folder)
    return {"PYTHONPATH": str(folder)}


def _other_course(folder):
    with (folder / "grading" / "hidden.py").open("a") as file:
        file.write("\n# another version\n")


def _other_assignment(folder):
    with (folder / "grading" / "cases" / f"{NAME}.py").open("a") as file:
        file.write("\n# another version\n")


def _other_numpy(folder):
    (folder / "numpy-1.0.dist-info").mkdir()
    (folder / "numpy-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: numpy\nVersion: 1.0\n"
    )


def test_workers_of_another_version_are_refused_by_name(course, hosts, tmp_path):
    changes = {"course": _other_course, "assignment": _other_assignment, "numpy": _other_numpy}
    for label, change in changes.items():
        (tmp_path / f"other-{label}").mkdir()
        hosts.start_worker("--no-nanny", environment=other_version(tmp_path / f"other-{label}", change))
        hosts.wait_for(hosts.root / f"host-{len(hosts.workers)}.log", "Registered to")
    hosts.start_worker()
    process = start(hosts, course)
    out, err = end(process)
    assert process.returncode == 0, out
    for said in (out, err):
        assert "refused worker host-1 " in said
    refused = {
        line.split("worker ")[1].split()[0]: line for line in out.split("\n") if "refused worker" in line
    }
    assert "course differs (grading/hidden.py)" in refused["host-1"]
    assert f"assignment {NAME} differs (grading/cases/{NAME}.py)" in refused["host-2"]
    assert "course differs" not in refused["host-2"]
    assert "numpy is 1.0 (here " in refused["host-3"]
    assert "host-4" not in refused
    same_as_local(course)


def test_where_every_worker_is_refused_the_run_ends_with_their_names(course, hosts, tmp_path):
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write("c.Cluster.patience = 8\n")
    hosts.start_worker("--no-nanny", environment=other_version(tmp_path / "other", _other_course))
    process = start(hosts, course)
    _, err = end(process)
    assert process.returncode == 2
    assert "could take a submission for 8 s. Refused: worker host-1" in err
    assert scores(course) == {}


def test_a_worker_without_bubblewrap_is_refused(course, hosts):
    hosts.start_worker(environment={"BWRAP": "/nonexistent/bwrap"})
    hosts.wait_for(hosts.root / "host-1.log", "Registered to")
    hosts.start_worker()
    out, _ = end(start(hosts, course))
    assert "refused worker host-1" in out
    assert "$BWRAP is '/nonexistent/bwrap'" in out
    assert scores(course)["sample-all-right-a"] == 100


def test_a_run_that_is_interrupted_ends_and_the_same_command_goes_on(many, hosts):
    hosts.start_worker()
    process = start(hosts, many)
    wait_for_results(many, 4, process)
    course_process = next(
        one for one in family(process) if "grade" in one.cmdline() and "ip" not in one.cmdline()[0]
    )
    course_process.send_signal(signal.SIGINT)
    _, err = end(process, 30)
    assert process.returncode == 130
    assert "What was graded is kept" in err
    kept = len(results(many))
    out, _ = end(start(hosts, many))
    assert f"{kept} unchanged and taken from the store" in out
    same_as_local(many)


NOSY = """
import socket
try:
    socket.create_connection(("ADDRESS", 8786), timeout=3).close()
    print("REACHED IT")
except OSError as error:
    print("refused:", error)
"""


@pytest.mark.parametrize("options", [(), ("--no-sandbox",)])
def test_the_sandbox_keeps_student_code_from_the_scheduler(course, hosts, options):
    for student in course.submissions(NAME):
        shutil.rmtree(course.submitted(student, NAME).parent)
    notebook = sample("all-right-a")
    notebook.cells.insert(3, new_code_cell(NOSY.replace("ADDRESS", hosts.center.address)))
    hand_in(course, "nosy", notebook)
    hosts.start_worker()
    end(start(hosts, course, *options))
    page = course.autograded("nosy", NAME).read_text()
    reached = any("REACHED IT" in line and "print" not in line for line in page.split("\n"))
    assert reached == bool(options)
    assert scores(course)["nosy"] == 100
