"""Before the deadline only points, after it the page; late work is kept; files in a folder."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import nbformat
import pytest

from course_utils.submit import submit
from grading.gradebook.connection import open_gradebook
from tests.classes import NAME, sample, scores
from tests.watching import Class, answer_to, wait_until, watching

pytestmark = pytest.mark.long


@pytest.fixture
def classroom(own_released_course, tmp_path):
    (tmp_path / "incoming").mkdir()
    return Class.make(
        own_released_course,
        tmp_path,
        pause=0,
        show_before_deadline="score",
        late="keep",
        incoming=str(tmp_path / "incoming"),
    )


def set_due(course, hours):
    """Put the deadline so many hours from now."""
    due = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=hours)
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=due)
    return due


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_points_before_the_deadline_all_after_it_and_late_work_is_kept(classroom, tmp_path):
    due = set_due(classroom.course, 1)
    with watching(classroom.course):
        handed_in = classroom.hand_in("student1", sample("he-bias"))
        before = answer_to(handed_in)
        assert before["feedback"]["score"] == 84
        assert before["feedback"]["functions"] == []
        expected = (
            f"You have 84 of 100 points. You see the reasons after the deadline, {due:%Y-%m-%d}"
        )
        assert before["said"].startswith(expected)
        assert "initialize_parameters_he" not in handed_in.page.read_text()

        set_due(classroom.course, -1)
        wait_until(lambda: answer_to(handed_in)["feedback"]["functions"], 120)
        assert "initialize_parameters_he" in handed_in.page.read_text()
        assert answer_to(handed_in)["said"] == ""

        late = answer_to(classroom.hand_in("student1", sample("all-right-a")))
        assert (late["state"], late["feedback"]) == ("kept", None)
        assert scores(classroom.course) == {"student1": 84}


def test_a_file_in_the_folder_is_answered_beside_it(classroom, tmp_path):
    work, incoming = tmp_path / "work", tmp_path / "incoming"
    work.mkdir()
    nbformat.write(sample("he-bias"), work / f"{NAME}.ipynb")
    file = submit(NAME, "student2@uni.edu", work)
    with watching(classroom.course):
        (incoming / "notes.txt").write_text("not a hand-in")
        shutil.copy(file, incoming)
        answer = incoming / f"{file.stem}.feedback.json"
        wait_until(answer.exists)
        assert json.loads(answer.read_text())["feedback"]["score"] == 84
        assert "84 of 100 points" in answer.with_suffix(".html").read_text()
        # touched, it is the same hand-in; with another content it is a new one
        shutil.copy(file, incoming)
        nbformat.write(sample("all-right-a"), incoming / file.name)
        wait_until(lambda: json.loads(answer.read_text())["feedback"]["score"] == 100)
    assert scores(classroom.course) == {"student2@uni.edu": 100}
    stamp = (
        classroom.course.submitted("student2@uni.edu", NAME).with_name("timestamp.txt").read_text()
    )
    assert stamp.endswith(" UTC")
