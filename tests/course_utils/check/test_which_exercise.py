"""A check that is asked for in a wrong way answers with one sentence that says what to type."""

import sys

import pytest

from course_utils.check import CheckFailed, check


def he(layers_dims):
    return {}


@pytest.fixture
def notebook(monkeypatch):
    """A notebook in which one exercise on initialization is defined."""
    monkeypatch.setattr(sys.modules["__main__"], "initialize_parameters_he", he, raising=False)


def told(*arguments):
    with pytest.raises(CheckFailed) as caught:
        check(*arguments)
    return str(caught.value)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            (),
            "✗ Type the name of your function in the brackets: check(initialize_parameters_he).",
        ),
        ((None,), "✗ Type the name of your function alone, with no brackets after it: check("),
        ((he([1]),), "✗ Type the name of your function alone, with no brackets after it: check("),
        ((3,), "✗ Type the name of your function alone, with no brackets after it: check("),
        (
            ("initialize_parameters_he",),
            "✗ Type the name of your function without quotes: check(initialize_parameters_he).",
        ),
        (("W1",), "✗ There is no exercise called W1. In this notebook there are: initialize_"),
        ((print,), "✗ There is no exercise called print. In this notebook there are: initialize_"),
        ((he,), "✗ There is no exercise called he. In this notebook there are: initialize_"),
    ],
)
def test_one_sentence_says_what_to_type(notebook, given, sentence):
    answer = told(*given)
    assert answer.startswith(sentence)
    assert "\n" not in answer


def test_only_functions_of_this_notebook_are_listed(notebook):
    assert "gradient_check" not in told(print)


@pytest.mark.parametrize("given", [(), (None,), (print,), ("xyz",)])
def test_before_anything_is_defined_the_cell_is_to_be_run(given):
    assert told(*given) == (
        "✗ Run the cell with your function, then type its name in the brackets after check."
    )
