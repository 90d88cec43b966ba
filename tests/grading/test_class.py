"""The sample class, graded for real: the whole table, the pages, and nbgrader's own commands on the same folder."""

import csv
import json
import subprocess
from pathlib import Path

import nbformat
import pytest

from grading.cohort import PREFIX, make_cohort
from grading.notebook import read_notebook
from grading.table import format_table, read_table
from tests.conftest import copy_course
from tests.harness import COURSE, ROOT

EXPECTED = json.loads((Path(__file__).parent / "expected_table.json").read_text())


def run(course, *command):
    """Run a command in the course's folder, as an instructor would in a terminal."""
    return subprocess.run(command, cwd=course.root, capture_output=True, text=True)


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """What `make grade` does, on a copy of the course: the course, and the finished command."""
    course = copy_course(tmp_path_factory.mktemp("class"))
    for command in (["build"], ["cohort"]):
        done = run(course, "course", *command)
        assert done.returncode == 0, done.stderr
    return course, run(course, "course", "grade", "--feedback")


def rows_of(course):
    return [row for name in course.assignments for row in read_table(course, name)]


def test_the_whole_table_is_as_expected(graded):
    course, done = graded
    assert done.returncode == 0, done.stderr
    found = [
        [row.student, row.assignment, row.score, row.maximum, list(row.lost), row.note]
        for row in rows_of(course)
    ]
    pinned = {assignment for _, assignment, *_ in EXPECTED}  # a new assignment is looked at below
    assert [row for row in found if row[1] in pinned] == EXPECTED


def test_the_printed_table_is_the_gradebook_s(graded):
    course, done = graded
    assert format_table(rows_of(course)) in done.stdout
    # A kernel may still complain of a closed socket while it is being shut down; all else would be ours.
    assert "needs attention" not in done.stderr
    assert "Warning" not in done.stderr


@pytest.mark.parametrize("name", COURSE.assignments)
def test_the_class_holds_what_happens_in_a_class(graded, name):
    course, _ = graded
    rows = {row.student.removeprefix(PREFIX): row for row in read_table(course, name)}
    assert len(rows) >= 10
    whole = {"all-right-a", "all-right-b", "deleted-tests", "helper-cells", "slow", "prints-a-lot", "late"}
    assert {label for label, row in rows.items() if row.score == 100} == whole
    assert all(len(row.lost) == 1 for label, row in rows.items() if label not in whole | {"blank"})
    assert rows["late"].note.startswith("late by 1 d")
    assert rows["blank"].score <= 4  # the forward pass that is given whole counts 4 points


def test_every_submission_got_a_page_without_hidden_tests(graded):
    course, _ = graded
    for name in course.assignments:
        for student in course.submissions(name):
            page = (course.root / "feedback" / student / name / f"{name}.html").read_text()
            assert "HIDDEN TESTS" not in page
            assert "grading.hidden" not in page
            assert str(course.root) not in page
            assert str(ROOT) not in page
            assert f"GRADED FUNCTION: {'forward_propagation_n' if name.startswith('grad') else ''}" in page


def test_the_sample_class_is_the_same_every_time(own_released_course):
    course = own_released_course
    copies = []
    for _ in range(2):
        make_cohort(course, "initialization", seed=0)
        copies.append({path.relative_to(course.root): path.read_bytes()
                       for path in (course.root / "submitted").rglob("*") if path.is_file()})  # fmt: skip
    assert copies[0] == copies[1]
    assert len(copies[0]) >= 24


def test_stock_nbgrader_commands_work_on_the_folder(graded):
    course, _ = graded
    student = f"{PREFIX}he-bias"
    for command in (
        ["nbgrader", "generate_assignment", "initialization", "--force"],
        ["nbgrader", "validate", "source/initialization/initialization.ipynb"],
        ["nbgrader", "autograde", "initialization", "--student", student, "--force"],
        ["nbgrader", "generate_feedback", "initialization", "--student", student, "--force"],
        ["nbgrader", "export"],
    ):
        done = run(course, *command)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        if "validate" in command:
            assert "Success" in done.stdout
    with (course.root / "grades.csv").open() as file:
        rows = list(csv.DictReader(file))
    score = next(r for r in rows if r["student_id"] == student and r["assignment"] == "initialization")[
        "score"
    ]
    assert [float(score)] == [row[2] for row in EXPECTED if row[0] == student]


def test_validate_tells_a_student_of_an_unfinished_notebook(graded):
    course, _ = graded
    done = run(course, "nbgrader", "validate", "release/initialization/initialization.ipynb")
    assert "VALIDATION FAILED ON 3 CELL(S)" in done.stdout  # one visible check for each function
    assert "The exercise is still to be done" in done.stdout


def test_a_broken_submission_is_listed_and_costs_the_others_nothing(own_released_course):
    course = own_released_course
    for student, write in {
        "broken": lambda path: path.write_text("{"),
        "right": lambda path: nbformat.write(solved(course), path),
    }.items():
        path = course.submitted(student, "initialization")
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path)
    done = run(course, "course", "grade", "initialization")
    assert done.returncode == 1
    assert "needs attention: broken: the notebook is not JSON" in done.stdout
    assert "Traceback" not in done.stderr
    scores = {row.student: (row.score, row.note[:15]) for row in read_table(course, "initialization")}
    assert scores == {"broken": (0, "needs attention"), "right": (100, "")}


def solved(course):
    """The source notebook with its hidden tests and all: what a submission with every answer right comes to."""
    notebook = read_notebook(course.source("initialization"))
    for cell in notebook.cells:
        if "HIDDEN TESTS" in cell.source:
            cell.source = ""
    return notebook
