"""A gradient check that hands its numbers over in the wrong order loses marks.

theta * x is symmetric, so that the student's own functions would not tell.
"""

import pytest

from course_utils.assignments.gradient_checking.exercises import line_cost
from course_utils.check.visible_check import check_findings
from grading.assignments.registry import load_cases
from grading.diagnosis.catalogue import define
from grading.hidden import WrongAnswer, call
from tests.grading.diagnosis.catalogue_results import matcher_of
from tests.harness import lost_marks, solution

CHECK = """
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    J_plus = {up}
    J_minus = {down}
    gradapprox = (J_plus - J_minus) / (2 * epsilon)
    grad = {grad}
    difference = abs(grad - gradapprox) / (abs(grad) + abs(gradapprox))
    if print_msg:
        print("There is a mistake" if difference > 2e-7 else "works perfectly fine")
    return difference
"""
RIGHT = {
    "up": "forward_propagation(x, theta + epsilon)",
    "down": "forward_propagation(x, theta - epsilon)",
    "grad": "backward_propagation(x, theta)",
}
SWAPPED = {
    "up": "forward_propagation(theta + epsilon, x)",
    "down": "forward_propagation(theta - epsilon, x)",
}
SWAPPED_BY_NAME = {
    "up": "forward_propagation(theta=x, x=theta + epsilon)",
    "down": "forward_propagation(theta=x, x=theta - epsilon)",
}
WRONG = {
    "both costs": SWAPPED,
    "both costs, by name": SWAPPED_BY_NAME,
    "the first cost": {"up": SWAPPED["up"]},
    "the second cost": {"down": SWAPPED["down"]},
    "the derivative": {"grad": "backward_propagation(theta, x)"},
    "all three": {**SWAPPED, "grad": "backward_propagation(theta, x)"},
}
STILL_RIGHT = {
    "calls": {},
    "products": {"up": "(theta + epsilon) * x", "down": "x * (theta - epsilon)"},
    "a product and a call": {"up": "(theta + epsilon) * x"},
    "a call and a product": {"down": "(theta - epsilon) * x"},
    "a step from the cost": {
        "up": "forward_propagation(x, theta) + (RIGHT_UP - forward_propagation(x, theta))".replace(
            "RIGHT_UP", RIGHT["up"]
        )
    },
}


def code(changes):
    return CHECK.format(**RIGHT | changes)


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_swapped_numbers_lose_marks_in_every_hidden_test_of_the_difference(changes):
    lost = set(lost_marks("gradient_check", code(changes)))
    assert lost >= {"gradient_check-exposes", "gradient_check-rounding"}


@pytest.mark.parametrize("changes", WRONG.values(), ids=WRONG)
def test_the_visible_check_notices_swapped_numbers_too(changes):
    function = define("gradient_check", code(changes), matcher_of("gradient_check").names)
    assert check_findings(function, "gradient_check")


@pytest.mark.parametrize("changes", STILL_RIGHT.values(), ids=STILL_RIGHT)
def test_a_right_check_keeps_its_marks_whether_it_calls_or_writes_out_the_product(changes):
    assert lost_marks("gradient_check", code(changes)) == []


def test_swapped_arguments_of_a_whole_network_lose_marks():
    right = solution("gradient_check_n")

    def swapped(parameters, gradients, X, Y, **options):
        return right(parameters, gradients, Y, X, **options)

    for case in load_cases("gradient_checking"):
        if case.function == "gradient_check_n":
            with pytest.raises(WrongAnswer):
                call(swapped, case, case.arguments())


@pytest.mark.parametrize("seed", range(40))
def test_in_every_case_the_cost_is_the_product_to_the_last_bit(seed):
    """So a right solution gets the same whether it calls the stub or writes out the product."""
    cases = [case for case in load_cases("gradient_checking") if case.function == "gradient_check"]
    for case in [*cases, *(case.with_fresh_inputs(seed) for case in cases)]:
        x, theta, *rest = case.arguments()
        epsilon = rest[0] if rest else 1e-7
        for point in (theta - epsilon, theta, theta + epsilon):
            assert line_cost(x, point) == x * point
            assert line_cost(point, x) != x * point
