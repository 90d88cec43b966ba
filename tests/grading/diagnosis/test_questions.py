"""A question names only what is in the student's code, in the exercise, or in the finding."""

import contextlib
import functools
import io
import re

import numpy as np
import pytest

from course_utils.check.visible_check import check_findings
from grading.diagnosis.catalogue import define, known_functions, wrong_versions
from grading.notebook.cells import read_notebook
from tests.grading.diagnosis.catalogue_results import matcher_of
from tests.grading.diagnosis.odd_submissions import odd_submissions
from tests.harness import COURSE, assignment_of

# What stands for code in a sentence: between backticks, with a dot or a lower line, W1 and b2.
CODE = re.compile(r"`([^`]+)`|\b(np\.[\w.]+|\w+_\w+|[A-Za-z]{1,3}\d)\b|(?<!\w)(\.[a-z]+)\b")
NAME = re.compile(r"[A-Za-z_]\w*")
# By which a student looks at a value, whatever the exercise.
TOOLS = {"print", "type", "shape", "dtype", "ndim", "np"}


def names_in(question):
    return {
        name
        for found in CODE.finditer(question)
        for name in NAME.findall("".join(filter(None, found.groups())))
    }


@functools.cache
def names_of_exercise(function):
    """The names in the text and the code of an exercise, from the exercise before on."""
    cells = read_notebook(COURSE.source(assignment_of(function))).cells
    at = next(at for at, cell in enumerate(cells) if f"def {function}(" in cell.source)
    start = max((n for n in range(at) if "GRADED FUNCTION" in cells[n].source), default=-1) + 1
    return set(NAME.findall(" ".join(cell.source for cell in cells[start : at + 1])))


@pytest.mark.parametrize("function", known_functions())
def test_the_question_on_a_known_mistake_names_what_is_there(function):
    for version in wrong_versions(function):
        known = names_of_exercise(function) | set(NAME.findall(version.code)) | TOOLS
        assert names_in(version.question) <= known, version.name


@pytest.mark.parametrize(
    "submission",
    [pytest.param(each, id=f"{each.function}.{each.what}") for each in odd_submissions()],
)
def test_the_question_on_an_odd_submission_names_what_is_there(submission):
    function, version = submission.function, submission.version
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        findings = check_findings(version.define(matcher_of(function).names), function)
    for finding in findings:
        shown = f"{version.code} {finding.got} {finding.expected} {finding.found_text}"
        known = names_of_exercise(function) | set(NAME.findall(shown)) | TOOLS
        assert names_in(f"{finding.question}") <= known


Z, HE, COST = (
    "initialize_parameters_zeros",
    "initialize_parameters_he",
    "compute_cost_with_regularization",
)
# By function and what was submitted: what the card says, and what it asks about.
CARDS = [
    (Z, "a number added to text", "`l` is a whole number", '`"W" + l`'),
    (Z, "four layers written into the loop", "index 3", "`layers_dims`"),
    (Z, "columns counted by the layer that follows", "index 3", "`l + 1`"),
    (Z, "a plain 0 for every weight matrix", "plain numbers", "the line that makes this part"),
    (Z, "a plain 0 for every bias", "plain numbers", "the line that makes this part"),
    (Z, "weights turned into lists", "lists of lists", ".shape"),
    (HE, "math is not imported", "does not know `math`", "import `math`"),
    (HE, "a tensor of another library", "does not know `torch`", "with `torch`"),
    (COST, "layers counted from 1 to 4", "no entry 'W4'", '`"W" + str(l)`'),
    (COST, "a misspelt name", "`squares`", "`squares`"),
    (COST, "two lines in the wrong order", "only line 17 gives it a value", "two lines"),
    (COST, "a loop of Python 2 over the dictionary", "is from Python 2", "`.iteritems`"),
    (
        "backward_propagation_with_dropout",
        "an argument left out",
        "`np.multiply` takes more arguments than this line gives it",
        "`np.multiply(dA1)`",
    ),
]


@pytest.mark.parametrize(("function", "what", "said", "asked"), CARDS)
def test_the_card_of_an_odd_submission(function, what, said, asked):
    code = next(
        each.version.code
        for each in odd_submissions()
        if (each.function, each.what) == (function, what)
    )
    imported = matcher_of(function).names
    finding = check_findings(define(function, code, imported), function)[0]
    assert said in finding.found_text
    assert asked in f"{finding.question}"
    if finding.kind == "error":
        assert finding.line is not None
        assert code.split("\n")[finding.line.number - 1].strip() == finding.line.text
