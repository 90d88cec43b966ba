"""Who wrote a function twice is told on the page which of the two counted."""

import copy

import pytest
from nbformat.v4 import new_code_cell

from grading.notebook.cells import read_notebook
from grading.notebook.findings import read_findings
from grading.pipeline.grade import grade
from tests.classes import HE, NAME, cell_of, hand_in, sample
from tests.harness import COURSE


@pytest.fixture
def course(own_released_course):
    return own_released_course


def first_finding(course, student):
    metadata = read_notebook(course.autograded(student, NAME)).metadata
    return read_findings(metadata)[HE][0]


def place_of(notebook):
    return notebook.cells.index(cell_of(notebook, HE))


def with_stub_as_copy():
    """The work in the first of two copies, the second as it was handed out."""
    notebook = sample("all-right-a")
    stub = copy.deepcopy(cell_of(read_notebook(COURSE.release(NAME)), HE))
    stub.id = "copy"
    notebook.cells.insert(place_of(notebook) + 1, stub)
    return notebook


def with_wrong_definition(at_the_end):
    """A wrong version in a cell of its own, above the tests or at the end."""
    notebook = sample("blank" if at_the_end else "all-right-a")
    own = new_code_cell(f"def {HE}(layers_dims):\n    return {{}}", id="own")
    notebook.cells.insert(len(notebook.cells) if at_the_end else place_of(notebook) + 1, own)
    return notebook


def test_the_first_finding_says_which_cell_counted(course):
    hand_in(course, "copied", with_stub_as_copy())
    hand_in(course, "again", with_wrong_definition(at_the_end=False))
    hand_in(course, "late", with_wrong_definition(at_the_end=True))
    hand_in(course, "once", sample("blank"))
    grade(course, NAME)
    copied, again, late, once = (
        first_finding(course, student) for student in ("copied", "again", "late", "once")
    )
    assert copied.kind == "todo"
    assert copied.found_text.startswith(
        "This cell is in your notebook more than once. The last copy"
    )
    assert again.kind == "keys"
    assert again.found_text.startswith(f"{HE} is defined again further down, in a cell of your own")
    assert late.found_text.startswith(
        f"{HE} is defined again below its tests, in a cell of your own"
    )
    assert "your notebook" not in once.found_text
    assert "again" not in once.found_text
