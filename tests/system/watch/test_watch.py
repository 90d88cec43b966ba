"""`course watch` as a process of its own: graded on arrival, and told to the student alone."""

import json
import shutil
import stat
import subprocess
import sys

import jsonschema
import pytest

from grading.course import Course
from tests.classes import NAME, read_gradebook, sample, scores
from tests.harness import ROOT
from tests.watching import COURSE, Class, Watching, answer_to, wait_until, watching

SCHEMA = json.loads((ROOT / "docs/instructors/feedback.schema.json").read_text())


@pytest.fixture(scope="module")
def classroom(released_course, tmp_path_factory):
    folder = tmp_path_factory.mktemp("watch")
    course = Course.at(shutil.copytree(released_course.root, folder / "course"))
    return Class.make(course, folder, pause=0, attempts_a_day=2)


@pytest.fixture(scope="module")
def watcher(classroom):
    with watching(classroom.course) as watcher:
        yield watcher


@pytest.fixture(scope="module")
def answered(classroom, watcher):
    """Two students' hand-ins, answered: by student."""
    handed_in = {
        "student1": classroom.hand_in("student1", sample("all-right-a")),
        "student2": classroom.hand_in("student2", sample("he-bias")),
    }
    for one in handed_in.values():
        answer_to(one)
    return handed_in


@pytest.fixture(scope="module")
def over_the_limit(classroom, answered):
    """The answers to the second and the third hand-in of a student who has two answers a day."""
    return [
        answer_to(classroom.hand_in("student1", sample(which))) for which in ("he-bias", "blank")
    ]


def test_points_and_findings_come_back(answered):
    student1, student2 = (answer_to(answered[student]) for student in ("student1", "student2"))
    assert student1["feedback"]["score"] == 100
    assert (student1["state"], student1["said"]) == ("graded", "This was attempt 1 of 2 today.")
    assert student2["feedback"]["student"] == "student2"
    assert student2["feedback"]["score"] == 84
    jsonschema.validate(student2["feedback"], SCHEMA)
    assert [one["name"] for one in student2["feedback"]["functions"] if one["finding"]] == [
        "initialize_parameters_he"
    ]


def test_gradebook_autograded_and_feedback_are_as_course_grade_and_feedback_leave_them(
    classroom, answered, own_released_course, tmp_path
):
    course, other = classroom.course, own_released_course
    for student in answered:
        folder = course.submitted(student, NAME).parent
        shutil.copytree(folder, other.submitted(student, NAME).parent)
    run = [sys.executable, "-m", "grading", "--root", str(other.root), "grade", NAME, "--feedback"]
    assert subprocess.run(run, capture_output=True).returncode == 0
    mine = read_gradebook(course)
    assert {student: mine[student] for student in answered} == read_gradebook(other)
    for kind in ("autograded", "feedback"):
        for path in (other.root / kind).rglob("*"):
            if path.is_file() and path.name != "README.md":
                twin = course.root / path.relative_to(other.root)
                assert twin.read_bytes() == path.read_bytes(), path


# nbgrader's release_feedback misspells an argument, and leaves a file open.
@pytest.mark.filterwarnings("ignore:Passing unrecognized arguments:DeprecationWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_page_is_where_nbgrader_releases_it_and_only_its_owner_finds_it(classroom, answered):
    page = classroom.course.root / "feedback" / "student2" / NAME / f"{NAME}.html"
    assert answered["student2"].page.read_bytes() == page.read_bytes()
    folder = answered["student2"].page.parent
    assert stat.S_IMODE(folder.stat().st_mode) == 0o711  # nobody but the owner can list it
    assert {path.suffix for path in folder.iterdir()} == {".html", ".json"}
    assert b"student1" not in answered["student2"].page.read_bytes()
    again = classroom.course.api.release_feedback(NAME, "student2")
    assert again["success"]
    assert answered["student2"].page.read_bytes() == page.read_bytes()


def test_a_third_hand_in_waits_for_the_next_day_but_counts(classroom, over_the_limit):
    second, third = over_the_limit
    assert "the last of 2 answers today" in second["said"]
    assert (third["state"], third["feedback"]) == ("waiting", None)
    assert "it counts" in third["said"]
    assert scores(classroom.course)["student1"] == 84
    handed_in = classroom.course.submitted("student1", NAME).read_text()
    assert "raise NotImplementedError()" in handed_in  # `course grade` at the deadline finds it


@pytest.mark.long
def test_course_grade_reports_and_the_status_run_beside_it(classroom, over_the_limit):
    root = ["--root", str(classroom.course.root)]
    for command in (["grade", NAME], ["report", NAME], ["watch", "--status"]):
        done = subprocess.run(
            [sys.executable, "-m", "grading", *root, *command], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("course watch is running\n")
    assert "for their next attempt: 1" in done.stdout


def test_a_second_watcher_is_refused(classroom, watcher):
    second = Watching(classroom.course)
    assert second.process.wait(timeout=60) == 2
    assert "Another course watch runs" in second.said()


def test_an_id_that_leads_out_of_the_folder_is_refused(classroom, watcher):
    before = (classroom.course.root / "release" / NAME / f"{NAME}.ipynb").read_bytes()
    bad = classroom.inbound / f"..+{NAME}+2030-01-15 15:00:00.000000 UTC+abcdefgh"
    shutil.copytree(classroom.homes / "student2" / NAME, bad)
    (bad / "submission_secret.txt").write_text("0" * 128)
    bad.chmod(0o777)
    wait_until(lambda: "cannot name a folder" in watcher.said())
    assert not (classroom.course.root / NAME).exists()
    assert (classroom.course.root / "release" / NAME / f"{NAME}.ipynb").read_bytes() == before


def test_links_in_a_hand_in_lead_nowhere(classroom, watcher):
    secret = classroom.course.source(NAME)
    name = f"student3+{NAME}+2030-01-15 15:00:00.000000 UTC+abcdefgh"
    hand_in = classroom.inbound / name
    hand_in.mkdir()
    (hand_in / "data").symlink_to(secret.parent)
    (hand_in / "notes.txt").symlink_to(secret)
    shutil.copy(classroom.homes / "student2" / NAME / f"{NAME}.ipynb", hand_in)
    (hand_in / "submission_secret.txt").write_text("1" * 128)
    hand_in.chmod(0o777)
    wait_until(lambda: "student3" in scores(classroom.course))
    taken = classroom.course.submitted("student3", NAME).parent
    assert sorted(path.name for path in taken.iterdir()) == [
        f"{NAME}.ipynb",
        "submission_secret.txt",
    ]
    assert COURSE in str(hand_in)
