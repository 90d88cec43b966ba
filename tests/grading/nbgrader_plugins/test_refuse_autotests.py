"""nbgrader's own way to a release, formgrader's too, refuses tests that would test nothing."""

import nbformat
import pytest

from grading.notebook.cells import read_notebook
from tests.classes import HE, NAME, cell_of


@pytest.mark.parametrize(
    "mark", ["### AUTOTEST", pytest.param("### HASHED AUTOTEST", marks=pytest.mark.long)]
)
def test_generate_assignment_refuses_autotests_by_name_and_leaves_no_release(course, mark):
    notebook = read_notebook(course.source(NAME))
    cell_of(notebook, f"{HE}-check").source = f"{mark} {HE}([2, 4, 1])"
    nbformat.write(notebook, course.source(NAME))
    course.release(NAME).unlink()
    result = course.api.generate_assignment(NAME, force=True, create=True)
    assert not result["success"]
    found = f"the cell '{HE}-check' has {mark.removeprefix('### ')} in line 1"
    assert found in result["log"]
    assert not course.release(NAME).exists()
