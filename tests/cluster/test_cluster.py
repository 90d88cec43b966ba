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
from tests.cluster.conftest import Hosts, make_authority, tls_options
from tests.cluster.hosts import family
from tests.grading.classes import HE, NAME, books, hand_in, sample, scores, with_code
from tests.harness import ROOT

MANY = 24
COURSE_COMMAND = str(Path(sys.executable).with_name("course"))


@pytest.fixture(scope="session")
def classes(released_course, tmp_path_factory):
    """Two classes handed in, and what a run on this machine writes for them: {"few": (course, expected), "many": ...}."""
    few = Course.at(shutil.copytree(released_course.root, tmp_path_factory.mktemp("few") / "course"))
    make_cohort(few, NAME)
    with (few.root / "nbgrader_config.py").open("a") as settings:  # so that tests end
        settings.write("\nc.Cluster.silence = 6\nc.Cluster.patience = 60\n")
    many = Course.at(shutil.copytree(few.root, tmp_path_factory.mktemp("many") / "course"))
    for number in range(MANY):
        notebook = sample("wrong-1" if number % 3 else "all-right-a")
        notebook.cells.append(new_code_cell(f"number = {number}"))
        hand_in(many, f"many-{number:02d}", notebook)
    return {label: (one, _graded(one)) for label, one in (("few", few), ("many", many))}


def _graded(course):
    local = Course.at(shutil.copytree(course.root, course.root.parent / "local"))
    grade(local, NAME)
    return books(local), _pages(local)


def _pages(course):
    return {
        student: course.autograded(student, NAME).read_text()
        for student in course.submissions(NAME)
        if course.autograded(student, NAME).is_file()
    }


@pytest.fixture
def course(classes, tmp_path):
    """The sample class of one assignment, handed in."""
    return Course.at(shutil.copytree(classes["few"][0].root, tmp_path / "course"))


@pytest.fixture
def many(classes, tmp_path):
    """The sample class and more: so many submissions that something can happen on the way."""
    return Course.at(shutil.copytree(classes["many"][0].root, tmp_path / "course"))


@pytest.fixture
def same_as_local(classes):
    """A check: the gradebook and autograded/ hold what a run on this machine writes."""

    def check(course, label):
        assert (books(course), _pages(course)) == classes[label][1]

    return check


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


def test_two_hosts_that_see_nothing_of_the_course_give_the_same_grades(course, hosts, same_as_local):
    for _ in range(2):
        hosts.start_worker()
    out, err = end(start(hosts, course))
    assert f"{NAME}: 13 run, 0 unchanged" in out, err
    same_as_local(course, "few")
    if not hosts.network.why:  # the folder was hidden indeed
        hidden = hosts.workers[0].command("ls", str(course.root))
        assert subprocess.run(hidden, capture_output=True, text=True, check=True).stdout == ""


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


def test_what_a_worker_started_ends_with_it(course, hosts):
    host = hosts.start_worker("--no-nanny")
    end(start(hosts, course))
    (worker,) = hosts.worker_processes(host)
    started = worker.children(recursive=True)
    assert len(started) >= 2, started  # the warm parents
    worker.kill()
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []


def test_a_worker_that_hangs_is_given_up(many, hosts, same_as_local):
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


def test_workers_that_join_late_are_used(many, hosts, same_as_local):
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
    same_as_local(many, "many")


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


def test_workers_of_another_version_are_refused_by_name(course, hosts, tmp_path, same_as_local):
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
    same_as_local(course, "few")


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


def test_a_run_that_is_interrupted_ends_and_the_same_command_goes_on(many, hosts, same_as_local):
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
    same_as_local(many, "many")


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


# --- TLS


def test_over_tls_the_grades_are_the_same(course, tls_hosts, authority, same_as_local):
    tls_hosts.start_worker()
    out, err = end(start(tls_hosts, course, *tls_options(authority)))
    assert f"{NAME}: 13 run" in out, err
    same_as_local(course, "few")


def test_who_has_no_certificate_of_ours_is_not_let_in(course, tls_hosts, tmp_path):
    """Neither in clear, nor with a stranger's certificate: as the instructor's side, and as a worker."""
    stranger = tls_options(make_authority(tmp_path / "stranger"))
    process = start(tls_hosts, course, *stranger)
    _, err = end(process)
    assert process.returncode == 2
    assert f"There is no Dask scheduler to be reached at {tls_hosts.address}" in err
    in_clear = tls_hosts.address.replace("tls://", "tcp://")
    command = [COURSE_COMMAND, "grade", NAME, "--scheduler", in_clear]
    done = subprocess.run(
        tls_hosts.here.command(*command), cwd=course.root, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2
    assert f"There is no Dask scheduler to be reached at {in_clear}" in done.stderr
    ours, tls_hosts.tls = tls_hosts.tls, stranger
    tls_hosts.start_worker("--no-nanny", "--death-timeout", "5")
    tls_hosts.tls = ours
    tls_hosts.wait_for(tls_hosts.root / "host-1.log", "certificate")
    assert "Registered to" not in tls_hosts.log("host-1")


# --- what a user can get wrong


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--scheduler", "tcp://127.0.0.1:9"], "There is no Dask scheduler to be reached at tcp://127.0.0.1:9"),
        (["--scheduler", "nonsense"], "There is no Dask scheduler to be reached at nonsense"),
        (["--scheduler", "carrier-pigeon://host:1"], "There is no Dask scheduler to be reached at carrier-pigeon"),
        (["--scheduler", "tls://127.0.0.1:9", "--tls-key", "key.pem"], "--tls-ca-file, --tls-cert not given"),
        (["--tls-ca-file", "a", "--tls-cert", "b", "--tls-key", "c"], "the address is not given"),
        (["--scheduler", "tls://127.0.0.1:9", "--tls-ca-file", "gone.pem", "--tls-cert", "gone.pem",
          "--tls-key", "gone.pem"], "gone.pem: it cannot be read"),
        (["--scheduler", "tls://127.0.0.1:9", "--tls-ca-file", "nbgrader_config.py", "--tls-cert",
          "nbgrader_config.py", "--tls-key", "nbgrader_config.py"], "it holds no certificate and no key"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_told_in_words(course, options, words):
    done = subprocess.run(
        [COURSE_COMMAND, "grade", NAME, *options], cwd=course.root, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert scores(course) == {}


def test_without_dask_it_says_what_to_install(course, tmp_path):
    """A Python that finds no `distributed`; grading on this machine does not need it."""
    (tmp_path / "sitecustomize.py").write_text("import sys\nsys.modules['distributed'] = None\n")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    command = [COURSE_COMMAND, "grade", NAME]
    far = [*command, "--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(far, cwd=course.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 2
    assert "pip install './grading[cluster]'" in done.stderr
    done = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_scheduler_without_the_course_is_named(course, tmp_path):
    """Started from an environment in which the course is not installed."""
    without = tmp_path / "without"
    (without / "grading").mkdir(parents=True)
    (without / "grading" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'grading'\")\n"
    )
    hosts = Hosts(tmp_path, course.root)
    try:
        hosts.start_scheduler(environment={"PYTHONPATH": str(without)})
        process = start(hosts, course)
        _, err = end(process)
    finally:
        hosts.close()
    assert process.returncode == 2
    assert "does not know this course" in err
