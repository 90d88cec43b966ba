"""Who may not take part in grading, what student code cannot reach, what users can get wrong."""

import os
import shutil
import subprocess

import pytest
from nbformat.v4 import new_code_cell

from tests.classes import NAME, hand_in, sample, scores
from tests.harness import ROOT
from tests.system.cluster.commands import COURSE_COMMAND, end, start
from tests.system.cluster.conftest import make_authority, scheduler_on_hosts, tls_options


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
    with (folder / "grading" / "assignments" / NAME / "cases.py").open("a") as file:
        file.write("\n# another version\n")


def _other_numpy(folder):
    (folder / "numpy-1.0.dist-info").mkdir()
    (folder / "numpy-1.0.dist-info" / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: numpy\nVersion: 1.0\n"
    )


@pytest.mark.long
def test_workers_of_another_version_are_refused_by_name(course, hosts, tmp_path, same_as_local):
    changes = {"course": _other_course, "assignment": _other_assignment, "numpy": _other_numpy}
    for label, change in changes.items():
        (tmp_path / f"other-{label}").mkdir()
        hosts.start_worker(
            "--no-nanny", environment=other_version(tmp_path / f"other-{label}", change)
        )
        hosts.wait_for(hosts.root / f"host-{len(hosts.workers)}.log", "Registered to")
    hosts.start_worker()
    process = start(hosts, course)
    out, err = end(process)
    assert process.returncode == 0, out
    for said in (out, err):
        assert "refused worker host-1 " in said
    refused = {
        line.split("worker ")[1].split()[0]: line
        for line in out.split("\n")
        if "refused worker" in line
    }
    assert "course differs (grading/hidden.py)" in refused["host-1"]
    assert f"assignment {NAME} differs (grading/assignments/{NAME}/cases.py)" in refused["host-2"]
    assert "course differs" not in refused["host-2"]
    assert "numpy is 1.0 (here " in refused["host-3"]
    assert "host-4" not in refused
    same_as_local(course, "few")


@pytest.mark.long
def test_where_every_worker_is_refused_the_run_ends_with_their_names(course, hosts, tmp_path):
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write("c.Cluster.patience = 8\n")
    hosts.start_worker("--no-nanny", environment=other_version(tmp_path / "other", _other_course))
    process = start(hosts, course)
    _, err = end(process)
    assert process.returncode == 2
    assert "could take a submission for 8 s. Refused: worker host-1" in err
    assert scores(course) == {}


@pytest.mark.long
def test_a_worker_without_bubblewrap_is_refused(course, hosts):
    hosts.start_worker(environment={"BWRAP": "/nonexistent/bwrap"})
    hosts.wait_for(hosts.root / "host-1.log", "Registered to")
    hosts.start_worker()
    out, _ = end(start(hosts, course))
    assert "refused worker host-1" in out
    assert "$BWRAP is '/nonexistent/bwrap'" in out
    assert scores(course)["sample-all-right-a"] == 100


NOSY = """
import socket
try:
    socket.create_connection(("ADDRESS", PORT), timeout=3).close()
    print("REACHED IT")
except OSError as error:
    print("refused:", error)
"""


@pytest.mark.long
@pytest.mark.parametrize("options", [(), ("--no-sandbox",)])
def test_the_sandbox_keeps_student_code_from_the_scheduler(course, hosts, options):
    for student in course.submissions(NAME):
        shutil.rmtree(course.submitted(student, NAME).parent)
    notebook = sample("all-right-a")
    notebook.cells.insert(
        3,
        new_code_cell(
            NOSY.replace("ADDRESS", hosts.center.address).replace("PORT", f"{hosts.port}")
        ),
    )
    hand_in(course, "nosy", notebook)
    hosts.start_worker()
    end(start(hosts, course, *options))
    page = course.autograded("nosy", NAME).read_text()
    reached = any("REACHED IT" in line and "print" not in line for line in page.split("\n"))
    assert reached == bool(options)
    assert scores(course)["nosy"] == 100


# --- TLS


@pytest.mark.long
def test_over_tls_the_grades_are_the_same(course, tls_hosts, authority, same_as_local):
    tls_hosts.start_worker()
    out, err = end(start(tls_hosts, course, *tls_options(authority)))
    assert f"{NAME}: 13 run" in out, err
    same_as_local(course, "few")


@pytest.mark.long
def test_who_has_no_certificate_of_ours_is_not_let_in(course, tls_hosts, tmp_path):
    """Neither in clear, nor with a stranger's certificate: as the instructor and as a worker."""
    stranger = tls_options(make_authority(tmp_path / "stranger"))
    process = start(tls_hosts, course, *stranger)
    _, err = end(process)
    assert process.returncode == 2
    assert f"There is no Dask scheduler to be reached at {tls_hosts.address}" in err
    in_clear = tls_hosts.address.replace("tls://", "tcp://")
    command = [COURSE_COMMAND, "grade", NAME, "--scheduler", in_clear]
    done = subprocess.run(
        tls_hosts.here.command(*command),
        cwd=course.root,
        capture_output=True,
        text=True,
        timeout=120,
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
        (
            ["--scheduler", "tcp://127.0.0.1:9"],
            "There is no Dask scheduler to be reached at tcp://127.0.0.1:9",
        ),
        pytest.param(
            ["--scheduler", "nonsense"],
            "There is no Dask scheduler to be reached at nonsense",
            marks=pytest.mark.long,
        ),
        pytest.param(
            ["--scheduler", "carrier-pigeon://host:1"],
            "There is no Dask scheduler to be reached at carrier-pigeon",
            marks=pytest.mark.long,
        ),
        pytest.param(
            ["--scheduler", "tls://127.0.0.1:9", "--tls-key", "key.pem"],
            "--tls-ca-file, --tls-cert not given",
            marks=pytest.mark.long,
        ),
        pytest.param(
            ["--tls-ca-file", "a", "--tls-cert", "b", "--tls-key", "c"],
            "the address is not given",
            marks=pytest.mark.long,
        ),
        pytest.param(
            [
                "--scheduler",
                "tls://127.0.0.1:9",
                "--tls-ca-file",
                "gone.pem",
                "--tls-cert",
                "gone.pem",
                "--tls-key",
                "gone.pem",
            ],
            "gone.pem: it cannot be read",
            marks=pytest.mark.long,
        ),
        (
            [
                "--scheduler",
                "tls://127.0.0.1:9",
                "--tls-ca-file",
                "nbgrader_config.py",
                "--tls-cert",
                "nbgrader_config.py",
                "--tls-key",
                "nbgrader_config.py",
            ],
            "it holds no certificate and no key",
        ),
    ],
)
def test_a_wrong_option_is_told_in_words(course, options, words):
    done = subprocess.run(
        [COURSE_COMMAND, "grade", NAME, *options], cwd=course.root, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert scores(course) == {}


@pytest.mark.long
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


@pytest.mark.long
def test_a_scheduler_without_the_course_is_named(course, tmp_path):
    """Started from an environment in which the course is not installed."""
    without = tmp_path / "without"
    (without / "grading").mkdir(parents=True)
    (without / "grading" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'grading'\")\n"
    )
    with scheduler_on_hosts(tmp_path, environment={"PYTHONPATH": str(without)}) as hosts:
        process = start(hosts, course)
        _, err = end(process)
    assert process.returncode == 2
    assert "does not know this course" in err


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        (
            "c.Cluster.patienec = 5",
            "c.Cluster.patienec = 5 cannot be used. Expected one of patience, silence",
        ),
        pytest.param(
            "c.Cluster.silence = 'long'",
            "c.Cluster.silence = 'long' cannot be used. Expected a number of seconds",
            marks=pytest.mark.long,
        ),
    ],
)
def test_a_wrong_setting_is_told_in_words(course, setting, words):
    with (course.root / "nbgrader_config.py").open("a") as settings:
        settings.write(f"{setting}\n")
    command = [COURSE_COMMAND, "grade", NAME, "--scheduler", "tcp://127.0.0.1:9"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert done.returncode == 2
    assert words in done.stderr
