"""The points of a test come from how it ended, and nbgrader reads the same from its outputs."""

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from grading.engine.verdict import verdict_of
from grading.isolation.outputs import error_output
from grading.isolation.shell import CellResult

MAXIMUM = 4.0
ABOUT = {
    "grade": True,
    "solution": False,
    "locked": True,
    "points": MAXIMUM,
    "grade_id": "t",
    "schema_version": 3,
    "task": False,
}


def text(words, name="stdout"):
    return {"output_type": "stream", "name": name, "text": words}


def value(words):
    return {
        "output_type": "execute_result",
        "data": {"text/plain": words},
        "metadata": {},
        "execution_count": None,
    }


def shown(result, *outputs):
    """The outputs that a test cell keeps."""
    return verdict_of(result, list(outputs), MAXIMUM).outputs


def points(result, *outputs):
    """The points of a test that ended so, once nbgrader has read the same ones from its outputs."""
    verdict = verdict_of(result, list(outputs), MAXIMUM)
    nodes = [nbformat.from_dict(output) for output in verdict.outputs]
    cell = new_code_cell(metadata={"nbgrader": ABOUT}, outputs=nodes)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    assert determine_grade(cell)[0] == verdict.points
    return verdict.points


def error_of(result, *outputs):
    """The words of the error that a test cell shows."""
    (error,) = [output for output in shown(result, *outputs) if output["output_type"] == "error"]
    return error["evalue"]


def test_a_test_that_ends_with_none_gives_full_points():
    assert shown(CellResult()) == []
    assert points(CellResult()) == MAXIMUM


@pytest.mark.parametrize(
    "number",
    [
        1,
        0.5,
        4,
        4.0,
        0,
        0.0,
        -0.0,
        1e-9,
        np.float64(2.5),
        np.float32(0.5),
        np.int64(3),
        np.uint8(4),
        np.float64(0.0),
        np.int8(0),
    ],
)
def test_a_number_of_points_is_partial_credit(number):
    assert points(CellResult(value=number), value(repr(number))) == float(number)


@pytest.mark.parametrize(
    "number",
    [
        float("nan"),
        np.float64("nan"),
        float("inf"),
        -float("inf"),
        -1,
        -1e-9,
        4.0001,
        5,
        pytest.param(10**400, id="huge"),
        np.float64("inf"),
        np.int64(-1),
    ],
)
def test_a_number_out_of_range_is_a_failure_said_aloud(number):
    assert points(CellResult(value=number), value(repr(number))) == 0
    assert "not a number of points from 0 to 4" in error_of(CellResult(value=number))


class AlwaysFour(float):
    pass


@pytest.mark.parametrize(
    "thing",
    [
        True,
        False,
        np.bool_(True),
        "3",
        "",
        [3],
        [],
        (3,),
        {},
        np.array(3.0),
        np.array([3.0]),
        np.zeros(0),
        3 + 0j,
        np.complex64(3),
        b"3",
        object(),
        AlwaysFour(4),
        float,
        ...,
    ],
)
def test_what_is_no_number_is_a_failure_said_aloud(thing):
    assert points(CellResult(value=thing), value(repr(thing))) == 0
    assert "not a number of points from 0 to 4" in error_of(CellResult(value=thing))


def test_a_long_value_is_cut_in_the_words_of_its_failure():
    assert len(error_of(CellResult(value="x" * 10_000))) < 300


def test_an_error_gives_nothing_and_is_shown():
    error = error_output("WrongAnswer", "wrong values in W1")
    assert points(CellResult("WrongAnswer: wrong values in W1"), error) == 0
    assert error_of(CellResult("WrongAnswer: wrong values in W1"), error) == "wrong values in W1"


def test_an_error_of_which_nothing_was_shown_gives_nothing_all_the_same():
    assert points(CellResult("SystemExit: 0")) == 0
    assert error_of(CellResult("SystemExit: 0")) == "SystemExit: 0"


def test_of_several_errors_shown_the_last_stays():
    errors = [error_output("First", "one"), error_output("Last", "two")]
    assert error_of(CellResult("Last: two"), *errors) == "two"


def test_points_shown_before_an_error_do_not_count():
    assert points(CellResult("ValueError: no"), value("4"), error_output("ValueError", "no")) == 0


def test_standard_error_costs_nothing():
    assert points(CellResult(), text("a warning\n", "stderr")) == MAXIMUM
    assert points(CellResult(value=1.5), text("a warning\n", "stderr"), value("1.5")) == 1.5


def test_what_was_printed_stays_to_be_read():
    outputs = shown(CellResult(), text("hello\n"), text("careful\n", "stderr"))
    assert [output["text"] for output in outputs] == ["hello\n", "careful\n"]


@pytest.mark.parametrize(
    "output",
    [
        value("4"),
        value("0"),
        {"output_type": "display_data", "data": {"text/plain": "0"}, "metadata": {}},
        text("0\n"),
        error_output("Error", "caught and shown by the test"),
    ],
)
def test_outputs_on_the_way_decide_nothing(output):
    assert points(CellResult(), output) == MAXIMUM
    assert points(CellResult(value=2), output) == 2
    assert points(CellResult("AssertionError: no"), output) == 0
