"""Handing in as a file: what is made, what is refused and why, and what is only warned of."""

import json
import re
import subprocess
import sys

import pytest

from course_utils.environment import MAX_NOTEBOOK_BYTES
from course_utils.submit import FILE_NAME, submit
from course_utils.submit.validate_submission import Refused
from grading.isolation.limits import Limits
from tests.harness import COURSE, ROOT


@pytest.fixture
def notebook(tmp_path):
    """A released notebook in a folder of its own, which a test may change."""
    return Notebook(tmp_path / "initialization.ipynb")


class Notebook:
    """content: the notebook as a dictionary; what changes it also writes it to `path`."""

    def __init__(self, path):
        self.path = path
        self.content = json.loads(COURSE.release(path.stem).read_text(encoding="utf-8"))
        self.save()

    def save(self):
        self.path.write_text(json.dumps(self.content), encoding="utf-8")

    def cell(self, grade_id):
        return next(
            cell
            for cell in self.content["cells"]
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
        )

    def drop(self, *grade_ids):
        self.content["cells"] = [
            cell for cell in self.content["cells"] if cell not in map(self.cell, grade_ids)
        ]
        self.save()

    def write(self, grade_id, text):
        self.cell(grade_id)["source"] = text
        self.save()

    def submit(self, student="sample-a"):
        return submit("initialization", student, self.path.parent)


def refusal(notebook, **arguments):
    """The reason why a notebook is refused; no file was made."""
    with pytest.raises(Refused) as caught:
        notebook.submit(**arguments)
    assert [path.name for path in notebook.path.parent.iterdir()] in ([], ["initialization.ipynb"])
    assert caught.value._render_traceback_() == [str(caught.value)]
    return str(caught.value)


def test_the_file_is_the_notebook_under_a_name_with_student_assignment_and_time(notebook, capsys):
    file = notebook.submit()
    assert file.read_bytes() == notebook.path.read_bytes()
    parts = re.match(FILE_NAME, str(file)).groupdict()
    assert (parts["student_id"], parts["file_id"]) == ("sample-a", "initialization")
    size = f"{file.stat().st_size / 1000:.0f} kB"
    expected = f"Made {file.name} ({size}). Upload this file under this name.\n"
    assert capsys.readouterr().out == expected


@pytest.mark.parametrize(
    ("before", "behind"),
    [("", ""), ("onestudent_123_4567_", "-1"), ("Student One_12_file_", " (2)")],
)
def test_what_a_learning_platform_adds_to_the_name_does_not_matter(before, behind):
    name = f"{before}handin_a.b-7_attempt_20251125T172100Z_initialization{behind}.ipynb"
    path = f"/course/downloaded/initialization/extracted/{name}"
    parts = re.match(FILE_NAME, path).groupdict()
    assert parts == {
        "student_id": "a.b-7",
        "timestamp": "20251125T172100Z",
        "file_id": "initialization",
    }


@pytest.mark.parametrize(
    "student", ["student1@uni.edu", "a_b+c@mail.uni-x.edu", "student1_b", "  student1 \n"]
)
def test_an_address_is_an_id(notebook, student):
    parts = re.match(FILE_NAME, str(notebook.submit(student))).groupdict()
    assert (parts["student_id"], parts["file_id"]) == (student.strip(), "initialization")


@pytest.mark.parametrize(
    "student", ["your-id", "YOUR_ID", "<your-id>", "student-id", "your id", "你的学号"]
)
def test_the_place_for_an_id_is_no_id(notebook, student):
    assert "only marks the place for your id" in refusal(notebook, student=student)


@pytest.mark.parametrize("student", ["a_attempt_b", "handin_a", "a/b", "@b", "", "a b", "a" * 101])
def test_what_could_not_be_read_from_the_name_again_is_no_id(notebook, student):
    assert "is not a student id" in refusal(notebook, student=student)


def test_what_cannot_be_graded_is_refused_with_the_reason(notebook):
    good = notebook.path.read_bytes()
    assert "is not a student id" in refusal(notebook, student="me_attempt_x")
    notebook.path.write_bytes(good[:5000])
    assert "is not JSON, or it was cut off" in refusal(notebook)
    notebook.path.write_bytes(b"\xff\xfe" + good)
    assert "is not JSON" in refusal(notebook)
    notebook.path.write_text("[1, 2]")
    assert "not a notebook in format 4" in refusal(notebook)
    notebook.path.write_bytes(COURSE.release("regularization").read_bytes())
    assert "This is not the notebook on initialization" in refusal(notebook)
    notebook.path.write_bytes(good + b" " * MAX_NOTEBOOK_BYTES)
    assert "Clear the outputs" in refusal(notebook)
    notebook.path.unlink()
    assert "There is no file initialization.ipynb" in refusal(notebook)


def test_the_size_is_that_which_grading_reads():
    assert Limits().notebook == MAX_NOTEBOOK_BYTES


def test_a_missing_exercise_is_refused(notebook):
    notebook.drop("initialize_parameters_he")
    assert refusal(notebook).startswith("The cell of initialize_parameters_he is missing.")


def test_odd_metadata_and_deep_nesting_are_no_traceback(notebook, capsys):
    notebook.cell("initialize_parameters_he-depth")["metadata"]["nbgrader"] |= {"points": "nine"}
    metadata = {"nbgrader": {"grade_id": [1]}}
    notebook.content["cells"].append({"cell_type": "code", "metadata": metadata, "source": 3})
    notebook.save()
    assert notebook.submit(student=1234).is_file()
    warning = "test cells of initialize_parameters_he are missing or changed"
    assert warning in capsys.readouterr().out
    notebook.path.write_text("[" * 200_000)
    with pytest.raises(Refused, match="is not JSON"):
        notebook.submit()


def the_warning(notebook, capsys):
    """The one sentence that a notebook is handed in with."""
    assert notebook.submit().is_file()
    lines = capsys.readouterr().out.split("\n")
    (warning,) = [line for line in lines if line.startswith("Please note: ")]
    return warning


def test_a_test_cell_that_is_missing_is_warned_of(notebook, capsys):
    notebook.drop("initialize_parameters_he-depth")
    expected = "test cells of initialize_parameters_he are missing or changed"
    assert expected in the_warning(notebook, capsys)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def initialize_parameters_he(:", "has a syntax error in line 1"),
        ("def he(dims):\n    pass", "does not define initialize_parameters_he"),
    ],
)
def test_a_solution_that_will_get_no_points_is_warned_of(notebook, text, expected, capsys):
    notebook.write("initialize_parameters_he", text)
    assert expected in the_warning(notebook, capsys)


def test_commands_of_ipython_are_no_syntax_error(notebook, capsys):
    text = "".join(notebook.cell("initialize_parameters_he")["source"])
    notebook.write("initialize_parameters_he", "%matplotlib inline\n" + text)
    notebook.submit()
    assert "Please note" not in capsys.readouterr().out


def test_what_was_run_but_not_saved_is_refused(notebook, tmp_path, monkeypatch):
    cell = tmp_path / "cell.py"
    name = "initialize_parameters_he"
    cell.write_text(f"def {name}(layers_dims):\n    return 'newer than the file'\n")
    namespace = {}
    exec(compile(cell.read_text(), str(cell), "exec"), namespace)
    monkeypatch.setattr(sys.modules["__main__"], name, namespace[name], raising=False)
    with pytest.raises(Refused, match=rf"This function differs: {name}\. Save"):
        notebook.submit()
    notebook.write(name, f"# GRADED FUNCTION: {name}\n{cell.read_text()}")
    assert notebook.submit().is_file()


def test_in_a_terminal(notebook):
    folder, environment = notebook.path.parent, {"PYTHONPATH": str(ROOT)}

    def run(*arguments):
        command = [sys.executable, "-m", "course_utils.submit", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)

    assert run("initialization", "sample-b").stdout.startswith("Made handin_sample-b_attempt_")
    failed = run("regularization", "sample-b")
    assert failed.returncode == 1
    assert failed.stderr.startswith("There is no file regularization.ipynb")
    assert run().stderr.startswith("Type: python -m course_utils.submit ")
    assert run("initialization").stderr.startswith("This course takes files.")
    notebook.content["metadata"]["course_language"] = "zh_CN"
    notebook.save()
    assert run("initialization", "sample-b").stdout.startswith("已生成 handin_sample-b_attempt_")
