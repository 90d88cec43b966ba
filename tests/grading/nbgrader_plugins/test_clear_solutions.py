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


BEGIN, STARTER, END = "### BEGIN SOLUTION\n", "### STARTER\n", "### END SOLUTION\n"
WITHOUT_STARTER = f"{BEGIN}secret\n{END}"
WITH_STARTER = f"{BEGIN}secret\n{STARTER}# given\n{END}"
INDENTED = f"  {BEGIN}  secret\n  {STARTER}  # given\n  {END}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"a\n{WITHOUT_STARTER}b", f"a\n{STUB}\nb"),
        (f"a\n{INDENTED}b", "a\n  given\nb"),
        (f"a\n{BEGIN}secret\n{STARTER}# if x:\n#     y\n{END[:-1]}", "a\nif x:\n    y\n"),
        (f"a\n{BEGIN}{STARTER}{END}b", "a\nb"),
        (f"{WITHOUT_STARTER}m\n{WITH_STARTER}", f"{STUB}\nm\ngiven\n"),
        (f"{WITH_STARTER}m\n{WITHOUT_STARTER[:-1]}", f"given\nm\n{STUB}"),
        ("whole = 1", STUB),
    ],
)
def test_what_students_are_handed(source, expected):
    assert handed_out(source) == expected


def test_code_below_the_starter_mark_must_be_commented_out():
    """Code there would reach students as it stands. So nbgrader's stub replaces the region."""
    assert "secret" not in handed_out(
        "### BEGIN SOLUTION\n1\n### STARTER\nsecret\n### END SOLUTION"
    )
