"""The `course` command: exit statuses and messages for what a user can do wrong."""

import shutil
import subprocess
import sys

import pytest

from grading.cli import _has_new_submissions, _parser, main
from grading.course import Course
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


@pytest.fixture
def first_week(course):
    """A course of which one assignment is built and handed in, and no other one."""
    assert run(course, "build", NAME) == 0
    hand_in(course, "s1", sample("all-right-a"))
    return course


def test_without_a_name_those_with_submissions_are_graded_and_returned(first_week, capsys):
    for command in ("grade", "table", "report", "export"):
        assert run(first_week, command) == 0
        seen = capsys.readouterr()
        assert NAME in seen.out
        left_out = seen.err.splitlines()[-1]
        assert left_out.startswith("nothing yet of: ")
        assert NAME not in left_out
        assert run(first_week, command, "convolution") == 2
        assert "'convolution'" in capsys.readouterr().err


def test_without_a_name_what_was_handed_in_is_not_left_out_unbuilt(first_week, capsys):
    first_week.submitted("s1", "convolution").parent.mkdir(parents=True)
    assert run(first_week, "grade") == 2
    assert "Run: course build convolution" in capsys.readouterr().err


def test_grading_before_building_says_what_to_run(course, capsys):
    course.submitted("s1", "initialization").parent.mkdir(parents=True)
    assert run(course, "grade", "initialization") == 2
    assert "course build initialization" in capsys.readouterr().err


def test_without_a_subcommand_the_usage_is_shown(capsys):
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "usage: course" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["course"], pytest.param([sys.executable, "-m", "grading"], marks=pytest.mark.long)]
)
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


def run_read_only(course, read_only, *arguments):
    """Run a command where bubblewrap lets nobody, root neither, write to a folder or file."""
    path, root = str(read_only), str(course.root)
    mount = [bubblewrap(), "--dev-bind", "/", "/", "--ro-bind", path, path, "--chdir", root]
    command = [sys.executable, "-m", "grading", *arguments, NAME]
    return subprocess.run([*mount, *command], capture_output=True, text=True)


def is_one_message(done, said):
    """Nothing but our message, nbgrader's own traceback before it neither."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.startswith("course: ")
    assert done.stderr.count("\n") == 1
    return said in done.stderr


@pytest.fixture(scope="module")
def graded_course(released_course, tmp_path_factory):
    """A course with a submission that is graded, and one that is not; read-only for tests."""
    root = shutil.copytree(released_course.root, tmp_path_factory.mktemp("graded") / "course")
    course = Course.at(root)
    hand_in(course, "right", sample("all-right-a"))
    grade(course, NAME)
    hand_in(course, "other", sample("blank"))
    return course


READ_ONLY = {
    "build": "source/initialization/initialization.ipynb",
    "cohort": "gradebook",
    "grade": ".results/initialization/lock",
    "report": "reports",
    "export": "exports",
    "feedback": "feedback",
}


@pytest.mark.parametrize(
    "command",
    [pytest.param(one, marks=() if one == "grade" else pytest.mark.long) for one in READ_ONLY],
)
def test_a_read_only_course_is_a_message(graded_course, command):
    done = run_read_only(graded_course, graded_course.root, command)
    assert is_one_message(done, READ_ONLY[command])


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        ("build", "release"),
        pytest.param("cohort", "submitted", marks=pytest.mark.long),
        ("grade", "gradebook.db"),
    ],
)
def test_a_read_only_part_of_a_course_is_a_message(graded_course, tmp_path, command, folder):
    course = Course.at(shutil.copytree(graded_course.root, tmp_path / "course"))
    done = run_read_only(course, course.root / folder, command)
    assert is_one_message(done, folder.removesuffix(".db"))


def test_expected_results_that_cannot_be_written_are_a_message(course):
    source = course.source(NAME)
    old, new = "np.sqrt(2 / layers_dims[l - 1])", "np.sqrt((2 + l // 3) / layers_dims[l - 1])"
    source.write_text(source.read_text().replace(old, new))
    done = run_read_only(course, ROOT / "grading" / "assignments", "expected")
    assert is_one_message(done, "grading/assignments/initialization/expected.part")


def test_a_table_is_printed_without_the_server_extensions_of_nbgrader(graded_course):
    program = (
        "import sys; from grading.cli import main; "
        f"status = main(['--root', {str(graded_course.root)!r}, 'table']); "
        "print(status, 'nbgrader.server_extensions' in sys.modules); "
        "from grading.course import Course; "
        "from pathlib import Path; "
        f"Course.at(Path({str(graded_course.root)!r})).api; "
        "print('nbgrader.server_extensions' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.splitlines()[-2:] == ["0 False", "True"], done.stderr


def test_only_submissions_without_a_result_start_the_engine_at_once(course):
    options = _parser().parse_args(["--root", str(course.root), "grade"])
    assert not _has_new_submissions(options)
    folder = course.root / ".results" / NAME
    folder.mkdir(parents=True)
    for number in range(2):
        hand_in(course, f"s{number}", "{}")
        assert _has_new_submissions(options)
        (folder / f"{number}.msgpack.gz").touch()
        assert not _has_new_submissions(options)
    options.fresh = True
    assert _has_new_submissions(options)
