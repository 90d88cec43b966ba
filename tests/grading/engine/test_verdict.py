"""The points of a test come from how it ended, and nbgrader reads from its outputs just those points."""

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell
from nbgrader.utils import determine_grade

from grading.engine.run import verdict
from grading.isolation.shell import Ran, error_output

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


def shown(ran, *outputs):
    """The outputs that a test cell keeps."""
    return verdict(ran, list(outputs), MAXIMUM)


def points(ran, *outputs):
    """What nbgrader reads from a test cell that ended so."""
    outputs = [nbformat.from_dict(output) for output in shown(ran, *outputs)]
    cell = new_code_cell(metadata={"nbgrader": ABOUT}, outputs=outputs)
    nbformat.validate(nbformat.v4.new_notebook(cells=[cell]))
    return determine_grade(cell)[0]


def error_of(ran, *outputs):
    """The words of the error that a test cell shows."""
    (error,) = [output for output in shown(ran, *outputs) if output["output_type"] == "error"]
    return error["evalue"]


def test_a_test_that_ends_with_none_gives_full_points():
    assert shown(Ran()) == []
    assert points(Ran()) == MAXIMUM


@pytest.mark.parametrize("number", [
    1, 0.5, 4, 4.0, 0, 0.0, -0.0, 1e-9, np.float64(2.5), np.float32(0.5), np.int64(3), np.uint8(4), np.float64(0.0), np.int8(0),
])  # fmt: skip
def test_a_number_of_points_is_partial_credit(number):
    assert points(Ran(value=number), value(repr(number))) == float(number)


@pytest.mark.parametrize("number", [
    float("nan"), np.float64("nan"), float("inf"), -float("inf"), -1, -1e-9, 4.0001, 5, pytest.param(10**400, id="huge"), np.float64("inf"), np.int64(-1),
])  # fmt: skip
def test_a_number_out_of_range_is_a_failure_said_aloud(number):
    assert points(Ran(value=number), value(repr(number))) == 0
    assert "no number of points from 0 to 4" in error_of(Ran(value=number))


class AlwaysFour(float):
    pass


@pytest.mark.parametrize("thing", [
    True, False, np.bool_(True), "3", "", [3], [], (3,), {}, np.array(3.0), np.array([3.0]), np.zeros(0), 3 + 0j,
    np.complex64(3), b"3", object(), AlwaysFour(4), float, ...,
])  # fmt: skip
def test_what_is_no_number_is_a_failure_said_aloud(thing):
    assert points(Ran(value=thing), value(repr(thing))) == 0
    assert "no number of points from 0 to 4" in error_of(Ran(value=thing))


def test_a_long_value_is_cut_in_the_words_of_its_failure():
    assert len(error_of(Ran(value="x" * 10_000))) < 300


def test_an_error_gives_nothing_and_is_shown():
    error = error_output("WrongAnswer", "wrong values in W1")
    assert points(Ran("WrongAnswer: wrong values in W1"), error) == 0
    assert error_of(Ran("WrongAnswer: wrong values in W1"), error) == "wrong values in W1"


def test_an_error_of_which_nothing_was_shown_gives_nothing_all_the_same():
    assert points(Ran("SystemExit: 0")) == 0
    assert error_of(Ran("SystemExit: 0")) == "SystemExit: 0"


def test_of_several_errors_shown_the_last_stays():
    errors = [error_output("First", "one"), error_output("Last", "two")]
    assert error_of(Ran("Last: two"), *errors) == "two"


def test_points_shown_before_an_error_do_not_count():
    assert points(Ran("ValueError: no"), value("4"), error_output("ValueError", "no")) == 0


def test_standard_error_costs_nothing():
    assert points(Ran(), text("a warning\n", "stderr")) == MAXIMUM
    assert points(Ran(value=1.5), text("a warning\n", "stderr"), value("1.5")) == 1.5


def test_what_was_printed_stays_to_be_read():
    outputs = shown(Ran(), text("hello\n"), text("careful\n", "stderr"))
    assert [output["text"] for output in outputs] == ["hello\n", "careful\n"]


@pytest.mark.parametrize("output", [
    value("4"), value("0"), {"output_type": "display_data", "data": {"text/plain": "0"}, "metadata": {}}, text("0\n"),
    error_output("Error", "caught and shown by the test"),
])  # fmt: skip
def test_outputs_on_the_way_decide_nothing(output):
    assert points(Ran(), output) == MAXIMUM
    assert points(Ran(value=2), output) == 2
    assert points(Ran("AssertionError: no"), output) == 0
