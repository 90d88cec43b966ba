"""The score table agrees with nbgrader's objects; a large class does not flood the terminal."""

import shutil

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import event, inspect

from grading.authoring.sample_class import make_sample_class
from grading.cli import main
from grading.course import Course
from grading.gradebook.connection import open_gradebook
from grading.gradebook.indexes import INDEXES
from grading.notebook.cells import code_cells, read_notebook
from grading.pipeline.grade import Options, grade
from grading.pipeline.run_summary import RunSummary
from grading.returns.run_summary_text import MAX_REMARKS, format_summaries
from grading.returns.score_table import (
    MAX_ROWS,
    NOT_GRADED,
    Row,
    format_scores,
    format_table,
    read_table,
)
from tests.classes import HE, NAME, hand_in


@pytest.fixture(scope="module")
def graded(released_course, tmp_path_factory):
    """The sample class, an unreadable submission, points by hand, extra credit, a lost notebook."""
    course = Course.at(
        shutil.copytree(released_course.root, tmp_path_factory.mktemp("table") / "course")
    )
    make_sample_class(course, NAME)
    hand_in(course, "unreadable", "{")
    grade(course, NAME)
    with open_gradebook(course) as gradebook:
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, "sample-blank").manual_score = 3.5
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, "sample-wrong-1").manual_score = 0
        gradebook.find_grade(f"{HE}-weights", NAME, NAME, "sample-late").extra_credit = 2
        gradebook.db.commit()
    course.autograded("sample-wrong-2", NAME).unlink()
    return course


def read_with_nbgrader(course):
    """The table from nbgrader's own objects.

    (student, score, max_score, functions that lost marks, late, if a comment asks for a person)
    """
    tests = [cell for cell in code_cells(read_notebook(course.source(NAME))) if cell.grade]
    with open_gradebook(course) as gradebook:
        submissions = gradebook.assignment_submissions(NAME)
        by_student = sorted(submissions, key=lambda submission: submission.student.id)
        return [_row_of(submission, tests) for submission in by_student]


def _row_of(submission, tests):
    (notebook,) = submission.notebooks
    lost_tests = {grade.name for grade in notebook.grades if grade.score < grade.max_score}
    lost = tuple(dict.fromkeys(test.function for test in tests if test.id in lost_tests))
    comments = [comment.auto_comment or "" for comment in notebook.comments]
    asks = any(comment.startswith("Needs attention") for comment in comments)
    late = submission.total_seconds_late > 0
    return submission.student.id, submission.score, submission.max_score, lost, late, asks


def test_rows_are_what_nbgrader_s_objects_say(graded):
    rows = [row for row in read_table(graded, NAME) if row.note != NOT_GRADED]
    found = [
        (
            row.student,
            row.score,
            row.max_score,
            row.lost,
            "late by" in row.note,
            "needs attention" in row.note,
        )
        for row in rows
    ]
    assert found == [row for row in read_with_nbgrader(graded) if row[0] != "sample-wrong-2"]
    assert {row.score for row in rows} >= {3.5, 100, 102}
    assert sum("late by" in row.note for row in rows) == 1
    assert sum("needs attention" in row.note for row in rows) == 1
    assert [row.student for row in read_table(graded, NAME) if row.note == NOT_GRADED] == [
        "sample-wrong-2"
    ]


@pytest.fixture
def asked(monkeypatch):
    """All statements that gradebooks send to their databases from here on."""
    asked = []
    init = Gradebook.__init__

    def listened(gradebook, *args, **options):
        init(gradebook, *args, **options)
        event.listen(gradebook.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))

    monkeypatch.setattr(Gradebook, "__init__", listened)
    return asked


def test_the_number_of_queries_does_not_grow_with_the_class(graded, asked):
    assert len(read_table(graded, NAME)) == 14
    assert len([query for query in asked if query.startswith("SELECT")]) < 14


def test_with_an_exchange_formgrader_does_not_ask_for_each_student_before_it_shows_one(
    graded, tmp_path, asked
):
    tmp_path.chmod(0o777)
    course = Course.at(graded.root)
    course.config.Exchange.root = str(tmp_path)
    assert course.api.exchange_is_functional
    assert len(course.api.get_notebook_submission_indices(NAME, NAME)) == 14
    assert len(asked) < 14


def rows_of(count, name=NAME):
    return [Row(f"s{number:05d}", name, number % 101, 100, ()) for number in range(count)]


def test_a_class_of_a_few_screens_is_printed_whole():
    assert format_scores(rows_of(MAX_ROWS)) == format_table(rows_of(MAX_ROWS))


def test_a_large_class_is_summed_up_in_a_line_for_each_assignment():
    rows = [
        *rows_of(10_000),
        *rows_of(3, "regularization"),
        Row("gone", NAME, 0, 100, (), NOT_GRADED),
    ]
    lines = format_scores(rows).rstrip().split("\n")
    assert len(lines) == 2
    assert lines[0].startswith(
        f"{NAME}: 10001 submissions, scores from 0 to 100, median 50, 1 not graded;"
    )
    assert lines[0].endswith(f"course table {NAME}")
    assert lines[1].startswith("regularization: 3 submissions, scores from 0 to 2, median 1;")


def test_remarks_on_single_submissions_are_bounded_and_the_page_is_named():
    summary = RunSummary()
    summary.attention = {f"s{number:05d}": "the notebook is not JSON" for number in range(5_000)}
    summary.notes = {f"s{number:05d}": ["a test was restored"] for number in range(MAX_REMARKS)}
    lines = format_summaries({NAME: summary}, Options()).split("\n")
    assert len([line for line in lines if "needs attention: s" in line]) == MAX_REMARKS
    assert len([line for line in lines if "note: s" in line]) == MAX_REMARKS
    assert [line for line in lines if " more " in line] == [
        f"  and {5_000 - MAX_REMARKS} more like these; the page lists all: course report {NAME}"
    ]


def test_one_student_s_notes_leave_room_for_those_on_others():
    summary = RunSummary()
    summary.notes = {f"s{number:03d}": ["handed in as 'a.ipynb'"] for number in range(50)}
    summary.notes["s000"] = [f"{number} was left out" for number in range(97)]
    lines = format_summaries({NAME: summary}, Options()).split("\n")
    notes = [line for line in lines if line.startswith("  note: ")]
    assert {line.split(":")[1].strip() for line in notes} == set(summary.notes)
    assert len([line for line in notes if "s000" in line]) == 4
    assert "  note: s000: and 94 more on this submission" in notes


def test_course_table_prints_all(graded, capsys, monkeypatch):
    monkeypatch.setattr("grading.returns.score_table.MAX_ROWS", 1)
    assert main(["--root", str(graded.root), "table", NAME]) == 0
    assert capsys.readouterr().out.rstrip().endswith("14 submissions")


def test_an_older_gradebook_is_given_the_indexes_and_its_queries_use_them(graded, tmp_path):
    course = Course.at(shutil.copytree(graded.root, tmp_path / "course"))
    with open_gradebook(course) as gradebook, gradebook.engine.begin() as connection:
        for index in INDEXES:
            index.drop(connection)
    # A connection that is left open is a warning on Python 3.13, in whichever test it is collected.
    with open_gradebook(course) as gradebook, gradebook.engine.connect() as connection:
        there = inspect(connection)
        for index in INDEXES:
            assert index.name in {found["name"] for found in there.get_indexes(index.table.name)}
            column = index.columns[0]
            plan = connection.exec_driver_sql(
                f"explain query plan select * from {column.table.name} where {column.name} = 'x'"
            )
            assert index.name in plan.all()[0][-1]
    assert read_table(course, NAME) == read_table(graded, NAME)


def test_a_gradebook_that_cannot_be_written_is_still_read(graded, tmp_path, monkeypatch):
    course = Course.at(shutil.copytree(graded.root, tmp_path / "course"))
    with open_gradebook(course) as gradebook, gradebook.engine.begin() as connection:
        INDEXES[0].drop(connection)
    course.config.CourseDirectory.db_url = (
        f"sqlite:///file:{course.root}/gradebook.db?mode=ro&uri=true"
    )
    assert read_table(course, NAME) == read_table(graded, NAME)
