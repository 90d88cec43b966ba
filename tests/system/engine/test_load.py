"""A limit counts what the student's code does, and nothing that else happens on the machine."""

import time
from dataclasses import replace

import nbformat
import pytest

from grading.engine.engine import grade_here
from grading.engine.job import Job
from grading.isolation.limits import Limits
from grading.isolation.request import OutOfTime, Stopped
from grading.notebook.cells import read_notebook
from tests.harness import COURSE
from tests.system.engine.asking import define, function

LIMITS = Limits(cell_seconds=1, submission_seconds=20)

# --- this side's time


def spend(seconds):
    start = time.thread_time()
    while time.thread_time() - start < seconds:
        pass


@pytest.mark.parametrize("pause", [time.sleep, spend], ids=["asleep", "at work"])
def test_time_in_a_callback_is_not_the_student_s(make, pause):
    student = make(Limits(cell_seconds=0.5, submission_seconds=20))
    f = function(student, "def f(n):\n    return sum(helper(i) for i in range(n))")

    def helper(number):
        pause(0.05)
        return number

    with f.using_stubs({"helper": helper}):
        assert f(30) == 435


@pytest.mark.long
def test_time_between_callbacks_is_the_student_s(make):
    student = make(Limits(cell_seconds=0.5, submission_seconds=20))
    f = function(
        student,
        "import time\ndef f():\n    while True:\n        helper()\n        time.sleep(0.02)",
    )
    with f.using_stubs({"helper": lambda: None}), pytest.raises(Stopped, match="stopped after"):
        f()


def test_work_that_callbacks_make_here_has_an_end(make):
    student = make(Limits(cell_seconds=1, submission_seconds=1.5))
    f = function(student, "def f():\n    while True:\n        helper()")
    with (
        f.using_stubs({"helper": lambda: spend(0.2)}),
        pytest.raises(OutOfTime, match="the grader needed more than"),
    ):
        f()
    with pytest.raises(OutOfTime, match="The time for the whole submission was used up"):
        f()


# --- a budget that is used up


def test_a_call_that_others_left_no_time_is_told_apart(make):
    student = make(Limits(cell_seconds=1, submission_seconds=1.8))
    define(student, "def f():\n    while True: pass\n\ndef g():\n    while True: pass")
    f, g = student.resolve(["f", "g"]).values()
    with pytest.raises(Stopped):
        f()
    student.restart_cell_clock()
    with pytest.raises(OutOfTime):
        g()
    assert student.out_of_time
    assert (student.is_endless("f"), student.is_endless("g")) == (True, False)


ONES = (
    "initialize_parameters_zeros",
    """
def initialize_parameters_zeros(layers_dims):
    sizes = zip(layers_dims[1:], layers_dims)
    parameters = {}
    for layer, (rows, columns) in enumerate(sizes, start=1):
        parameters[f"W{layer}"] = np.ones((rows, columns))
        parameters[f"b{layer}"] = np.zeros((rows, 1))
    return parameters
""",
)
WORK = """
import time

def work(seconds):
    stop = time.process_time() + seconds
    while time.process_time() < stop:
        pass
"""
SLOW = (
    ONES[0],
    f"""{WORK}
def initialize_parameters_zeros(layers_dims):
    work(0.3)
    sizes = zip(layers_dims[1:], layers_dims)
    parameters = {{}}
    for layer, (rows, columns) in enumerate(sizes, start=1):
        parameters[f"W{{layer}}"] = np.zeros((rows, columns))
        parameters[f"b{{layer}}"] = np.zeros((rows, 1))
    return parameters
""",
)
ENDLESS = (
    ONES[0],
    """
def initialize_parameters_zeros(layers_dims):
    while True:
        pass
""",
)


def submission(version, **limits):
    """The notebook on initialization solved right, but for the version of one function."""
    assignment = "initialization"
    path = COURSE.source(assignment)
    solved = read_notebook(path)
    name, code = version
    for cell in solved.cells:
        if f"# GRADED FUNCTION: {name}\n" in cell.source:
            cell.source = f"# GRADED FUNCTION: {name}\n{code}"
    return Job(
        assignment,
        COURSE.release(assignment).read_bytes(),
        path.read_bytes(),
        nbformat.writes(solved).encode(),
        limits=replace(LIMITS, **limits),
    )


def kinds(result):
    return {
        name: [found["kind"] for found in findings] for name, findings in result.findings.items()
    }


def test_a_function_for_which_no_time_is_left_is_not_looked_at():
    name, code = ONES
    busy = name, f"{WORK}\nwork(0.8)\n{code}"
    result = grade_here(submission(busy, submission_seconds=1.4))
    assert sum(result.scores.values()) < 100
    assert result.findings == {}
    assert kinds(grade_here(submission(busy))).keys() == {name}


def test_a_function_that_a_test_saw_come_to_no_end_is_told_so_without_time():
    result = grade_here(submission(ENDLESS, submission_seconds=1.8))
    assert kinds(result) == {ENDLESS[0]: ["stopped"]}


def test_a_function_that_is_slow_is_not_said_to_come_to_no_end():
    """The calls of one test share the time of a cell, those of the diagnosis do not."""
    result = grade_here(submission(SLOW, cell_seconds=0.4))
    assert sum(result.scores.values()) < 100
    assert result.findings == {}


# --- printing


def test_printing_many_lines_takes_no_longer_than_printing_takes(student):
    f = function(student, "def f():\n    for i in range(20_000):\n        print('a line', i)")
    before = student._seconds_left
    for _ in range(10):
        student.restart_cell_clock()
        f()
    assert before - student._seconds_left < 5


def test_the_time_of_a_submission_holds_for_a_function_that_prints(make):
    student = make(Limits(cell_seconds=0.5, submission_seconds=2))
    f = function(student, "def f():\n    while True:\n        print('a line')")
    start = time.process_time()
    for _ in range(20):
        student.restart_cell_clock()
        with pytest.raises(Stopped):
            f()
    assert student._seconds_left > -2.5  # one overrun, which an interrupt has to end
    assert time.process_time() - start < 10
