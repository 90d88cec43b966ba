"""The parent of test processes: has read the hidden tests, is forked for each submission."""

import contextlib
import gc
import os
import resource
import signal
import socket
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from grading import hidden
from grading.assignments.expected_file import expected_path, read_expected
from grading.assignments.registry import known_assignments, load_cases
from grading.engine.job import Job, decode, encode
from grading.engine.prepared_assignment import prepared_assignment
from grading.engine.run import grade
from grading.errors import CourseError
from grading.isolation import stopwatch
from grading.isolation.channel import Channel
from grading.isolation.linux import die_with_parent
from grading.isolation.prefork import serve_forks

MEMORY = 4_000_000_000  # for this process, which reads what strangers wrote


def serve(control: socket.socket, students: socket.socket) -> None:
    """Be the parent of test processes; `students` is where they ask for student processes."""
    _warm_up_tests(students)
    serve_forks(
        control, lambda words, files: _serve(students, files[0]), lambda files: _prepare(files[0])
    )


def _prepare(descriptor: int) -> None:
    """Read an assignment here, so that every child has it read. What is wrong with it shows when it is graded."""
    with socket.socket(fileno=os.dup(descriptor)) as sock, contextlib.suppress(Exception):
        channel = Channel(sock)
        job = decode(channel.receive(timeout=10)["job"], Job)
        assignment = prepared_assignment(job)
        for suspects in assignment.suspects.values():
            suspects.prepare()
        channel.send({})


def _warm_up_tests(students: socket.socket) -> None:
    """Grade a notebook of two cells, so that whatever is made at first use is there before the first fork."""
    for name in known_assignments():
        for case in load_cases(name):
            case.arguments()
        if expected_path(name).is_file():
            read_expected(expected_path(name))
    solution = new_code_cell(
        "def one():\n    return np.ones(1)", metadata=_about("one", solution=True)
    )
    test = new_code_cell(
        "assert one().sum() == 1", metadata=_about("one-value", grade=True, points=1)
    )
    setup = new_code_cell("import numpy as np", metadata=_about("setup"))
    text = nbformat.writes(new_notebook(cells=[setup, solution, test])).encode()
    result = grade(Job("warm-up", text, text, text, sandboxed=False), students)
    if result.scores != {"one-value": 1.0}:
        raise RuntimeError(f"the warm-up notebook got {result.scores}: {result.notebook}")
    hidden.trial = None
    stopwatch.seconds.clear()


def _about(grade_id: str, **words: Any) -> dict[str, Any]:
    """nbgrader's metadata of a cell."""
    plain = {
        "grade": False,
        "solution": False,
        "locked": True,
        "points": 0,
        "schema_version": 3,
        "task": False,
    }
    return {"nbgrader": plain | {"grade_id": grade_id} | words}


def _serve(students: socket.socket, descriptor: int) -> None:
    die_with_parent(signal.SIGKILL)
    gc.disable()  # this process is gone before there is much to collect
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send({"pid": os.getpid()})
    message = channel.receive()
    os.environ["BWRAP"] = message["bwrap"]
    job = decode(message["job"], Job)
    try:
        channel.send({"result": encode(grade(job, students))})
    except CourseError as error:  # the assignment itself is broken
        channel.send({"failed": str(error)})
