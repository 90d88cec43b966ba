"""Exports: read back as a spreadsheet, Canvas and Moodle read them."""

import csv
import shutil

import pytest

from grading.cli import main
from grading.course import Course
from grading.errors import NotGraded, NotReleased
from grading.gradebook.connection import open_gradebook
from grading.pipeline.grade import grade
from grading.returns.export import export, id_cell, text_cell
from tests.classes import HE, NAME, hand_in, sample

FORMULA_ID = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def graded(released_course, tmp_path_factory):
    """Three students: one with all fields filled, one whose id looks like a formula, one plain."""
    course = Course.at(
        shutil.copytree(released_course.root, tmp_path_factory.mktemp("export") / "course")
    )
    for student, label in (("plain", "all-right-a"), ("-x", "he-bias"), (FORMULA_ID, "blank")):
        hand_in(course, student, sample(label))
    with open_gradebook(course) as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2030-01-15 12:00:00")
        gradebook.update_or_create_student(
            "-x",
            first_name='=cmd|"/c"!A1',
            last_name='Sample; "Ü", one',
            email="-x+y@example.org",
            lms_user_id="1234",
        )
        gradebook.update_or_create_student("plain", last_name="Zwei\nLines", lms_user_id="sis-7")
    course.submitted("-x", NAME).with_name("timestamp.txt").write_text("2030-01-15 13:00:00 UTC")
    grade(course, NAME)
    with open_gradebook(course) as gradebook:
        gradebook.find_submission_notebook(NAME, NAME, "-x").late_submission_penalty = 10
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, FORMULA_ID).manual_score = 7.5
        gradebook.db.commit()
    return course


def read(course, form, tmp_path, **options):
    path = tmp_path / "out" / "file.csv"
    failures = export(course, NAME, form, path, **options)
    assert len(failures) == 1
    assert FORMULA_ID in failures[0]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_table_has_a_column_for_every_function_and_on_request_for_every_test(graded, tmp_path):
    rows = read(graded, "csv", tmp_path, with_tests=True)
    found = {row[0]: dict(zip(rows[0], row)) for row in rows[1:]}
    assert all(len(row) == len(rows[0]) for row in rows)
    late = found["-x"]
    assert (late["score"], late["max_score"], late["late_seconds"], late["late_penalty"]) == (
        "74",
        "100",
        "3600",
        "10",
    )
    assert (late[HE], late[f"{HE}-biases"], late["initialize_parameters_zeros"]) == (
        "24",
        "0",
        "24",
    )
    assert late["first_name"] == '\'=cmd|"/c"!A1'
    assert late["last_name"] == 'Sample; "Ü", one'
    assert late["email"] == "-x+y@example.org"
    assert found[f"'{FORMULA_ID}"]["score"] == found[f"'{FORMULA_ID}"][HE] == "7.5"
    assert f"{HE}-biases" not in read(graded, "csv", tmp_path)[0]


def test_the_scores_are_those_of_nbgrader(graded, tmp_path):
    rows = read(graded, "csv", tmp_path)
    ours = {row[0].lstrip("'"): float(row[6]) for row in rows[1:]}
    with open_gradebook(graded) as gradebook:
        theirs = {
            submission.student.id: submission.score - (submission.late_submission_penalty or 0)
            for submission in gradebook.assignment_submissions(NAME)
        }
    assert ours == theirs


def test_canvas_finds_its_columns_and_its_students(graded, tmp_path):
    head, possible, *rows = read(graded, "canvas", tmp_path)
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME]
    assert possible == ["    Points Possible", "", "", "", "", "100"]
    assert {row[3]: row for row in rows} == {
        "-x": ['Sample; "Ü", one, =cmd|"/c"!A1', "1234", "", "-x", "", "74"],
        "plain": ["Zwei\nLines", "", "sis-7", "plain", "", "100"],
        f"'{FORMULA_ID}": [f"'{FORMULA_ID}", "", "", f"'{FORMULA_ID}", "", "7.5"],
    }


def test_moodle_gets_a_student_in_every_row_a_grade_and_a_feedback(graded, tmp_path):
    head, *rows = read(graded, "moodle", tmp_path)
    assert head[:3] == ["Username", "ID number", "Email address"]
    assert head[-2:] == [NAME, f"{NAME} (Feedback)"]
    late = next(row for row in rows if row[0] == "-x")
    assert late[1:3] == ["1234", "-x+y@example.org"]
    assert late[-2] == "74"
    assert late[-1].endswith(f"{HE}: 24 of 40; late: 10 points off")
    assert all(row[0] for row in rows)


@pytest.mark.parametrize("content", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=x"])
def test_what_a_spreadsheet_takes_for_a_formula_is_guarded(content):
    assert text_cell(content) == "'" + content


@pytest.mark.parametrize("content", ["-x", "@student1", "s1@example.org", "a b", ""])
def test_ids_that_are_safe_stay_as_they_are(content):
    assert id_cell(content) == content


@pytest.mark.parametrize("content", ["=1+1", "-x|y", "+f(1)", "-a b"])
def test_ids_that_a_spreadsheet_would_run_are_guarded(content):
    assert id_cell(content) != content


def test_the_command_says_which_id_no_import_will_find(graded, capsys):
    assert main(["--root", str(graded.root), "export", NAME, "--format", "canvas"]) == 1
    assert FORMULA_ID in capsys.readouterr().err
    assert (graded.root / "exports" / f"{NAME}-canvas.csv").is_file()


def test_what_cannot_be_exported_is_said(graded, tmp_path, capsys):
    with pytest.raises(NotGraded, match="course grade regularization"):
        export(graded, "regularization", "csv", tmp_path / "x.csv")
    with pytest.raises(NotReleased):
        export(graded, "nothing", "csv", tmp_path / "x.csv")
    assert main(["--root", str(graded.root), "export", "--to", str(tmp_path / "x.csv")]) == 2
    assert "Name one of them" in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()
