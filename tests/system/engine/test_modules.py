"""Modules beside the notebook: a student's cells import them, and nothing else does."""

import json

import pytest

from grading.isolation.limits import Limits
from tests.system.engine.asking import printed
from tests.system.engine.small_course import SOLUTION, TEST, Cell, grade_here, job, points

HELPER = b"def twice(x):\n    return 2 * x\n"
IMPORTS = "from helper import twice\n\ndef double(x):\n    return twice(x)\n"
WRITES = "%%writefile helper.py\ndef twice(x):\n    return 2 * x\n"

# --- in the student process


def test_a_module_handed_in_is_imported(make):
    student = make(files={"helper.py": HELPER})
    assert printed(student.run("import helper\nprint(helper.twice(2))")) == "4\n"


def test_a_module_that_a_cell_writes_is_imported_by_the_next_cell(student):
    assert "ModuleNotFoundError" in student.run("import helper").error
    assert student.run(WRITES).error == ""
    assert printed(student.run("import helper\nprint(helper.twice(2))")) == "4\n"


def test_a_module_that_a_cell_writes_is_there_again_in_the_next_process(student):
    student.run(WRITES)
    student.run("import os\nos._exit(0)")
    assert printed(student.run("import helper\nprint(helper.twice(2))")) == "4\n"


def test_a_module_is_imported_when_a_function_is_called(student):
    student.run(WRITES)
    student.run("def f(x):\n    import helper\n    return helper.twice(x)")
    assert student.resolve(["f"])["f"](4) == 8


def test_a_module_written_anew_within_a_second_is_the_new_one(student):
    student.run("%%writefile one.py\nvalue = 1\n")
    student.run("import importlib, one")
    student.run("%%writefile one.py\nvalue = 2\n")
    assert printed(student.run("importlib.reload(one)\nprint(one.value)")) == "2\n"


@pytest.mark.parametrize("start", [{"tools/__init__.py": b""}, {}], ids=["package", "folder"])
def test_a_folder_of_modules_is_imported(make, start):
    student = make(files={**start, "tools/helper.py": HELPER})
    finished = student.run("from tools.helper import twice\nprint(twice(3))")
    assert printed(finished) == "6\n"


def test_a_module_takes_the_place_of_nothing_that_is_installed(make):
    mine = b"raise RuntimeError('the student\\'s')"
    names = ("numpy.py", "random.py", "scipy/fft.py", "course_utils/layers.py", "sklearn.py")
    student = make(Limits(), files=dict.fromkeys(names, mine))
    finished = student.run(
        "import numpy, random, scipy.fft, sklearn\nfrom course_utils.layers import relu"
    )
    assert finished.error == ""


# --- in a whole submission


def test_a_solution_may_import_a_module_that_was_handed_in():
    cells = [Cell("solution", IMPORTS), Cell("test", TEST)]
    assert points(cells) == 0
    assert points(cells, files={"helper.py": HELPER}) == 1


def test_a_solution_may_import_a_module_that_a_cell_wrote():
    cells = [Cell("locked", ""), Cell("extra", WRITES)]
    assert points([*cells, Cell("solution", IMPORTS), Cell("test", TEST)]) == 1


def test_the_instructor_s_cells_import_the_instructor_s_module():
    modules = {"course_data.py": b"value = 2.5", "more/inner.py": b"from course_data import value"}
    cells = [
        Cell("locked", "from course_data import value"),
        Cell("solution", "def double(x):\n    return x + x if x != value else 5\n"),
        Cell("test", f"import more.inner\nassert double(more.inner.value) == 5\n{TEST}"),
    ]
    assert points(cells, modules=modules, files=modules) == 1


def test_the_modules_of_two_assignments_may_have_one_name():
    for value in (1, 2):
        modules = {"course_data.py": f"value = {value}".encode()}
        cells = [
            Cell("locked", "import course_data"),
            Cell("solution", SOLUTION),
            Cell("test", f"assert course_data.value == {value}\n{TEST}"),
        ]
        assert points(cells, modules=modules, files=modules) == 1


def test_no_module_of_a_student_is_imported_where_the_tests_run():
    cells = [Cell("solution", SOLUTION), Cell("test", f"import helper\n{TEST}")]
    result = grade_here(job(cells, files={"helper.py": HELPER}))
    assert result.scores == {"double-values": 0}
    outputs = json.loads(result.notebook)["cells"][-1]["outputs"]
    assert outputs[-1]["ename"] == "ModuleNotFoundError"
