"""Tests that change after a class was graded.

Everyone is graded again, nothing is lost, and each change of a score has its reason.
"""

import csv
import json
import shutil
import sqlite3

import pytest
from nbgrader.api import Comment, Grade
from sqlalchemy import select

from grading.authoring.build import build
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.gradebook.queries import Mark, read_submissions
from grading.gradebook.regrade_log import GradedCells, RegradeLog
from grading.pipeline.grade import Options, grade
from grading.returns.run_summary_text import format_summaries
from tests.classes import HE, NAME, hand_in, read_gradebook, sample, scores

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
RANDOM = "initialize_parameters_random"
SHAPES, WEIGHTS, BIASES = (f"{HE}-{idea}" for idea in ("shapes", "weights", "biases"))
METADATA = {
    "cell_type": "code",
    "grade": True,
    "grade_id": f"{HE}-never",
    "locked": True,
    "points": 5,
    "schema_version": 3,
    "solution": False,
    "task": False,
}
NEW_CELL = f"""# %% nbgrader={json.dumps(METADATA)}
# Hidden test (5 points): nobody passes this one.
### BEGIN HIDDEN TESTS
raise AssertionError("never")
### END HIDDEN TESTS

"""


@pytest.fixture(scope="module")
def graded(released_course, tmp_path_factory):
    """Three submissions, graded: right, wrong in He's weights, wrong in the biases of zeros."""
    course = Course.at(
        shutil.copytree(released_course.root, tmp_path_factory.mktemp("regrade") / "course")
    )
    for student, label in (("right", "all-right-a"), ("he", "wrong-3"), ("zeros", "wrong-1")):
        hand_in(course, student, sample(label))
    assert grade(course, NAME).changes == []
    return course


@pytest.fixture
def course(graded, tmp_path):
    return Course.at(shutil.copytree(graded.root, tmp_path / "course"))


def cell_at(text, grade_id):
    """Where the cell of a text begins and ends."""
    at = text.index(f'"grade_id": "{grade_id}"')
    return text.rindex("# %%", 0, at), text.index("\n# %%", at) + 1


def edit(course, *changes):
    """Change the text by functions of it."""
    path = course.text(NAME)
    text = path.read_text()
    for change in changes:
        changed = change(text)
        assert changed != text
        text = changed
    path.write_text(text)


def points(grade_id, old, new):
    def change(text):
        start, stop = cell_at(text, grade_id)
        cell = text[start:stop].replace(f'"points": {old}', f'"points": {new}')
        return text[:start] + cell.replace(f"({old} points)", f"({new} points)") + text[stop:]

    return change


def added(text):
    start, _ = cell_at(text, WEIGHTS)
    return text[:start] + NEW_CELL + text[start:]


def removed(text):
    start, stop = cell_at(text, SHAPES)
    return text[:start] + text[stop:]


def failing(text):
    start, stop = cell_at(text, BIASES)
    cell = text[start:stop].replace(
        "### BEGIN HIDDEN TESTS", "### BEGIN HIDDEN TESTS\nraise AssertionError"
    )
    return text[:start] + cell + text[stop:]


def reasons(summary):
    return {change.student: (change.before, change.after, change.why) for change in summary.changes}


def test_a_changed_test_and_changed_points(course):
    edit(course, failing, points(WEIGHTS, 16, 18), points(f"{RANDOM}-weights", 14, 12))
    build(course, NAME)
    summary = grade(course, NAME)
    changed, fewer = f"test changed: {BIASES} -5", f"points 14 to 12: {RANDOM}-weights -2"
    more = f"points 16 to 18: {WEIGHTS} +2"
    assert reasons(summary) == {
        "right": (100, 95, f"{changed}; {more}; {fewer}"),
        "he": (73, 66, f"{changed}; {fewer}"),
        "zeros": (86, 81, f"{changed}; {more}; {fewer}"),
    }
    text = format_summaries({NAME: summary}, Options())
    assert "scores that changed: 3" in text
    assert "right      100       95" in text
    assert grade(course, NAME).changes == []


def test_an_added_and_a_removed_test_keep_what_was_given_by_hand(course):
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(SHAPES, NAME, NAME, "he").manual_score = 1
        gradebook.find_grade(BIASES, NAME, NAME, "he").manual_score = 3
        gradebook.find_grade(BIASES, NAME, NAME, "he").extra_credit = 0.5
        gradebook.find_comment(HE, NAME, NAME, "he").manual_comment = "see me"
        gradebook.db.commit()
    edit(course, added, removed)
    sync = build(course, NAME)
    assert (sync.new, sync.gone) == ((f"{HE}-never",), (SHAPES,))
    backup, removed_rows = sync.kept
    assert f"what was before is kept in {backup.name} and {removed_rows.name}" in f"{sync}"
    with sqlite3.connect(backup) as db:
        assert db.execute(
            "select count(*) from grade where manual_score is not null"
        ).fetchone() == (2,)
    db.close()
    with removed_rows.open(newline="") as file:
        rows = {
            row["student"]: (row["auto_score"], row["manual_score"]) for row in csv.DictReader(file)
        }
    assert rows == {"right": ("5.0", ""), "he": ("5.0", "1.0"), "zeros": ("5.0", "")}
    summary = grade(course, NAME)
    assert reasons(summary)["right"] == (100, 95, f"test gone: {SHAPES} -5")
    assert reasons(summary)["he"][2] == f"test gone: {SHAPES} -1"
    with open_gradebook(course) as gradebook:
        mark = gradebook.find_grade(BIASES, NAME, NAME, "he")
        assert (mark.manual_score, mark.extra_credit, mark.needs_manual_grade) == (3, 0.5, True)
        assert gradebook.find_comment(HE, NAME, NAME, "he").manual_comment == "see me"
        cells = {cell.id for cell in gradebook.find_notebook(NAME, NAME)._base_cells}
        for table in (Grade, Comment):
            assert set(gradebook.db.execute(select(table.cell_id)).scalars()) <= cells


def test_a_new_test_that_a_student_passes_says_so_and_two_builds_are_told_once(course):
    edit(
        course,
        lambda text: added(text).replace('raise AssertionError("never")', "assert True"),
        removed,
    )
    build(course, NAME)
    edit(course, points(WEIGHTS, 16, 17), points(f"{RANDOM}-weights", 14, 13))
    build(course, NAME)
    found = reasons(grade(course, NAME))
    why = f"new test: {HE}-never +5; test gone: {SHAPES} -5; points 14 to 13: {RANDOM}-weights -1"
    assert found == {"he": (73, 72, why)}  # the others gained and lost the same
    assert scores(course)["right"] == 100


def test_a_resubmission_says_so(course):
    hand_in(course, "he", sample("all-right-b"))
    assert reasons(grade(course, NAME)) == {
        "he": (73, 100, f"new submission: {WEIGHTS} +16, {HE}-depth +9, {HE}-check +2")
    }


def test_a_build_that_changes_no_test_leaves_the_gradebook_alone(course):
    before = read_gradebook(course)
    assert build(course, NAME) is None
    assert read_gradebook(course) == before
    assert list(course.root.glob("gradebook.db.*")) == []


def test_what_was_before_survives_a_run_that_is_killed(tmp_path):
    tests = GradedCells.of({"f-a": 2.0}, {"f-a": "text"})
    log = RegradeLog.read(tmp_path)
    log.keep_tests(tests)
    log.keep_marks("s1", {"f-a": Mark(2.0)}, resubmitted=True)
    with log.path.open("a") as file:
        file.write('{"student": "s2", "mar')  # killed here
    again = RegradeLog.read(tmp_path)
    again.keep_marks("s1", {"f-a": Mark(0.0)})
    again.keep_marks("s2", {"f-a": Mark(1.0, extra=0.5)})
    last = RegradeLog.read(tmp_path)
    changes = last.changes(tests, {"s1": {"f-a": Mark(0.0)}, "s2": {"f-a": Mark(2.0, 1.0)}})
    assert [(c.student, c.before, c.after, c.why) for c in changes] == [
        ("s1", 2, 0, "new submission: f-a -2"),
        ("s2", 1.5, 1, "score by hand: f-a -0.5"),
    ]
    last.delete()
    assert RegradeLog.read(tmp_path).marks == {}


def test_the_columns_agree_with_nbgrader_s_own_objects(course):
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student(
            "he", first_name="S", last_name="One", email="s@example.org"
        )
        gradebook.update_or_create_assignment(NAME, duedate="2030-01-15 12:00:00")
        gradebook.update_or_create_submission(NAME, "he", timestamp="2030-01-15 14:00:00")
        gradebook.find_grade(BIASES, NAME, NAME, "he").extra_credit = 2
        gradebook.db.commit()
        ours = {recorded.student: recorded for recorded in read_submissions(gradebook, NAME)}
        theirs = {one.student.id: one for one in gradebook.assignment_submissions(NAME)}
        assert ours.keys() == theirs.keys()
        for student, recorded in ours.items():
            assert recorded.score == theirs[student].score
            assert recorded.late == theirs[student].total_seconds_late
    recorded = ours["he"]
    assert (recorded.late, recorded.last_name, recorded.email) == (7200, "One", "s@example.org")
