"""Demonstrations are passed over, and run where something needs what they define."""

import json

import numpy as np
import pytest

from tests.system.engine.asking import function, printed
from tests.system.engine.small_course import SOLUTION, TEST, Cell, grade_here, job, points

DEMO = Cell("demo", "import numpy as np\ntrain_X = np.ones((2, 3))\nscale = 3")
READS_FIRST = "print(train_X.shape)\n\ndef double(x):\n    return 2 * x\n"
READS_IN_CALL = "def double(x):\n    return x * train_X.shape[0]\n"
CALLS_HELPER = "def double(x):\n    return helper(x)\n"
HELPER = "print(train_X.shape)\n\ndef helper(x):\n    return 2 * x\n"

NEEDY = {
    "a solution cell reads it first": [DEMO, Cell("solution", READS_FIRST)],
    "a call reads it": [DEMO, Cell("solution", READS_IN_CALL)],
    "a helper cell reads it first": [DEMO, Cell("extra", HELPER), Cell("solution", CALLS_HELPER)],
    "a helper value is made of it": [
        DEMO,
        Cell("extra", "two = train_X.shape[0]"),
        Cell("solution", "def double(x):\n    return x * two\n"),
    ],
    "a helper value is made of a helper value": [
        DEMO,
        Cell("extra", "rows = train_X.shape[0]"),
        Cell("extra", "two = rows * 1"),
        Cell("solution", "def double(x):\n    return x * two\n"),
    ],
    "a demonstration needs another": [
        DEMO,
        Cell("demo", "rows = train_X.shape[0]"),
        Cell("solution", "def double(x):\n    return x * rows\n"),
    ],
    "what a student defined below stays": [
        DEMO,
        Cell("extra", "scale = 2"),
        Cell("solution", "def double(x):\n    train_X\n    return scale * x\n"),
    ],
    "under %%time": [DEMO, Cell("solution", f"%%time\n{READS_FIRST}")],
    "a default argument": [
        DEMO,
        Cell("solution", "def double(x, by=train_X.shape[0]):\n    return by * x\n"),
    ],
}


@pytest.mark.parametrize("run_demos", [False, True])
@pytest.mark.parametrize("cells", NEEDY.values(), ids=NEEDY)
def test_a_name_of_a_demonstration_costs_no_marks(cells, run_demos):
    assert points([*cells, Cell("test", TEST)], run_demos=run_demos) == 1


@pytest.mark.parametrize("run_demos", [False, True])
@pytest.mark.parametrize(
    "cells",
    [
        [Cell("solution", READS_FIRST), Cell("test", TEST), DEMO],
        [Cell("solution", READS_IN_CALL), Cell("test", TEST), DEMO],
        [DEMO, Cell("solution", "def double(x):\n    return x * train_Y\n"), Cell("test", TEST)],
        [Cell("demo", "train_X = missing"), Cell("solution", READS_FIRST), Cell("test", TEST)],
    ],
    ids=["below the cell", "below the call", "another name", "fails itself"],
)
def test_a_name_that_is_defined_nowhere_above_is_an_error(cells, run_demos):
    assert points(cells, run_demos=run_demos) == 0


@pytest.mark.parametrize("run_demos", [False, True])
def test_a_name_that_a_student_wrote_into_a_demonstration_is_defined(run_demos):
    released = [DEMO, Cell("solution", SOLUTION), Cell("test", TEST)]
    changed = Cell("demo", f"{DEMO.source}\ntwo = 2")
    solution = Cell("solution", "def double(x):\n    return two * x\n")
    cells = [changed, solution, Cell("test", TEST)]
    assert points(cells, released=released, run_demos=run_demos) == 1


@pytest.mark.parametrize("run_demos", [False, True])
def test_a_graded_function_that_a_student_wrote_into_a_demonstration_counts(run_demos):
    released = [Cell("solution", SOLUTION), DEMO, Cell("test", TEST)]
    wrong = Cell("solution", "def double(x):\n    return 3 * x\n")
    cells = [wrong, Cell("demo", SOLUTION), Cell("test", TEST)]
    assert points(cells, released=released, run_demos=run_demos) == 1


def test_the_outputs_are_those_of_the_run_that_counts():
    result = grade_here(job([DEMO, Cell("solution", READS_FIRST), Cell("test", TEST)]))
    demo, solution, _ = json.loads(result.notebook)["cells"]
    assert demo["outputs"] == []
    assert [output["text"] for output in solution["outputs"]] == [["(2, 3)\n"]]


# --- in the student process

MAKES = frozenset({"made"})


def test_a_cell_put_off_is_not_run_for_nothing(student):
    student.put_off("made = 1", MAKES)
    assert printed(student.run("print('made' in globals())")) == "False\n"
    process = student._process
    assert "NameError" in student.run("print(other)").error
    assert student._process is process


def test_a_cell_that_only_shows_does_not_run_what_was_put_off(student):
    student.put_off("made = 1", MAKES)
    assert "NameError" in student.run("print(made)", insist=False).error
    assert printed(student.run("print('made' in globals())")) == "False\n"


def test_the_cells_before_have_run_once_in_the_process_in_which_it_is_needed(student):
    student.run("count = [1]")
    student.put_off("count.append('put off')\nmade = 1", MAKES)
    student.run("count.append(2)")
    finished = student.run("count.append(3)\nprint(made, count)")
    assert printed(finished) == "1 [1, 'put off', 2, 3]\n"


def test_a_call_that_needs_it_has_the_random_numbers_that_it_would_have_had(student):
    student.put_off("import numpy as np\nnp.random.seed(0)\nmade = np.random.randn()", MAKES)
    f = function(student, "import numpy as np\ndef f():\n    made\n    return np.random.randn()")
    np.random.seed(7)
    got = f()
    assert got == np.random.RandomState(7).randn()
    assert f() == np.random.RandomState(7).randn(2)[1]


def test_a_cell_put_off_that_never_ends_is_stopped_and_the_rest_goes_on(student):
    student.put_off("made = 1\nwhile True: pass", MAKES)
    assert printed(student.run("print(made)")) == "1\n"


def test_a_cell_put_off_that_ends_the_process_costs_nothing_but_itself(student):
    student.put_off("import os\nmade = 1\nos._exit(0)", MAKES)
    f = function(student, "def f(): return 1")
    assert "NameError" in student.run("print(made)").error
    student.restart_cell_clock()
    assert f() == 1
