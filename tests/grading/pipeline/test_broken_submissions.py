"""Whatever is handed in, everyone else is graded, and the reason is given for what cannot be."""

import copy
import json
import os

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from grading.isolation.limits import Limits
from grading.notebook.cells import read_notebook
from grading.pipeline.grade import Options, grade
from grading.returns.score_table import read_table
from tests.classes import HE, NAME, cell_of, hand_in, read_gradebook, sample, scores, with_code
from tests.harness import cells_of


@pytest.fixture
def course(own_released_course):
    hand_in(own_released_course, "right", sample("all-right-a"))
    return own_released_course


def outputs(course, student, grade_id):
    notebook = read_notebook(course.autograded(student, NAME))
    return json.dumps(cell_of(notebook, grade_id).outputs)


def graded(course, student, content, **how):
    """Hand in and grade: the score of the student, with the class around untouched."""
    hand_in(course, student, content)
    summary = grade(course, NAME, Options(**how))
    assert scores(course)["right"] == 100
    return summary, scores(course)[student]


def points_of(function):
    return sum(cell.points for cell in cells_of(NAME) if cell.grade and cell.function == function)


WITHOUT_HE = 100 - points_of(HE)

NO_NOTEBOOKS = {
    "not json": (b"not json\n", "not JSON"),
    "truncated": (
        nbformat.writes(sample("all-right-a")).encode()[:4000],
        "not JSON, or it was cut off",
    ),
    "empty": (b"", "There is no notebook in the submission, or it is empty"),
    "latin-1": ('{"cells": "é"}'.encode("latin-1"), "not text in UTF-8"),
    "utf-16": (nbformat.writes(sample("all-right-a")).encode("utf-16"), "not text in UTF-8"),
    "a list": (b"[1, 2]", "not a notebook"),
    "no cells": (b'{"nbformat": 4, "nbformat_minor": 5}', "no list of cells"),
    "nested": (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
    "huge": (
        b'{"nbformat": 4, "cells": [' + b" " * 21_000_000 + b"]}",
        "21,000,028 bytes. At most",
    ),
    "binary": (bytes(range(256)) * 40, "not text in UTF-8"),
}


def test_what_is_no_notebook_gets_0_and_the_reason_and_costs_no_one_else_anything(course):
    for student, (content, _) in NO_NOTEBOOKS.items():
        hand_in(course, student.replace(" ", "-"), content)
    course.submitted("nothing", NAME).parent.mkdir(parents=True)
    summary = grade(course, NAME)
    assert summary.attention.keys() == {name.replace(" ", "-") for name in NO_NOTEBOOKS} | {
        "nothing"
    }
    for student, (_, reason) in NO_NOTEBOOKS.items():
        assert reason in summary.attention[student.replace(" ", "-")]
    found = read_gradebook(course)
    assert found.pop("right")["score"] == 100
    for entry in found.values():
        assert entry["score"] == 0
        assert all(score == 0 and look for _, score, _, look in entry["grades"])
    notes = {row.student: row.note for row in read_table(course, NAME)}
    assert "needs attention: " in notes["nothing"]
    assert notes["right"] == ""


def test_one_notebook_under_another_name_is_graded_with_a_note(course):
    hand_in(course, "renamed", sample("all-right-a"), filename="my final version.ipynb")
    hand_in(course, "two", sample("all-right-a"), filename="a.ipynb")
    hand_in(course, "two", sample("all-right-a"), filename="b.ipynb")
    hand_in(
        course, "other", nbformat.v4.new_notebook(cells=[new_code_cell("1")]), filename="b.ipynb"
    )
    summary = grade(course, NAME)
    assert scores(course) == {"right": 100, "renamed": 100, "two": 0, "other": 0}
    assert "my final version.ipynb" in summary.notes["renamed"][0]
    assert summary.attention.keys() == {"two", "other"}


def test_test_and_locked_cells_come_back_however_they_were_treated(course):
    deleted, edited, moved, turned = (sample("all-right-a") for _ in range(4))
    tests = [cell for cell in deleted.cells if cell.metadata.get("nbgrader", {}).get("locked")]
    deleted.cells = [cell for cell in deleted.cells if cell not in tests]
    for cell in edited.cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.source = "raise SystemExit"
    moved.cells = moved.cells[::-1]
    for cell in turned.cells:
        if cell.metadata.get("nbgrader", {}).get("locked"):
            cell.cell_type = "markdown"
    for student, notebook in {
        "deleted": deleted,
        "edited": edited,
        "moved": moved,
        "turned": turned,
    }.items():
        hand_in(course, student, notebook)
    grade(course, NAME)
    assert set(scores(course).values()) == {100}


def test_a_deleted_solution_cell_costs_its_function_and_says_not_defined(course):
    notebook = sample("all-right-a")
    notebook.cells.remove(cell_of(notebook, HE))
    _, score = graded(course, "gone", notebook)
    assert score == WITHOUT_HE
    assert f"{HE} is not defined. Its cell is not in the submission." in outputs(
        course, "gone", f"{HE}-weights"
    )


def test_of_a_copied_cell_the_last_counts_and_the_page_says_so(course):
    notebook = sample("all-right-a")
    second = copy.deepcopy(cell_of(notebook, HE))
    second.id = "copy"
    cell_of(notebook, HE).source = "raise ValueError"
    notebook.cells.append(second)
    summary, score = graded(course, "copied", notebook)
    assert score == 100
    assert summary.notes["copied"] == [f"{HE}: 2 copies, the last one counted"]
    page = cell_of(read_notebook(course.autograded("copied", NAME)), HE).source
    assert "# Grader: this cell was in the submission more than once" in page


def test_work_beside_a_stub_is_not_graded_but_shown_to_a_person(course):
    hand_in(course, "copy", sample("blank"))
    hand_in(course, "copy", sample("all-right-a"), filename=f"{NAME}-Copy1.ipynb")
    hand_in(course, "copies", sample("blank"), filename=f"{NAME}-Copy1.ipynb")
    hand_in(course, "copies", sample("all-right-a"), filename=f"{NAME}-Copy2.ipynb")
    hand_in(course, "blank", sample("blank"))
    summary = grade(course, NAME)
    assert scores(course) == {"right": 100, "copy": 0, "copies": 0, "blank": 0}
    assert summary.attention.keys() == {"copy", "copies"}
    assert f"is as it was released, and there is work in '{NAME}-Copy1" in summary.attention["copy"]
    assert f"Only '{NAME}-Copy2.ipynb' holds work" in summary.attention["copies"]
    course.submitted("copy", NAME).unlink()
    assert grade(course, NAME).attention.keys() == {"copies"}
    assert scores(course)["copy"] == 100


# --- folders, files and long names where others are expected


def test_a_folder_in_the_notebook_s_place_costs_no_one_else_anything(course):
    for student in ("folder", "inside"):
        course.submitted(student, NAME).mkdir(parents=True)
        (course.submitted(student, NAME) / "notes.txt").write_text("x")
    inside = course.submitted("inside", NAME) / f"{NAME}.ipynb"
    inside.write_text(nbformat.writes(sample("all-right-a")))
    summary = grade(course, NAME)
    assert scores(course) == {"right": 100, "folder": 0, "inside": 100}
    assert summary.attention.keys() == {"folder"}


def test_a_file_may_become_a_folder_and_a_folder_a_file(course):
    path = hand_in(course, "files", sample("all-right-a"))
    first, second = path.with_name("first"), path.with_name("second")
    first.mkdir()
    (first / "x.txt").write_text("1")
    second.write_text("2")
    assert grade(course, NAME).attention == {}
    (first / "x.txt").unlink()
    first.rmdir()
    second.unlink()
    first.write_text("3")
    second.mkdir()
    (second / "y.txt").write_text("4")
    changed = cell_of(sample("all-right-a"), HE).source + "\n# again"
    hand_in(course, "files", with_code(HE, changed))
    assert grade(course, NAME).attention == {}
    kept = course.autograded("files", NAME).parent
    assert (kept / "first").read_text() == "3"
    assert (kept / "second" / "y.txt").read_text() == "4"


def test_a_file_where_the_course_has_a_folder_is_left_out(course):
    data = course.source(NAME).with_name("data")
    data.mkdir()
    (data / "table.csv").write_text("1,2")
    path = hand_in(course, "files", sample("all-right-a"))
    path.with_name("data").write_text("a file")
    summary = grade(course, NAME)
    assert scores(course)["files"] == 100
    assert summary.notes["files"] == ["left out, since the course has files there: 'data'"]


def test_what_stands_in_the_way_in_autograded_stops_one_student_only(course):
    for student in ("blocked", "replaced"):
        hand_in(course, student, sample("all-right-a"))
    (course.root / "autograded").mkdir(exist_ok=True)
    (course.root / "autograded" / "blocked").write_text("a file")
    course.autograded("replaced", NAME).mkdir(parents=True)
    (course.autograded("replaced", NAME) / "x").write_text("in a folder")
    summary = grade(course, NAME)
    assert scores(course) == {"right": 100, "replaced": 100}
    assert summary.attention.keys() == {"blocked"}
    assert "could not be written (" in summary.attention["blocked"]


def test_a_path_of_4090_characters_costs_nothing(course):
    path = hand_in(course, "long", sample("all-right-a"))
    here = os.open(path.parent, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("d" * 239, dir_fd=here)
        here, above = os.open("d" * 239, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(os.open("file.csv", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    summary = grade(course, NAME)
    assert scores(course)["long"] == 100
    assert "longer than 1,000 bytes" in summary.notes["long"][0]


# --- bounds


def test_files_that_sort_before_the_notebook_do_not_crowd_it_out(course):
    path = hand_in(course, "logs", sample("all-right-a"))
    for number in range(150):
        path.with_name(f"{number:03}.log").write_text("x")
    summary = grade(course, NAME)
    assert scores(course)["logs"] == 100
    assert len(summary.notes["logs"]) == 1


def test_a_notebook_of_20000_cells_is_graded_by_the_cells_that_count(course):
    notebook = sample("all-right-a")
    notebook.cells += [new_code_cell("x = 1")] * 20_000
    summary, score = graded(course, "many", json.dumps(notebook))
    assert score == 100
    assert "the last 19,500 were left out" in summary.notes["many"][0]
    assert len(read_notebook(course.autograded("many", NAME)).cells) < 700


def test_errors_count_as_output(course):
    notebook = sample("all-right-a")
    shout = (
        "from IPython import get_ipython\n"
        "class Loud(Exception):\n"
        "    def _render_traceback_(self):\n        return ['x' * 4_000] * 200\n"
        "for _ in range(20):\n"
        "    try:\n        raise Loud\n"
        "    except Loud:\n        get_ipython().showtraceback()\n"
    )
    notebook.cells += [new_code_cell(shout) for _ in range(4)]
    assert graded(course, "loud", notebook)[1] == 100
    assert course.autograded("loud", NAME).stat().st_size < 6_000_000


def test_metadata_has_no_effect(course):
    notebook = sample("blank")
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader", {})
        about |= (
            {"points": 1000, "grade": True, "locked": False, "schema_version": 1} if about else {}
        )
        cell.metadata["tags"] = ["skip-execution"]
        if cell.cell_type == "code":
            cell.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1000.0"})]
    notebook.metadata = {"kernelspec": {"name": "bash", "display_name": "x", "language": "bash"}}
    assert graded(course, "tricks", notebook)[1] == 0


def test_a_syntax_error_costs_its_cell_s_function_with_line_and_message(course):
    _, score = graded(course, "typo", with_code(HE, f"def {HE}(layers_dims):\n    return (\n"))
    assert score == WITHOUT_HE
    said = outputs(course, "typo", f"{HE}-check")
    assert f"{HE} is not defined. Line 2 of its cell stopped with SyntaxError: " in said


def test_warnings_logging_and_standard_error_cost_nothing(course):
    noisy = (
        "import logging, sys, warnings\n"
        "logging.warning('x')\nwarnings.warn('y')\nprint('z', file=sys.stderr)\n"
    )
    source = cell_of(sample("all-right-a"), HE).source
    body = source.replace(
        "    np.random.seed(3)",
        "    print('w', file=sys.stderr); warnings.warn('v')\n    np.random.seed(3)",
    )
    assert body != source
    assert graded(course, "noisy", with_code(HE, noisy + body))[1] == 100


ODD = {
    "always equal": ("class E:\n    __eq__ = lambda self, other: True\nVALUE = E()", "E"),
    "a part missing": ("VALUE = {'W1': np.zeros((3, 2)).view(np.matrix)}", "got the keys {W1}"),
    "generator": ("VALUE = (n for n in [1])", "generator"),
    "huge": ("VALUE = np.zeros(9_000_000)", "bytes"),
    "NaN": (
        "VALUE = {'W1': np.full((3, 4), np.nan), 'b1': np.full((3, 1), np.nan)}",
        "W1: expected finite numbers, got NaN",
    ),
}


def test_odd_results_get_no_marks_and_an_error_that_names_them(course):
    for student, (code, _) in ODD.items():
        notebook = with_code(
            HE, f"import numpy as np\n{code}\ndef {HE}(layers_dims):\n    return VALUE"
        )
        hand_in(course, student.replace(" ", "-"), notebook)
    grade(course, NAME)
    found = read_gradebook(course)
    for student, (_, named) in ODD.items():
        said = outputs(course, student.replace(" ", "-"), f"{HE}-depth")
        assert named in said, student
        assert found[student.replace(" ", "-")]["score"] <= WITHOUT_HE + 3, (
            student
        )  # `seed` asks for no value


LIMITS = Limits(cell_seconds=2, submission_seconds=40, memory=700_000_000)
BAD_CELLS = {
    "loops": "while True: pass",
    "ignores interrupts": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    ),
    "exits": "import os; os._exit(0)",
    "crashes": "import ctypes; ctypes.string_at(0)",
    "hogs memory": "x = [bytearray(10_000_000) for _ in range(10_000)]",
    "raises SystemExit": "raise SystemExit",
    "fills the disk": "open('/tmp/x', 'wb').write(b'x' * 10**9)",
    "forks": (
        "import os, time\nfor _ in range(300):\n    if os.fork() == 0:\n"
        "        time.sleep(60)\nwhile True: pass"
    ),
}


@pytest.mark.parametrize("what", BAD_CELLS)
def test_one_bad_cell_costs_only_what_depends_on_it(course, what, monkeypatch):
    monkeypatch.setattr(type(course), "limits", LIMITS)
    notebook = sample("all-right-a")
    at = notebook.cells.index(cell_of(notebook, HE))
    notebook.cells.insert(at, new_code_cell(BAD_CELLS[what], id="bad"))
    assert graded(course, "bad", notebook)[1] == 100


@pytest.mark.parametrize(
    "what", ["loops", pytest.param("ignores interrupts", marks=pytest.mark.long), "exits"]
)
def test_a_function_that_does_not_come_back_costs_only_its_own_marks(course, what, monkeypatch):
    monkeypatch.setattr(type(course), "limits", LIMITS)
    body = "\n".join(f"    {line}" for line in BAD_CELLS[what].split("\n"))
    _, score = graded(
        course,
        "bad",
        with_code("initialize_parameters_zeros", f"def initialize_parameters_zeros(d):\n{body}"),
    )
    assert score == 100 - points_of("initialize_parameters_zeros")
    assert (
        "stopped" in outputs(course, "bad", "initialize_parameters_zeros-weights")
        or what == "exits"
    )


def test_files_beside_the_notebook_are_shown_and_links_are_not_followed(course, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    reader = (
        "import os\n"
        "print(sorted(os.listdir('.')), open('data.txt').read(), os.path.exists('link.txt'))\n"
    )
    path = hand_in(
        course, "files", with_code(HE, reader + cell_of(sample("all-right-a"), HE).source)
    )
    (path.parent / "data.txt").write_text("data of mine")
    os.symlink(secret, path.parent / "link.txt")
    os.symlink(tmp_path, path.parent / "folder")
    summary = grade(course, NAME)
    assert scores(course)["files"] == 100
    said = outputs(course, "files", HE)
    assert "['data.txt'] data of mine False" in said
    assert len(summary.notes["files"]) == 2
    kept = {found.name for found in course.autograded("files", NAME).parent.iterdir()}
    assert kept == {"data.txt", f"{NAME}.ipynb"}


def test_a_megabyte_of_output_is_cut_with_a_note(course):
    notebook = with_code(HE, "print('x' * 3_000_000)\n" + cell_of(sample("all-right-a"), HE).source)
    assert graded(course, "loud", notebook)[1] == 100
    said = outputs(course, "loud", HE)
    assert 1_000_000 < len(said) < 1_001_000
    assert "put out more than 1 MB. The rest was cut" in said
