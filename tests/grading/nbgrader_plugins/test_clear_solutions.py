"""Solution regions with and without a starter."""

import pytest
from nbformat.v4 import new_code_cell

from grading.nbgrader_plugins.clear_solutions import ClearSolutionsKeepStarters

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def handed_out(source):
    cell = new_code_cell(
        source, metadata={"nbgrader": {"solution": True, "grade_id": "f", "grade": False}}
    )
    cell, _ = ClearSolutionsKeepStarters().preprocess_cell(cell, {"language": "python"}, 0)
    return cell.source


@pytest.mark.parametrize(("source", "wanted"), [
    ("a\n### BEGIN SOLUTION\nsecret\n### END SOLUTION\nb", f"a\n{STUB}\nb"),
    ("a\n  ### BEGIN SOLUTION\n  secret\n  ### STARTER\n  # given\n  ### END SOLUTION\nb", "a\n  given\nb"),
    ("a\n### BEGIN SOLUTION\nsecret\n### STARTER\n# if x:\n#     y\n### END SOLUTION", "a\nif x:\n    y\n"),
    ("a\n### BEGIN SOLUTION\n### STARTER\n### END SOLUTION\nb", "a\nb"),
    ("### BEGIN SOLUTION\none\n### END SOLUTION\nm\n### BEGIN SOLUTION\ntwo\n### STARTER\n# t\n### END SOLUTION\n",
     f"{STUB}\nm\nt\n"),
    ("### BEGIN SOLUTION\ntwo\n### STARTER\n# t\n### END SOLUTION\nm\n### BEGIN SOLUTION\none\n### END SOLUTION",
     f"t\nm\n{STUB}"),
    ("whole = 1", STUB),
])  # fmt: skip
def test_what_students_are_handed(source, wanted):
    assert handed_out(source) == wanted


def test_code_below_the_starter_mark_must_be_commented_out():
    """What is not a comment there would reach students as it stands, so nbgrader's stub takes the region."""
    assert "secret" not in handed_out(
        "### BEGIN SOLUTION\n1\n### STARTER\nsecret\n### END SOLUTION"
    )
