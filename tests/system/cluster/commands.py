"""`course grade` on the instructor's host, followed while it runs."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.classes import NAME, stored_results

COURSE_COMMAND = str(Path(sys.executable).with_name("course"))


def start(hosts, course, *options, environment=None):
    """`course grade` on the instructor's host."""
    command = [COURSE_COMMAND, "grade", NAME, "--scheduler", hosts.address, *options]
    return subprocess.Popen(
        hosts.here.command(*command),
        cwd=course.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | (environment or {}),
    )


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


def wait_for_results(course, number, process):
    deadline = time.monotonic() + 120
    while len(stored_results(course)) < number:
        assert process.poll() is None, end(process)
        assert time.monotonic() < deadline, f"{len(stored_results(course))} of {number} results"
        time.sleep(0.02)
