"""`course publish`: what students get holds all that they need, and nothing of the instructors'."""

import json
import os
import subprocess
import tomllib
import venv
from pathlib import Path

import nbformat
import pytest

import course_utils
from grading.authoring.publish import LIST, publish
from grading.errors import NotBuilt, NotForStudents
from grading.notebook.cells import read_notebook
from tests.harness import COURSE, ROOT, copy_course, secret_lines

NAME = "gradient_checking"  # its demonstrations are the quickest
TOP = {
    *(".binder", ".devcontainer", ".dockerignore", ".gitignore", LIST, "Dockerfile", "LICENSE"),
    *("LICENSE-CC-BY-4.0", "README.md", "course_utils", "pictures", "pyproject.toml"),
    "requirements.txt",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("publish") / "students"
    publish(COURSE, COURSE.assignments, folder)
    return folder


def files_in(folder):
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def texts_in(folder):
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".png", ".h5", ".mat") and path.is_file():
            yield path, path.read_text(encoding="utf-8")


def test_the_folder_holds_what_is_named_and_nothing_else(folder):
    assert {path.name for path in folder.iterdir()} == TOP | set(COURSE.assignments)
    for name in COURSE.assignments:
        published = files_in(folder / name)
        assert Path(f"{name}.ipynb") in published
        assert published == files_in(COURSE.release(name).parent)


@pytest.mark.parametrize("name", COURSE.assignments)
def test_no_line_of_a_solution_or_a_hidden_test_is_in_its_notebook(folder, name):
    cells = read_notebook(folder / name / f"{name}.ipynb").cells
    lines = {line.strip() for cell in cells for line in cell.source.split("\n")}
    assert lines & secret_lines(name) == set()


def test_nothing_of_the_instructors_is_in_it(folder):
    for path, text in texts_in(folder):
        for word in ("import grading", "from grading", "BEGIN SOLUTION", "HIDDEN TESTS", str(ROOT)):
            assert word not in text, path
    assert not [path for path in files_in(folder) if path.name in ("expected.h5", "cases.py")]


def test_the_readme_shows_only_what_is_there(folder):
    text = (folder / "README.md").read_text(encoding="utf-8")
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    assert len(targets) >= len(COURSE.assignments) + 5
    assert [target for target in targets if not (folder / target).is_file()] == []
    assert [
        path for path, text in texts_in(folder) if "@VERSION@" in text or "@LIST@" in text
    ] == []


def test_the_package_is_of_the_same_version_and_needs_the_same(folder):
    ours = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    theirs = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert theirs["version"] == course_utils.__version__ == ours["version"]
    assert theirs["dependencies"] == ours["dependencies"]
    assert theirs["optional-dependencies"].keys() == {"notebooks"}


def test_a_second_time_tidies_up_and_leaves_what_others_put_there(tmp_path):
    folder = tmp_path / "students"
    publish(COURSE, COURSE.assignments, folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("theirs")
    (folder / NAME / "notes.md").write_text("theirs")
    (folder / "README.md").write_text("an older one")
    publish(COURSE, ["initialization"], folder)
    assert not (folder / NAME / f"{NAME}.ipynb").exists()
    assert not (folder / "regularization").exists()
    assert (folder / NAME / "notes.md").read_text() == "theirs"
    assert (folder / ".git" / "config").read_text() == "theirs"
    assert "initialization" in (folder / "README.md").read_text()


def test_a_folder_with_other_files_is_refused_and_left_as_it_was(tmp_path):
    (tmp_path / "README.md").write_text("mine")
    with pytest.raises(NotForStudents, match=r"README\.md"):
        publish(COURSE, COURSE.assignments, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    (tmp_path / LIST).write_text("{")
    with pytest.raises(NotForStudents):
        publish(COURSE, COURSE.assignments, tmp_path)
    assert (tmp_path / "README.md").read_text() == "mine"


def test_a_list_that_others_changed_removes_nothing_outside(tmp_path):
    folder, outside = tmp_path / "students", tmp_path / "gradebook.db"
    outside.write_text("mine")
    publish(COURSE, ["initialization"], folder)
    listed = json.loads((folder / LIST).read_text())
    (folder / LIST).write_text(json.dumps([*listed, "../gradebook.db", str(outside)]))
    publish(COURSE, ["initialization"], folder)
    assert outside.read_text() == "mine"


def test_what_is_not_built_is_refused_before_anything_is_written(tmp_path):
    course = copy_course(tmp_path / "course")
    course.release(NAME).unlink()
    with pytest.raises(NotBuilt, match=f"course build {NAME}"):
        publish(course, course.assignments, tmp_path / "students")
    assert not (tmp_path / "students").exists()


@pytest.mark.long  # it installs JupyterLab from the network
def test_in_a_fresh_environment_a_notebook_is_worked_to_full_marks(folder, tmp_path):
    """With nothing but what the folder names: install, work, hand in, be graded."""
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    pip = [python, "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"]
    subprocess.run(pip, cwd=folder, check=True)
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    where = (
        "import course_utils, importlib.util;"
        "print(course_utils.__file__, importlib.util.find_spec('grading'))"
    )
    said = subprocess.run(
        [python, "-c", where], cwd=tmp_path, env=clean, check=True, capture_output=True, text=True
    ).stdout
    assert said.startswith(str(environment))
    assert said.rstrip().endswith("None")

    path = folder / NAME / f"{NAME}.ipynb"
    notebook = read_notebook(path)
    answers = {cell.id: cell.source for cell in read_notebook(COURSE.source(NAME)).cells}
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers[cell.id]
    nbformat.write(notebook, path)
    run = [python, "-m", "jupyter", "execute", "--inplace", path.name]
    subprocess.run(run, cwd=path.parent, env=clean, check=True)
    submit = [python, "-m", "course_utils.submit", NAME, "student-1"]
    subprocess.run(submit, cwd=path.parent, env=clean, check=True)

    course = copy_course(tmp_path / "course")
    course.submitted("student-1", NAME).parent.mkdir(parents=True)
    (handed_in,) = path.parent.glob("*student-1*")
    course.submitted("student-1", NAME).write_bytes(handed_in.read_bytes())
    for command in (["build", NAME], ["grade", NAME]):
        done = subprocess.run(
            ["course", *command], cwd=course.root, capture_output=True, text=True, check=True
        )
    assert [line.split()[2:4] for line in done.stdout.splitlines() if "student-1" in line] == [
        ["100", "100"]
    ]
