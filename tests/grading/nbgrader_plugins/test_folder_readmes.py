"""autograded/ and submitted/ are in a fresh clone, each with a README that no command minds."""

import shutil
import subprocess
import sys

import nbformat
import pytest

from course_utils.submit import submit
from grading.cli import main
from tests.classes import NAME, hand_in, sample, scores
from tests.harness import ROOT

FOLDERS = ("autograded", "submitted")
STUDENTS = {"sample-a", "sample-b"}


def nbgrader(course, *arguments):
    """Run an nbgrader command in the course's folder; what it printed, when all went well."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def fresh_clone(own_released_course):
    """The released course with the two folders as git brings them."""
    for folder in FOLDERS:
        path = own_released_course.root / folder / "README.md"
        path.parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / folder / "README.md", path)
    yield own_released_course
    for folder in FOLDERS:
        text = (own_released_course.root / folder / "README.md").read_text()
        assert text == (ROOT / folder / "README.md").read_text()


@pytest.fixture
def handed_in(fresh_clone):
    """The same with one perfect submission and one with a mistake."""
    hand_in(fresh_clone, "sample-a", sample("all-right-a"))
    hand_in(fresh_clone, "sample-b", sample("he-bias"))
    return fresh_clone


def formgrader_lists(course):
    """The students that formgrader lists as submitted, as autograded and with a submission."""
    api = course.api
    listed = {entry["student"] for entry in api.get_submissions(NAME)}
    return api.get_submitted_students(NAME), api.get_autograded_students(NAME), listed


def test_the_readmes_have_three_lines_and_are_all_that_git_tracks():
    for folder in FOLDERS:
        assert (ROOT / folder / "README.md").read_text().count("\n") == 3
        assert f"/{folder}/*\n!/{folder}/README.md\n" in (ROOT / ".gitignore").read_text()


def test_empty_folders_list_no_one(fresh_clone):
    assert fresh_clone.submissions(NAME) == []
    assert formgrader_lists(fresh_clone) == (set(), set(), set())
    assert fresh_clone.api.get_submitted_students("*") == set()
    assert main(["--root", str(fresh_clone.root), "grade", NAME]) == 2  # nothing was handed in


@pytest.mark.long
def test_nbgrader_grades_and_returns_the_submissions_only(handed_in):
    nbgrader(handed_in, "autograde", NAME)
    assert formgrader_lists(handed_in) == (STUDENTS, STUDENTS, STUDENTS)
    assert {entry["id"] for entry in handed_in.api.get_students()} == STUDENTS
    assert scores(handed_in) == {"sample-a": 100, "sample-b": 84}
    nbgrader(handed_in, "generate_feedback", NAME)
    assert {path.name for path in (handed_in.root / "feedback").iterdir()} == STUDENTS


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_the_course_command_grades_returns_and_reports_the_submissions_only(handed_in, capsys):
    for command in ("grade", "feedback", "report", "export", "table"):
        assert main(["--root", str(handed_in.root), command, NAME]) == 0
    assert "README" not in "".join(capsys.readouterr())
    assert formgrader_lists(handed_in) == (STUDENTS, STUDENTS, STUDENTS)
    assert {path.name for path in (handed_in.root / "feedback").iterdir()} == STUDENTS
    assert "README" not in (handed_in.root / "reports" / f"{NAME}.html").read_text()


@pytest.mark.long
def test_zip_collect_adds_to_the_folder(fresh_clone, tmp_path):
    nbformat.write(sample("all-right-a"), tmp_path / f"{NAME}.ipynb")
    archive = fresh_clone.root / "downloaded" / NAME / "archive"
    archive.mkdir(parents=True)
    shutil.copy(submit(NAME, "sample-a", tmp_path), archive)
    nbgrader(fresh_clone, "zip_collect", NAME)
    assert fresh_clone.submissions(NAME) == ["sample-a"]
    assert formgrader_lists(fresh_clone)[0] == {"sample-a"}
