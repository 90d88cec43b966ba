"""The prefork server of test processes: has read the hidden tests, forks for each submission."""

import contextlib
import math
import os
import resource
import signal
import socket
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from course_utils.check.public_examples import examples_of
from course_utils.check.public_results import published
from course_utils.messages import read_all
from grading import hidden
from grading.assignments.expected_file import expected_path, read_expected
from grading.assignments.registry import known_assignments, load_cases
from grading.engine.job import Job, decode, encode
from grading.engine.prepared_assignment import prepared_assignment
from grading.engine.run import grade
from grading.errors import CourseError, EngineFailed
from grading.isolation import stopwatch
from grading.isolation.channel import Channel, ChannelClosed
from grading.isolation.limits import GIGABYTE
from grading.isolation.linux import die_with_parent
from grading.isolation.memory_group import remove_left
from grading.isolation.prefork import is_hung_up, serve_forks

MEMORY = 4 * GIGABYTE  # of a test process, which reads what strangers wrote
# Of processor time in a test process, as a multiple of a submission's: it has bounds of its own for
# all that it does, and this one is for what goes wrong.
PROCESSOR_FACTOR = 8


def serve(control: socket.socket, students: socket.socket) -> None:
    """Be the prefork server of test processes. students: where these ask for student processes"""
    _warm_up(students)
    serve_forks(
        control,
        run=lambda payload, files: _grade(students, files[0]),
        prepare=lambda files: _prepare(files[0]),
    )


def _prepare(descriptor: int) -> None:
    """Read an assignment here, so that every test process has it; its errors show in grading."""
    with socket.socket(fileno=os.dup(descriptor)) as sock, contextlib.suppress(Exception):
        channel = Channel(sock)
        job = decode(channel.receive()["job"], Job)
        if expected_path(job.name).is_file():
            read_expected(expected_path(job.name))
        for function, matcher in prepared_assignment(job).matchers.items():
            matcher.prepare()
            for example in examples_of(function):
                example.arguments()
        channel.send({})


def _warm_up(students: socket.socket) -> None:
    """Grade a small notebook, so that what is made at first use is there before the first fork."""
    for name in known_assignments():
        for case in load_cases(name):
            case.arguments()
    published()
    notebook = _warm_up_notebook()
    job = Job("warm-up", release=notebook, source=notebook, submission=notebook, sandboxed=False)
    result = grade(job, students)
    if result.scores != {"one-value": 1.0}:
        raise RuntimeError(f"the warm-up notebook got {result.scores}: {result.notebook}")
    read_all()
    hidden.trial = None
    stopwatch.seconds.clear()


def _warm_up_notebook() -> bytes:
    cells = [
        ("import numpy as np", _metadata("setup")),
        ("def one():\n    return np.ones(1)", _metadata("one", solution=True)),
        ("assert one().sum() == 1", _metadata("one-value", grade=True, points=1)),
    ]
    nodes = [new_code_cell(source, metadata=metadata) for source, metadata in cells]
    return nbformat.writes(new_notebook(cells=nodes)).encode()


def _metadata(grade_id: str, **fields: Any) -> dict[str, Any]:
    """nbgrader's metadata of a locked cell, but for the fields that are given."""
    kind = {"grade": False, "solution": False, "locked": True, "task": False}
    return {"nbgrader": {"grade_id": grade_id, "points": 0, "schema_version": 3} | kind | fields}


def _grade(students: socket.socket, descriptor: int) -> None:
    """In the forked test process: take one job, answer with its result.

    It is gone before there is much garbage to collect, so the collector stays off: prefork_main.py.
    """
    die_with_parent(signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # Who asks may be killed at any moment: then there is nobody to answer, and nothing to say.
    with contextlib.suppress(ChannelClosed):
        _answer_job(Channel(socket.socket(fileno=descriptor)), students)
    remove_left()  # while nobody waits


def _answer_job(channel: Channel, students: socket.socket) -> None:
    channel.send({"pid": os.getpid()})
    message = channel.receive()
    os.environ["BWRAP"] = message["bwrap"]
    try:
        job = decode(message["job"], Job)
        _limit_processor_time(PROCESSOR_FACTOR * job.limits.submission_seconds)
        channel.send({"result": encode(grade(job, students))})
    except EngineFailed as error:
        channel.send({"failed": error.reason, "lost": is_hung_up(students)})
    except CourseError as error:  # the assignment itself is broken
        channel.send({"failed": str(error)})


def _limit_processor_time(seconds: float) -> None:
    bound = math.ceil(seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (bound, bound))
