"""Student processes for tests, all forked by one prefork server."""

from functools import partial

import pytest

from grading.isolation.limits import Limits
from grading.isolation.prefork import PreforkServer
from grading.isolation.student_handle import StudentHandle
from grading.isolation.student_proxy import StudentProxy

QUICK = Limits(cell_seconds=0.5, submission_seconds=20)


@pytest.fixture(scope="package")
def students():
    """The socket on which student processes are asked for."""
    server = PreforkServer()
    try:
        server.wait_until_ready()
        yield server.student_socket
    finally:
        server.close()


@pytest.fixture
def make(students):
    """Make students; they are ended with the test."""
    made = []

    def make(limits=QUICK, files=None, sandboxed=True):
        start = partial(StudentHandle.start, students, limits, sandboxed)
        made.append(StudentProxy(start, limits, files or {}))
        return made[-1]

    yield make
    for student in made:
        student.close()


@pytest.fixture
def student(make):
    return make()
