"""Nothing is graded with a gradebook whose cells are not those of the source and the release."""

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbgrader
import pytest

from grading.authoring.build import build
from grading.cli import main
from grading.errors import CellsDiffer, OldGradebook, OtherNotebook
from grading.gradebook.connection import missing_columns, open_gradebook, opened
from grading.gradebook.transfer import restore
from grading.nbgrader_plugins.execute import RunIsolated
from grading.pipeline.grade import grade
from tests.classes import HE, NAME, hand_in, read_gradebook, sample, scores, stored_results

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
WEIGHTS = f"{HE}-weights"


@pytest.fixture
def course(own_released_course):
    hand_in(own_released_course, "right", sample("all-right-a"))
    return own_released_course


def edit(path, grade_id, change):
    """Change nbgrader's metadata of one cell of a notebook file."""
    notebook = json.loads(path.read_text())
    (about,) = [
        cell["metadata"]["nbgrader"]
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    ]
    about |= change
    path.write_text(json.dumps(notebook))


def edit_both(course, grade_id, change):
    for path in (course.source(NAME), course.release(NAME)):
        edit(path, grade_id, change)


CHANGES = {
    "another name": (
        {"grade_id": f"{HE}-matrices"},
        [f"test {WEIGHTS} is in the gradebook only", f"{HE}-matrices is in the notebook only"],
    ),
    "other points": (
        {"points": 18},
        [f"{WEIGHTS} has 16 points in the gradebook, 18 in the notebook"],
    ),
    "another kind": (
        {"grade": False, "points": 0},
        [f"test {WEIGHTS} is in the gradebook only"],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_gradebook_older_than_the_release_is_refused_before_anything_runs(course, what):
    change, said = CHANGES[what]
    edit_both(course, WEIGHTS, change)
    before = read_gradebook(course)
    with pytest.raises(CellsDiffer, match=f"Run: course build {NAME}") as error:
        grade(course, NAME)
    assert all(part in f"{error.value}" for part in said)
    assert read_gradebook(course) == before
    assert stored_results(course) == []
    build(course, NAME)
    grade(course, NAME)
    assert scores(course) == {"right": 100}


def test_a_release_that_is_not_that_of_the_source_is_refused(course):
    edit(course.release(NAME), WEIGHTS, {"grade_id": f"{HE}-matrices"})
    with pytest.raises(CellsDiffer, match=f"release/{NAME}/{NAME}.ipynb"):
        grade(course, NAME)


def test_a_solution_cell_with_another_name_is_refused(course):
    edit_both(course, HE, {"grade_id": f"{HE}_2"})
    with pytest.raises(CellsDiffer, match=f"solution {HE} is in the gradebook only"):
        grade(course, NAME)


def test_after_an_older_backup_is_restored_the_release_must_be_built_again(course):
    shutil.copy(course.root / "gradebook.db", course.root / "old.db")
    text = course.text(NAME).read_text()
    for grade_id, old, new in ((WEIGHTS, 16, 18), ("initialize_parameters_random-weights", 14, 12)):
        at = text.index(f'"grade_id": "{grade_id}"')
        start, stop = text.rindex("# %%", 0, at), text.index("\n# %%", at)
        cell = text[start:stop].replace(f'"points": {old}', f'"points": {new}')
        text = text[:start] + cell + text[stop:]
    course.text(NAME).write_text(text)
    build(course, NAME)
    grade(course, NAME)
    (course.root / "gradebook.db").unlink()
    restore(course, course.root / "old.db")
    with pytest.raises(CellsDiffer, match=f"{WEIGHTS} has 16 points in the gradebook, 18"):
        grade(course, NAME)
    build(course, NAME)
    grade(course, NAME)
    assert scores(course) == {"right": 100}


def test_a_changed_text_of_a_test_needs_no_build(course):
    """`course grade` takes the tests from the source notebook, so the scores are right."""
    path = course.source(NAME)
    path.write_text(path.read_text().replace("# Hidden test", "# A hidden test"))
    grade(course, NAME)
    assert scores(course) == {"right": 100}


def autograde(course):
    """What nbgrader's own command says, and its exit status."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "autograde", NAME, "--student", "right"],
        cwd=course.root,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


@pytest.mark.long
def test_nbgrader_s_own_command_is_refused_as_well(course):
    edit_both(course, WEIGHTS, {"grade_id": f"{HE}-matrices"})
    status, said = autograde(course)
    assert status != 0
    assert f"Run: course build {NAME}" in said
    assert stored_results(course) == []
    build(course, NAME)
    assert autograde(course)[0] == 0
    assert scores(course) == {"right": 100}


def rename_notebook(course):
    """The assignment's only notebook gets another name, in nbgrader's folders and its gradebook."""
    for path in (course.source(NAME), course.release(NAME), course.submitted("right", NAME)):
        path.rename(path.with_name("problem1.ipynb"))
    with open_gradebook(course) as gradebook:
        gradebook.find_notebook(NAME, NAME).name = "problem1"
        gradebook.db.commit()


def test_an_assignment_whose_notebook_has_another_name_is_refused_with_its_name(course, capsys):
    rename_notebook(course)
    with pytest.raises(OtherNotebook, match="problem1"):
        grade(course, NAME)
    for command in ("grade", "table", "report", "export", "feedback"):
        assert main(["--root", str(course.root), command, NAME]) in (0, 2), command
        assert "Traceback" not in capsys.readouterr().err
    status, said = autograde(course)
    assert status != 0
    assert f"source/{NAME}/{NAME}.ipynb" in said


def test_a_further_notebook_of_an_assignment_is_not_graded_as_if_it_were_the_first(
    course, monkeypatch
):
    monkeypatch.chdir(course.root)
    about = {"assignment": NAME, "student": "right", "notebook": "extra"}
    with pytest.raises(OtherNotebook, match="has another notebook \\(extra\\)"):
        RunIsolated().preprocess(sample("all-right-a"), {"nbgrader": about})


def old_schema(path):
    """Take from a gradebook what nbgrader added to its tables later."""
    with sqlite3.connect(path) as db:
        db.execute("ALTER TABLE grade DROP COLUMN extra_credit")
        db.execute("ALTER TABLE student DROP COLUMN lms_user_id")
    db.close()


@pytest.mark.parametrize("command", ["grade", "table", "export", "build"])
def test_a_gradebook_of_an_older_nbgrader_is_refused_with_the_command_that_upgrades_it(
    course, command, capsys
):
    old_schema(course.root / "gradebook.db")
    before = (course.root / "gradebook.db").read_bytes()
    assert main(["--root", str(course.root), command, NAME]) == 2
    said = capsys.readouterr().err
    assert "nbgrader db upgrade" in said
    assert "grade.extra_credit" in said
    assert (course.root / "gradebook.db").read_bytes() == before


def test_an_older_backup_is_refused_with_the_command_that_upgrades_it(course, capsys):
    old = course.root / "old.db"
    (course.root / "gradebook.db").rename(old)
    old_schema(old)
    assert main(["--root", str(course.root), "restore", str(old)]) == 2
    assert f"nbgrader db upgrade --db sqlite:///{old}" in capsys.readouterr().err


@pytest.mark.long
def test_the_upgrade_that_is_named_makes_an_old_gradebook_one_that_can_be_opened(tmp_path):
    """The old gradebook is one of nbgrader's own tests."""
    path = shutil.copy(Path(nbgrader.__file__).parent / "tests/apps/files/gradebook.db", tmp_path)
    url = f"sqlite:///{path}"
    with pytest.raises(OldGradebook, match="nbgrader db upgrade"), opened(url, "old"):
        pass
    upgrade = [sys.executable, "-m", "nbgrader", "db", "upgrade", "--db", url]
    subprocess.run(upgrade, cwd=tmp_path, check=True, capture_output=True)
    with opened(url, "old") as gradebook:
        assert missing_columns(gradebook.engine) == []
