"""The `course` command: exit statuses and messages for what a user can do wrong."""

import subprocess
import sys

import pytest

from grading.cli import main
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
