"""Which of several cells counted for a function, in words."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course_utils.messages import in_a_row
from grading.notebook.counted_cell import counted_cell_notes
from grading.notebook.rebuild import copied

STARTER = "def f(x):\n    raise NotImplementedError"
ANSWER = "def f(x):\n    return x"
COPY = "This cell is in your notebook more than once: the last copy counted."
COPY_AS_RELEASED = (
    "This cell is in your notebook more than once. The last copy counted, and nothing is written "
    "in it."
)
AGAIN = "f is defined again further down, in a cell of your own. That one counted."
TOO_LATE = (
    "f is defined again below its tests, in a cell of your own. For these tests the cell above "
    "counted."
)


def nbgrader_cell(source, grade_id, **about):
    return new_code_cell(source, metadata={"nbgrader": {"grade_id": grade_id, **about}})


def note(source, between="", after="", before="", tags=()):
    """The note on f, with cells of the student's own before, between and after."""
    cells = [
        new_code_cell(before),
        nbgrader_cell(source, "f", solution=True),
        new_code_cell(between, metadata={"tags": list(tags)}),
        nbgrader_cell("check(f)", "f-check", grade=True, locked=True),
        nbgrader_cell("g = 1", "g", solution=True),
        new_code_cell(after),
    ]
    return in_a_row(counted_cell_notes(new_notebook(cells=cells), "f", "f", STARTER))


def test_one_definition_needs_no_words():
    assert note(ANSWER) == ""
    assert note(ANSWER, before=ANSWER) == ""


def test_of_two_copies_the_last_one_counted():
    assert note(ANSWER + copied()) == COPY
    assert note(STARTER + copied()) == COPY_AS_RELEASED


@pytest.mark.parametrize(
    "source",
    [
        ANSWER,
        "y = 3\n%matplotlib inline\n\ndef f(x): return y",
        "f = lambda x: x",
        "class f:\n    pass",
    ],
)
def test_a_later_definition_counted(source):
    assert note(STARTER, between=source) == AGAIN
    assert note(STARTER, between=source, after=source) == AGAIN
    assert note(STARTER, after=source) == TOO_LATE


@pytest.mark.parametrize(
    "source",
    [
        "f(3)",
        "print('def f')",
        "text = '''\ndef f(x): ...\n'''",
        "class A:\n    def f(self): ...",
        "def f2(x): ...",
        "f[0] = 1",
        "def f(",
        "f" + "(" * 40_000,
        "f = '\\d' " + "(",
        "def f(x): ...\n" + "#" * 50_000,
    ],
)
def test_what_defines_nothing_is_no_definition(source):
    assert note(ANSWER, between=source) == ""


def test_a_cell_that_only_shows_is_not_run():
    assert note(ANSWER, between=ANSWER, tags=["demo"]) == ""


def test_another_solution_cell_is_named():
    cells = [
        nbgrader_cell(STARTER, "f", solution=True),
        nbgrader_cell(ANSWER, "g", solution=True),
        nbgrader_cell("check(f)", "f-check", grade=True, locked=True),
    ]
    (found,) = counted_cell_notes(new_notebook(cells=cells), "f", "f", STARTER)
    assert "further down, in the cell g. That one counted." in f"{found}"


def test_without_the_cell_there_is_nothing_to_say():
    assert counted_cell_notes(new_notebook(), "f", "f", STARTER) == []
