"""Cells and files in the student process."""

import os
import sys

import pytest

from grading.isolation.limits import Limits
from grading.isolation.student_function import StudentFunction
from tests.harness import COURSE, cells_of
from tests.system.engine.asking import function, printed

# --- cells


def test_a_cell_s_outputs_arrive(student):
    finished = student.run("import sys\nprint('one')\nprint('two', file=sys.stderr)\n'three'")
    assert (printed(finished), printed(finished, "stderr")) == ("one\n", "two\n")
    assert finished.outputs[-1]["data"] == {"text/plain": "'three'"}
    assert finished.error == ""


def test_a_picture_arrives(student):
    finished = student.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert "image/png" in finished.outputs[-1]["data"]


def test_an_error_in_a_cell_is_told(student):
    finished = student.run("x = 1\nx.missing")
    assert finished.error == "AttributeError: 'int' object has no attribute 'missing'"
    assert finished.outputs[-1]["ename"] == "AttributeError"


def test_a_syntax_error_is_told_with_its_line(student):
    finished = student.run("def f(x):\n    return x\n\ndef g(x) return x")
    assert finished.error.startswith("SyntaxError")
    assert finished.raised.line.number == 4


def test_a_cell_that_puts_out_too_much_is_cut(make):
    finished = make(Limits(output=10_000)).run("for i in range(200_000): print(i)")
    assert len(printed(finished)) <= 10_000
    assert "The rest was cut" in printed(finished, "stderr")
    assert finished.error == ""


def test_names_are_functions_values_or_missing(student):
    student.run(
        "def f(): pass\nclass C: pass\nx = 5\n"
        "A = np = __import__('numpy')\na = np.ones(2)\ns = {1, 2}"
    )
    found = student.resolve(["f", "C", "x", "a", "s", "np", "missing"])
    assert set(found) == {"f", "C", "x", "a"}
    assert isinstance(found["f"], StudentFunction)
    assert isinstance(found["C"], StudentFunction)
    assert found["x"] == 5
    assert found["a"].tolist() == [1, 1]
    assert repr(found["f"]) == "<the student's f>"


def test_a_name_stands_for_what_the_last_cell_made_of_it(student):
    student.run("def f(): return 1")
    first = student.resolve(["f"])["f"]
    assert student.resolve(["f"])["f"] is first
    student.run("def f(): return 2")
    second = student.resolve(["f"])["f"]
    assert second is not first
    assert second() == 2
    student.run("del f")
    assert student.resolve(["f"]) == {}


@pytest.mark.parametrize("name", COURSE.assignments)
def test_what_a_notebook_imports_is_there_before_its_process(make, name):
    """An import costs every submission anew; one for demonstrations belongs in their cells."""
    student = make(Limits())
    student.run("import sys\nBEFORE = set(sys.modules)")
    for cell in cells_of(name):
        if not cell.grade:
            assert student.run(cell.source).error == ""
    new = printed(student.run("print(*sorted(set(sys.modules) - BEFORE))")).split()
    assert new == []


@pytest.mark.parametrize("cell", ["1 / 0", "def f(:", "x = [1,\n", "  x = 1\n y = 2"])
def test_the_words_of_an_error_need_no_import(student, cell):
    student.run("import sys\nBEFORE = set(sys.modules)")
    assert student.run(cell).error != ""
    assert printed(student.run("print(*sorted(set(sys.modules) - BEFORE))")).split() == []


def test_printing_half_a_character_does_not_end_the_process(student):
    student.run("kept = 1")
    finished = student.run("print('\\ud800')")
    assert finished.error == "" or "UnicodeEncodeError" in finished.error
    assert student.resolve(["kept"]) == {"kept": 1}


def test_half_a_character_in_a_cell_s_text_is_no_error_of_ours(student):
    student.run("kept = '\ud800'")
    assert student.run("1").error == ""


def test_half_a_character_in_an_error_s_words_does_not_end_the_process(student):
    f = function(student, "def f():\n    raise KeyError('\\ud800')")
    with pytest.raises(KeyError):
        f()


# --- files


def test_files_of_the_submission_lie_beside_the_notebook(make):
    student = make(files={"data/table.csv": b"1,2", "helper.txt": b"text"})
    finished = student.run("print(open('data/table.csv').read(), open('helper.txt').read())")
    assert printed(finished) == "1,2 text\n"


def test_files_of_the_submission_are_there_again_after_a_restart(make):
    student = make(files={"table.csv": b"1,2"})
    student.run("import os\nos.remove('table.csv')\nos._exit(1)")
    assert printed(student.run("print(open('table.csv').read())")) == "1,2\n"


def test_without_a_sandbox_the_student_s_folder_is_its_own_and_gone_afterwards(make):
    student = make(sandboxed=False, files={"a.txt": b"x"})
    finished = student.run(
        "import os\nprint(os.getcwd(), os.listdir(), os.environ['HOME'] == os.getcwd())"
    )
    folder, *rest = printed(finished).split()
    assert rest == ["['a.txt']", "True"]
    assert os.path.isdir(folder)
    student.close()
    assert not os.path.exists(folder)


def test_this_interpreter_is_none_of_the_student_s(student):
    """A check on these tests themselves: the code above did run in another process."""
    student.run("import os, sys\npid = os.getpid()\npath = sys.executable")
    assert student.resolve(["path"])["path"] == sys.executable
    assert student._process.pid != os.getpid()


def test_a_cell_tells_which_of_some_names_are_functions_by_then(student, monkeypatch):
    names = ["f", "g", "h"]
    student.run("def f(): return 1\ng = 2", names=names)
    with monkeypatch.context() as patch:
        patch.setattr(student, "_ask", None)  # nothing need be asked
        assert set(student.resolve(["f"])) == {"f"}
    assert student.resolve(names)["g"] == 2
    student.run("f = 3", names=names)
    assert student.resolve(["f"]) == {"f": 3}
