"""Formgrader, in a real Jupyter server on the course's folder: it lists the class and its button grades."""

import json
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.request

import pytest

from tests.conftest import copy_course
from tests.harness import COURSE, ROOT

STUDENT = "sample-he-bias"
SCORE = next(
    row[2]
    for row in json.loads((ROOT / "tests/grading/expected_table.json").read_text())
    if row[0] == STUDENT
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A function that asks a Jupyter server in a released course; (method, path) -> parsed answer."""
    course = copy_course(tmp_path_factory.mktemp("formgrader"))
    subprocess.run(["course", "build"], cwd=course.root, check=True, capture_output=True)
    subprocess.run(["course", "cohort", "initialization"], cwd=course.root, check=True,
                   capture_output=True)  # fmt: skip
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(16)
    root = ["--allow-root"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        ["jupyter", "lab", "--no-browser", f"--ServerApp.port={port}", f"--IdentityProvider.token={token}", *root],
        cwd=course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip

    def ask(method, path):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method,
                                         headers={"Authorization": f"token {token}"})  # fmt: skip
        with urllib.request.urlopen(request, timeout=60) as answer:
            body = answer.read().decode()
            return json.loads(body) if answer.headers["Content-Type"].startswith("application/json") else body

    try:
        _wait_for(lambda: ask("GET", "/api/status"))
        yield ask
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(attempt, seconds=60):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return attempt()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def test_formgrader_lists_assignments_and_submissions(server):
    page = server("GET", "/formgrader")
    assert "<title>" in page
    listed = json.loads(server("GET", "/formgrader/api/assignments"))
    assert {entry["name"]: entry["max_score"] for entry in listed} == dict.fromkeys(COURSE.assignments, 100)
    submissions = json.loads(server("GET", "/formgrader/api/submissions/initialization"))
    assert STUDENT in {entry["student"] for entry in submissions}


def test_formgrader_s_autograde_gives_the_table_s_score(server):
    answer = json.loads(server("POST", f"/formgrader/api/submission/initialization/{STUDENT}/autograde"))
    assert answer["success"], answer["log"]
    graded = json.loads(server("GET", f"/formgrader/api/submission/initialization/{STUDENT}"))
    assert graded["autograded"]
    assert graded["score"] == SCORE
