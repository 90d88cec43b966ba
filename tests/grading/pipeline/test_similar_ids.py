"""Ids that may be one student's are said; no id, and no folder's name, reaches the terminal raw."""

import contextlib
import io

import pytest

from grading.cli import main
from grading.gradebook.connection import open_gradebook
from grading.pipeline.grade import grade
from grading.pipeline.similar_ids import similar_id_notes
from tests.classes import NAME, hand_in, sample, scores


@pytest.fixture
def course(own_released_course):
    return own_released_course


@pytest.mark.parametrize(
    ("handed_in", "known", "noted"),
    [
        (["ST005", "st005"], [], {"ST005": "'st005'", "st005": "'ST005'"}),
        (["ST005"], ["st005", "ST005"], {"ST005": "'st005'"}),
        (["student1", "student1 "], [], {"student1": "'student1 '", "student1 ": "'student1'"}),
        (["z\u00e9ro"], ["ze\u0301ro"], {"z\u00e9ro": "'ze\u0301ro'"}),
        (["stra\u00dfe"], ["STRASSE"], {"stra\u00dfe": "'STRASSE'"}),
        (["student1"], ["uid", "STUDENT2"], {}),
        (["st005", "st05", "st0050"], [], {}),
    ],
)
def test_ids_that_differ_as_typing_errors_do_are_noted(handed_in, known, noted):
    notes = similar_id_notes(handed_in, known)
    assert notes.keys() == noted.keys()
    assert all(other in notes[student] for student, other in noted.items())


def test_two_students_whose_ids_differ_in_case_are_graded_both_with_a_hint(course):
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_student("uid")
    for student, label in (("ST005", "all-right-a"), ("st005", "blank"), ("Uid", "blank")):
        hand_in(course, student, sample(label))
    summary = grade(course, NAME)
    assert scores(course) == {"ST005": 100, "st005": 0, "Uid": 0}
    assert {student: notes[0].split(": ")[1][:7] for student, notes in summary.notes.items()} == {
        "ST005": "'st005'",
        "st005": "'ST005'",
        "Uid": "'uid'. ",
    }


def run(course, *arguments):
    """What a command prints, on both of its outputs, and its exit status."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["--root", str(course.root), *arguments])
    return status, out.getvalue(), err.getvalue()


def test_escape_sequences_in_a_folder_s_name_do_not_reach_the_terminal(course):
    names = ["\x1b[31mred", "over\rwritten", "\u202eright to left", "bell\x07 and \x9b1m"]
    for name in names:
        hand_in(course, name, sample("blank"))
        path = hand_in(course, f"bad {name}", b"{broken")
        path.with_name("timestamp.txt").write_text("\x1b[32m after lunch")
    for command in (["grade"], ["table"], ["report"]):
        _, out, err = run(course, *command, NAME)
        for letter in "\x1b\u202e\x07\x9b":
            assert letter not in out + err, command
        assert all(line.isprintable() for line in out.replace("\r", "\n").split("\n"))
    assert set(names) <= set(scores(course))
