"""A function that lacks an argument of the exercise: that is said, and what else is wrong."""

import pytest

from course_utils.check.visible_check import check_findings
from tests.course_utils.explain.errors.raising import defined

CHECKED = """
def gradient_check({arguments}):
    {before}
    up = forward_propagation(x, theta + {epsilon})
    down = forward_propagation(x, theta - {epsilon})
    slope = (up - down) / {divisor}
    grad = backward_propagation(x, theta)
    difference = np.linalg.norm(grad - slope) / (np.linalg.norm(grad) + np.linalg.norm(slope))
    print("correct" if difference < 1e-7 else "a mistake")
    return difference
"""
OF_2017 = {"arguments": "x, theta, epsilon=1e-7", "before": "", "epsilon": "epsilon"}
WITHOUT_EPSILON = {"arguments": "x, theta", "before": "e = 1e-7", "epsilon": "e"}


def finding(source):
    return check_findings(defined(source, "gradient_check"), "gradient_check")[0]


def test_a_function_that_is_right_but_for_its_first_line():
    found = finding(CHECKED.format(**OF_2017, divisor="(2 * epsilon)"))
    assert (found.kind, found.line.text) == ("error", "def gradient_check(x, theta, epsilon=1e-7):")
    assert found.code == "error.signature-unexpected.found"
    assert found.found_text == (
        "The first line of your function lacks print_msg, which the exercise has. "
        "Called without print_msg, the function gives the right result."
    )
    assert "unexpected keyword argument 'print_msg'" in f"{found.got}"


def test_what_is_wrong_besides_is_told_too():
    found = finding(CHECKED.format(**OF_2017, divisor="epsilon"))
    assert found.found_text.startswith("The first line of your function lacks print_msg")
    assert found.kind != "error"
    assert len(found.found) > 1


def test_an_error_besides_is_told_with_its_own_line():
    found = finding(CHECKED.format(**OF_2017, divisor="two"))
    assert "lacks print_msg" in found.found_text
    assert "`two`" in found.found_text
    assert found.line.text == "slope = (up - down) / two"


def test_several_arguments_are_told_at_once():
    found = finding(CHECKED.format(**WITHOUT_EPSILON, divisor="(2 * e)"))
    assert "lacks print_msg and epsilon" in found.found_text


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("return 3", "lacks keep_prob"),
        ("return parameters['W4']", "`parameters` has no entry 'W4'"),
    ],
)
def test_an_argument_given_by_its_place(body, sentence):
    source = f"def forward_propagation_with_dropout(X, parameters):\n    {body}\n"
    function = defined(source, "forward_propagation_with_dropout")
    found = check_findings(function, "forward_propagation_with_dropout")[0]
    assert "lacks keep_prob" in found.found_text
    assert sentence in found.found_text


def test_a_function_that_takes_all_arguments_is_accused_of_nothing():
    arguments = "x, theta, epsilon=1e-7, print_msg=False"
    whole = CHECKED.format(**OF_2017 | {"arguments": arguments}, divisor="(2 * epsilon)")
    assert check_findings(defined(whole, "gradient_check"), "gradient_check") == []


def test_an_argument_that_the_exercise_needs_is_not_left_out():
    source = "def backward_propagation_with_dropout(X, Y, cache):\n    return {}\n"
    function = defined(source, "backward_propagation_with_dropout")
    found = check_findings(function, "backward_propagation_with_dropout")[0]
    assert found.code == "error.signature-many.found"
