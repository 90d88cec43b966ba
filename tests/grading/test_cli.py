"""The `course` command: exit statuses and messages for what a user can do wrong."""

import subprocess
import sys

import pytest

from grading.cli import main
from grading.isolation.sandbox import bubblewrap
from grading.pipeline.grade import grade
from tests.classes import NAME, hand_in, sample
from tests.harness import ROOT


def run(course, *arguments):
    return main(["--root", str(course.root), *arguments])


def test_an_unknown_assignment_is_wrong_usage(course, capsys):
    assert run(course, "grade", "initialisation") == 2
    message = capsys.readouterr().err
    assert message.startswith("course: There is no assignment 'initialisation'")
    assert "initialization" in message
    assert "Traceback" not in message


def test_a_folder_that_is_no_course_is_wrong_usage(tmp_path, capsys):
    assert main(["--root", str(tmp_path), "build"]) == 2
    assert "nbgrader_config.py" in capsys.readouterr().err


def test_grading_nothing_says_how_to_get_submissions(course, capsys):
    assert run(course, "grade", "initialization") == 2
    assert "course cohort" in capsys.readouterr().err


def test_grading_before_building_says_what_to_run(course, capsys):
    course.submitted("s1", "initialization").parent.mkdir(parents=True)
    assert run(course, "grade", "initialization") == 2
    assert "course build initialization" in capsys.readouterr().err


def test_without_a_subcommand_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "usage: course" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["course"], [sys.executable, "-m", "grading"]])
def test_both_ways_to_call_it(command):
    done = subprocess.run(
        [*command, "expected", "initialization"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0
    assert done.stdout.endswith("initialization: agrees with the solutions\n")


IN_THE_WAY = {
    "grade": ".results",
    "report": "reports",
    "export": "exports",
    "cohort": "submitted",
}


@pytest.mark.parametrize("command", IN_THE_WAY)
def test_a_folder_that_cannot_be_written_is_a_message_with_its_name(
    own_released_course, command, capsys
):
    """A file stands where a folder is expected: unlike a missing permission, also for root."""
    course = own_released_course
    hand_in(course, "right", sample("all-right-a"))
    grade(course, NAME)
    folder = course.root / IN_THE_WAY[command]
    if folder.exists():
        folder.rename(course.root / "elsewhere")
    folder.write_text("in the way")
    assert run(course, command, NAME) == 2
    err = capsys.readouterr().err
    assert err.startswith("course: ")
    assert f"{folder}" in err


@pytest.mark.parametrize("command", ["grade", "report", "export", "feedback"])
def test_a_read_only_course_is_a_message(own_released_course, command):
    """Bubblewrap mounts the course's folder so that nobody, root neither, can write to it."""
    course = own_released_course
    hand_in(course, "right", sample("all-right-a"))
    grade(course, NAME)
    hand_in(course, "other", sample("blank"))
    root = str(course.root)
    mount = [bubblewrap(), "--dev-bind", "/", "/", "--ro-bind", root, root, "--chdir", root]
    done = subprocess.run(
        [*mount, sys.executable, "-m", "grading", command, NAME], capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
    assert done.returncode in (1, 2)
    assert root in done.stderr or "needs attention" in done.stderr or "readonly" in done.stderr
