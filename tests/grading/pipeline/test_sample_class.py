"""The sample class, graded for real.

The whole table, the feedback pages, and nbgrader's own commands on the same folder.
"""

import csv
import html
import json
import re
import subprocess
import sys
from pathlib import Path

import h5py
import jsonschema
import nbformat
import numpy as np
import pytest

from course_utils.assignments import EXERCISES
from course_utils.explain import components_of
from grading.assignments.expected_file import expected_path
from grading.authoring.sample_class import PREFIX, make_sample_class
from grading.notebook.cells import read_notebook
from grading.returns.score_table import format_table, read_table
from tests.harness import COURSE, ROOT, secret_lines

NAMES = COURSE.assignments
EXPECTED = json.loads((Path(__file__).parent / "expected_table.json").read_text())


def run(course, *command):
    """Run a command in the course's folder, as an instructor would in a terminal."""
    return subprocess.run(command, cwd=course.root, capture_output=True, text=True)


def rows_of(course):
    return [row for name in course.assignments for row in read_table(course, name)]


def test_the_whole_table_is_as_expected(graded_class):
    course, done = graded_class
    assert done.returncode == 0, done.stderr
    found = [
        [row.student, row.assignment, row.score, row.max_score, list(row.lost), row.note]
        for row in rows_of(course)
    ]
    pinned = {assignment for _, assignment, *_ in EXPECTED}  # a new assignment is looked at below
    assert [row for row in found if row[1] in pinned] == EXPECTED


def test_the_printed_table_is_the_gradebook_s(graded_class):
    course, done = graded_class
    assert format_table(rows_of(course)) in done.stdout
    # A kernel that is being shut down may complain of a closed socket; all else would be ours.
    assert "needs attention" not in done.stderr
    assert "Warning" not in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_the_class_holds_what_happens_in_a_class(graded_class, name):
    course, _ = graded_class
    rows = {row.student.removeprefix(PREFIX): row for row in read_table(course, name)}
    assert len(rows) >= 10
    whole = {
        "all-right-a",
        "all-right-b",
        "deleted-tests",
        "helper-cells",
        "slow",
        "prints-a-lot",
        "late",
    }
    assert {label for label, row in rows.items() if row.score == 100} == whole
    assert all(len(row.lost) == 1 for label, row in rows.items() if label not in whole | {"blank"})
    assert rows["late"].note.startswith("late by 1 d")
    assert rows["blank"].score <= 4  # the forward pass that is given whole counts 4 points


def feedback_of(course, name):
    """(student, page, feedback.json) of every submission of an assignment."""
    for student in course.submissions(name):
        folder = course.root / "feedback" / student / name
        yield student, (folder / f"{name}.html").read_text(), (folder / "feedback.json").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_every_submission_gets_a_page_and_the_same_as_json(graded_class, name):
    course, _ = graded_class
    schema = json.loads((ROOT / "docs/instructors/feedback.schema.json").read_text())
    rows = {row.student: row for row in read_table(course, name)}
    for student, page, text in feedback_of(course, name):
        report = json.loads(text)
        jsonschema.validate(report, schema)
        assert (report["student"], report["score"]) == (student, rows[student].score)
        lost = [one["name"] for one in report["functions"] if one["score"] < one["max_score"]]
        assert lost == list(rows[student].lost)
        for function in report["functions"]:
            assert f'id="{function["name"]}"' in page
            assert (function["finding"] is None) == (function["name"] not in lost)


@pytest.mark.parametrize("name", NAMES)
def test_no_page_gives_away_a_test_an_answer_a_path_or_another_student(graded_class, name):
    course, _ = graded_class
    solutions = secret_lines(name)
    tests = {line for line in solutions if "grading.hidden" in line or "has_" in line}
    numbers = hidden_numbers(name)
    assert tests
    students = course.submissions(name)
    for student, page, text in feedback_of(course, name):
        shown = html.unescape(re.sub(r"<[^>]+>", "", page[page.index("<body") :]))
        for secret in (
            "HIDDEN TESTS",
            "grading.hidden",
            str(course.root),
            str(ROOT),
            sys.prefix,
            str(Path.home()),
        ):
            assert secret not in page + text
        assert not any(line in shown for line in tests)
        assert not any(json.dumps(line)[1:-1] in text for line in solutions)
        findings = [
            function["finding"] for function in json.loads(text)["functions"] if function["finding"]
        ]
        came = "".join(
            finding["got"] for finding in findings
        )  # the student's own, on the public example
        assert [number for number in numbers if number in page + text and number not in came] == []
        assert [other for other in students if re.search(rf"\b{other}\b(?!-)", shown + text)] == [
            student
        ]


def hidden_numbers(name):
    """Every number of the hidden expected arrays that no public example has, as it is printed."""
    arrays = []
    with h5py.File(expected_path(name)) as file:
        file.visititems(
            lambda _, item: arrays.append(item[()]) if isinstance(item, h5py.Dataset) else None
        )
    values = np.concatenate(
        [np.ravel(array) for array in arrays if np.asarray(array).dtype.kind == "f"]
    )
    simple = np.arange(1, 13)  # a number that is a simple fraction gives nothing away
    telling = {
        f"{value:.8f}"
        for value in values
        if np.abs(value * simple - np.rint(value * simple)).min() > 1e-4
    }
    public = COURSE.release(name).read_text() + "".join(
        np.array2string(np.asarray(part), precision=8, threshold=10**6)
        for spec in EXERCISES.values()
        for part in components_of(spec.result.values()).values()
    )
    return {number for number in telling if number not in public}


def test_the_sample_class_is_the_same_every_time(own_released_course):
    course = own_released_course
    copies = []
    for _ in range(2):
        make_sample_class(course, "initialization", seed=0)
        paths = [path for path in (course.root / "submitted").rglob("*") if path.is_file()]
        copies.append({path.relative_to(course.root): path.read_bytes() for path in paths})
    assert copies[0] == copies[1]
    assert len(copies[0]) >= 24


@pytest.mark.long  # nbgrader_suite tries the same commands
def test_stock_nbgrader_commands_work_on_the_folder(graded_class):
    course, _ = graded_class
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
    score = next(
        r for r in rows if r["student_id"] == student and r["assignment"] == "initialization"
    )["score"]
    assert [float(score)] == [row[2] for row in EXPECTED if row[0] == student]


@pytest.mark.long  # nbgrader_suite tries the same command
def test_validate_tells_a_student_of_an_unfinished_notebook(graded_class):
    course, _ = graded_class
    done = run(course, "nbgrader", "validate", "release/initialization/initialization.ipynb")
    assert "VALIDATION FAILED ON 3 CELL(S)" in done.stdout  # one visible check for each function
    assert "exercise is still to be done" in " ".join(done.stdout.split())


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
    assert "needs attention: broken: The notebook is not JSON" in done.stdout
    assert "Traceback" not in done.stderr
    scores = {
        row.student: (row.score, row.note[:15]) for row in read_table(course, "initialization")
    }
    assert scores == {"broken": (0, "needs attention"), "right": (100, "")}


def solved(course):
    """The source notebook without the text of its hidden tests: a submission that is all right."""
    notebook = read_notebook(course.source("initialization"))
    for cell in notebook.cells:
        if "HIDDEN TESTS" in cell.source:
            cell.source = ""
    return notebook
