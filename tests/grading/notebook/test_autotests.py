"""Tests that would test nothing are refused by the name of their cell, with what to write."""

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.errors import BadNotebook
from grading.notebook.autotests import refuse_autotests, refuse_empty_tests

PATH = Path("notebooks/attention.py")


def notebook_of(source, **about):
    about = {"grade_id": "f-values", "grade": True, "solution": False, "points": 3} | about
    return new_notebook(cells=[new_code_cell(source, metadata={"nbgrader": about})])


@pytest.mark.parametrize(
    ("source", "mark", "line"),
    [
        ("### AUTOTEST f(2)", "AUTOTEST", 1),
        ("### HASHED AUTOTEST f(2); f(3)", "HASHED AUTOTEST", 1),
        ("x = 2\n\n    # AUTOTEST f(x)", "AUTOTEST", 3),
        (
            "check(f)\n### BEGIN HIDDEN TESTS\n### AUTOTEST f(4)\n### END HIDDEN TESTS",
            "AUTOTEST",
            3,
        ),
        ("#AUTOTEST f(2)", "AUTOTEST", 1),
        ("### hidden: HASHED AUTOTEST f(2)", "HASHED AUTOTEST", 1),
    ],
)
def test_an_autotest_is_refused_by_its_cell_and_line(source, mark, line):
    with pytest.raises(BadNotebook) as caught:
        refuse_autotests(notebook_of(source), PATH)
    message = str(caught.value)
    assert f"the cell 'f-values' has {mark} in line {line}" in message
    assert "has_values(" in message


def test_a_cell_that_nbgrader_does_not_know_is_named_by_its_first_line():
    notebook = new_notebook(cells=[new_code_cell("y = 3\n### AUTOTEST y")])
    with pytest.raises(BadNotebook, match="the cell 'y = 3' has AUTOTEST in line 2"):
        refuse_autotests(notebook, PATH)


def test_prose_and_code_that_speak_of_it_are_left_alone():
    cells = [new_markdown_cell("### AUTOTEST"), new_code_cell("AUTOTEST = '### AUTOTESTS'")]
    refuse_autotests(new_notebook(cells=cells), PATH)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "# Hidden test (3 points): other numbers.",
        "### BEGIN HIDDEN TESTS\n### END HIDDEN TESTS",
        '"""Tests f."""\npass',
    ],
)
def test_a_test_without_a_statement_is_refused(source):
    with pytest.raises(BadNotebook, match="the test cell 'f-values' has no statement"):
        refuse_empty_tests(notebook_of(source), PATH)


@pytest.mark.parametrize("source", ["check(f)", "assert f(2) == 4", "%time f(2)", "f(2"])
def test_a_test_that_can_fail_is_not_refused(source):
    refuse_empty_tests(notebook_of(source), PATH)


def test_an_answer_that_a_person_grades_may_be_empty():
    refuse_empty_tests(notebook_of("", solution=True), PATH)
