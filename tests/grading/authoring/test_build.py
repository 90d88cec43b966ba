"""Building: from text to release, the same every time, with nothing of the instructor's in it."""

import json
import re
import subprocess
import sys
import zipfile

import h5py
import numpy as np
import pytest

from grading.assignments.expected_file import expected_path
from grading.assignments.registry import load_cases
from grading.authoring.build import build, build_source
from grading.errors import BadNotebook
from grading.gradebook.connection import open_gradebook
from grading.notebook.cells import code_cells, read_notebook
from tests.harness import COURSE, ROOT, secret_lines

NAMES = COURSE.assignments


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_release_is_what_the_source_builds(name, released_course):
    assert released_course.release(name).read_text() == COURSE.release(name).read_text()


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_building_twice_changes_nothing(course):
    build(course, "initialization")
    once = (
        course.source("initialization").read_bytes(),
        course.release("initialization").read_bytes(),
    )
    build(course, "initialization")
    assert (
        course.source("initialization").read_bytes(),
        course.release("initialization").read_bytes(),
    ) == once


def test_points_that_do_not_add_up_are_refused(course):
    text = course.text("initialization")
    text.write_text(text.read_text().replace('"points": 16', '"points": 17'))
    with pytest.raises(
        BadNotebook, match=r"initialization\.py: its test cells add up to 101 points\. Expected 100"
    ):
        build_source(course, "initialization")


@pytest.mark.parametrize("mark", ["### AUTOTEST", "### HASHED AUTOTEST"])
def test_nbgrader_s_autotests_are_refused_by_name(course, mark):
    """They would stay comments, and give everyone full points."""
    text = course.text("gradient_checking")
    source = course.source("gradient_checking").read_bytes()
    text.write_text(
        text.read_text().replace("check(forward_propagation)", f"{mark} forward_propagation(2, 4)")
    )
    with pytest.raises(BadNotebook, match=f"'forward_propagation-check' has {mark[4:]} in line 2"):
        build_source(course, "gradient_checking")
    assert course.source("gradient_checking").read_bytes() == source


def test_a_test_that_can_only_pass_is_refused(course):
    text = course.text("gradient_checking")
    text.write_text(text.read_text().replace("\ncheck(forward_propagation)\n", "\n"))
    with pytest.raises(BadNotebook, match="'forward_propagation-check' has no statement"):
        build_source(course, "gradient_checking")


@pytest.mark.parametrize("name", NAMES)
def test_the_gradebook_knows_every_test_with_its_points(name, released_course):
    expected = {
        cell.id: cell.points
        for cell in code_cells(read_notebook(COURSE.source(name)))
        if cell.grade
    }
    with open_gradebook(released_course) as gradebook:
        kept = {
            cell.name: cell.max_score for cell in gradebook.find_notebook(name, name).grade_cells
        }
    assert kept == expected


@pytest.fixture(scope="session")
def student_wheel(tmp_path_factory):
    """What `pip install .` installs, as {name: bytes}."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        return {name: wheel.read(name) for name in wheel.namelist()}


@pytest.mark.parametrize("name", NAMES)
def test_no_solution_and_no_hidden_test_is_in_the_release(name):
    cells = code_cells(read_notebook(COURSE.release(name)))
    released = {line.strip() for cell in cells for line in cell.source.split("\n")}
    secret = secret_lines(name)
    assert len(secret) > 10
    assert secret & released == set()
    text = COURSE.release(name).read_text()
    assert "HIDDEN TESTS" not in text
    assert "SOLUTION" not in text
    assert not re.search(r"\bgrading\b", text)


def test_students_are_installed_course_utils_and_nothing_of_grading(student_wheel):
    packages = {name.split("/")[0] for name in student_wheel}
    assert {name for name in packages if not name.endswith(".dist-info")} == {"course_utils"}
    assert {"football.mat", "digits.h5", "en.po"} <= {
        name.rsplit("/")[-1] for name in student_wheel
    }
    assert not any(
        b"import grading" in data or b"from grading" in data for data in student_wheel.values()
    )


@pytest.mark.parametrize("name", NAMES)
def test_no_solution_line_is_installed_for_students(name, student_wheel):
    texts = (".py", ".po", ".json")
    modules = [data.decode() for name, data in student_wheel.items() if name.endswith(texts)]
    installed = {line.strip() for text in modules for line in text.split("\n")}
    assert secret_lines(name) & installed == set()


@pytest.mark.parametrize("name", NAMES)
def test_no_expected_array_reaches_students(name, student_wheel):
    """Neither as bytes nor as printed numbers."""
    arrays = []
    with h5py.File(expected_path(name)) as file:
        file.visititems(
            lambda _, item: arrays.append(item[()]) if isinstance(item, h5py.Dataset) else None
        )
    filled = [np.asarray(array) for array in arrays if np.size(array)]
    telling = [array for array in filled if array.dtype.kind == "f" and np.std(array) > 0]
    assert len(telling) > 5
    release = COURSE.release(name).read_text()
    for array in telling:
        assert not any(array.tobytes() in data for data in student_wheel.values())
        assert f"{np.ravel(array)[0]:.8f}" not in release


def test_expected_arrays_and_cases_are_described(tmp_path):
    for name in NAMES:
        with h5py.File(expected_path(name)) as file:
            for case in load_cases(name):
                about = file[case.name].attrs
                assert about["seed"] == case.seed
                assert len(about["reason"]) > 20
                assert {"rtol", "atol", "function", "verdict"} <= set(about)
                result = file[case.name]["result"]
                leaves = [result] if isinstance(result, h5py.Dataset) else []
                if not leaves:
                    result.visititems(
                        lambda _, item, to=leaves: (
                            to.append(item) if hasattr(item, "dtype") else None
                        )
                    )
                assert all(tuple(leaf.attrs["shape"]) == leaf.shape for leaf in leaves)


def test_release_notebooks_are_valid_json_of_format_4():
    for name in NAMES:
        notebook = json.loads(COURSE.release(name).read_text())
        assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
