"""Every id that a folder can have gets its feedback, and a failure names the right command."""

import json

import pytest

from grading.errors import reason_in_log
from grading.pipeline.grade import grade
from grading.returns.feedback import write_feedback
from tests.classes import NAME, hand_in, sample

ODD = ("a[1]", "b ", "c\nd", " e", "f*", "g?", "h]", "i\tj", "{k}", "l+m@uni.edu", "é")


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
def test_every_id_gets_its_page(own_released_course):
    course = own_released_course
    for student in ODD:
        hand_in(course, student, sample("he-bias"))
    grade(course, NAME)
    graded = {path.parent.parent.name for path in course.root.glob(f"autograded/*/{NAME}/*.ipynb")}
    assert write_feedback(course, NAME) == []
    assert graded == set(ODD)
    for student in ODD:
        folder = course.root / "feedback" / student / NAME
        report = json.loads((folder / "feedback.json").read_text())
        assert (report["student"], report["score"]) == (student, 84)
        assert "84</strong> of 100 points" in (folder / f"{NAME}.html").read_text()


def test_a_page_that_fails_is_one_line_and_the_others_are_made(own_released_course):
    course = own_released_course
    for student in ("a[1]", "student1", "student2"):
        hand_in(course, student, sample("all-right-a"))
    grade(course, NAME)
    for student in ("a[1]", "student1"):
        course.autograded(student, NAME).chmod(0o644)
        course.autograded(student, NAME).write_text("{")
    lines = write_feedback(course, NAME)
    assert [line.partition(": ")[0] for line in lines] == [
        f"feedback/{student}/{NAME}" for student in ("a[1]", "student1")
    ]
    assert (course.root / "feedback" / "student2" / NAME / f"{NAME}.html").is_file()


def test_the_pointer_names_the_command_that_failed():
    assert reason_in_log({}, "nbgrader generate_feedback x").endswith(
        "nbgrader generate_feedback x"
    )
