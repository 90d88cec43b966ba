"""Findings in a graded notebook: below the first failed test, and in the metadata."""

from dataclasses import replace

from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_utils.explain import Finding, SourceLine
from course_utils.messages import Verbatim
from grading.notebook.findings import read_findings, write_findings

FIRST = Finding(
    kind="shape",
    input_text=Verbatim("f(1)"),
    expected=Verbatim("shape (2, 1)"),
    got=Verbatim("shape (1, 2)"),
    found=(Verbatim("two sizes"),),
    question=Verbatim("Which is first?"),
    line=SourceLine(3, "W = A"),
)
SECOND = replace(FIRST, kind="mistake", found=(Verbatim("twice as large"),), line=None, idea="2")


def failed_test(grade_id, name, message):
    about = {"grade": True, "solution": False, "locked": True, "points": 1, "grade_id": grade_id}
    error = new_output("error", ename=name, evalue=message, traceback=[message])
    return new_code_cell("check(f)", metadata={"nbgrader": about}, outputs=[error])


def graded_notebook():
    cells = [
        failed_test("f-check", "CheckFailed", "what the check said"),
        failed_test("f-values", "WrongAnswer", "wrong values in W1"),
        failed_test("g-values", "WrongAnswer", "wrong values in b1"),
    ]
    notebook = new_notebook(cells=cells)
    write_findings(notebook, {"f": [FIRST, SECOND]})
    return notebook


def test_findings_are_read_back_as_they_were():
    assert read_findings(graded_notebook().metadata) == {"f": [FIRST, SECOND]}
    assert read_findings({}) == {}


def test_in_the_file_a_finding_is_a_plain_dictionary_under_the_keys_of_old():
    (first, _) = graded_notebook().metadata["findings"]["f"]
    assert dict(first) == {
        "kind": "shape",
        "code": "shape",
        "line": {"number": 3, "text": "W = A"},
        "tried": "f(1)",
        "expected": "shape (2, 1)",
        "got": "shape (1, 2)",
        "found": "two sizes",
        "question": "Which is first?",
        "example": "",
        "idea": "",
        "title": "",
        "topic": "",
    }


def test_the_first_failed_test_shows_the_finding_and_the_next_points_there():
    check, values, other = (cell.outputs[0] for cell in graded_notebook().cells)
    assert check.evalue == FIRST.as_text("f", 1)
    assert values.evalue == "wrong values in W1\nSee what was found above."
    assert values.traceback == values.evalue.split("\n")
    assert other.evalue == "wrong values in b1"
