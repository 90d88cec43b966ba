"""Hidden cases of the assignment on gradient checking.

J(theta) = theta * x is a straight line. So a one-sided difference is as right as a centred one, and
any epsilon is as good as another, until the numbers are rounded. At theta = 2**30 doubles are
2**-22 apart above and 2**-23 apart below. With an epsilon of that size theta + epsilon and theta -
epsilon are rounded by different amounts, which are known exactly, and a power of two for x keeps
every product exact. There each formula gives a value of its own: the "rounding" cases tell them
apart, whether a solution calls `forward_propagation` or writes out the product.

The product is also symmetric: forward_propagation(theta, x) gives the same as (x, theta). So the
stub in its place is one whose cost differs where x > theta (`line_cost`), and in every case x is
the smaller number: a right solution never sees the difference, one that swaps the two always does.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from grading.assignments.case import Case
from grading.assignments.gradient_checking.case_makers import (
    CLASSIC,
    GAP,
    THETA,
    TINY,
    backward_n_case,
    check_case,
    check_n_case,
    forward_n_case,
    line_case,
    power_and_theta,
    rounding,
)

NUMBERS = {
    "plain/small": (3, 5),
    "plain/apart": (5.0, 2.0),
    "other/negative x": (-1.5, 4.0),
    "other/negative theta": (2.5, -0.75),
    "other/fractions": (0.3, 0.7),
    "other/zero": (0.0, 3.0),
    "other/zero theta": (2.5, 0.0),
    "other/many digits": (1 / 3, 2**0.5),
    "other/large": (3.0, 1e4 + 1 / 3),
}


def _one_parameter_cases() -> Iterable[Case]:
    for name, numbers in NUMBERS.items():
        yield line_case(f"line/{name}", "forward_propagation", *numbers)
    for name, numbers in NUMBERS.items():
        yield line_case(f"slope/{name}", "backward_propagation", *numbers)


_tiny = partial(check_case, atol=1e-8, reason=TINY)
_near_threshold = partial(check_case, say=True, rtol=1e-3)
# Without fresh inputs: the factors bring just this network's difference close to the threshold.
_near_threshold_n = partial(check_n_case, say=True, rtol=0.1, atol=0.0, use_fresh_inputs=False)

ROUNDING_CASES = [
    check_case("check/rounding/default epsilon", 2.0, THETA, fresh_inputs=power_and_theta),
    check_case(
        "check/rounding/negative x", -4.0, THETA, 0.42 * GAP, fresh_inputs=rounding(0.38, 0.46)
    ),
    check_case(
        "check/rounding/larger epsilon", 2.0, THETA, 0.6 * GAP, fresh_inputs=rounding(0.64, 0.72)
    ),
]

CHECK_CASES = [
    _tiny("check/right/classic", 2.0, 4.0),
    _tiny("check/right/negative", -3.0, 0.5, 1e-6),
    check_case("check/exposes/sign", 2.0, 4.0, wrong="sign"),
    check_case("check/exposes/three times", 2.0, 4.0, wrong="three times"),
    check_case("check/exposes/half", -3.0, 7.0, wrong="half"),
    check_case("check/exposes/theta", 2.0, 5.0, 1e-5, wrong="theta"),
    *ROUNDING_CASES,
    _tiny("check/verdict/right", 2.0, 4.0, say=True),
    check_case("check/verdict/wrong", 2.0, 4.0, wrong="sign", say=True),
    _near_threshold("check/verdict/just below", 2.0, 4.0, 1e-3, wrong="off by 3e-7"),
    _near_threshold("check/verdict/just above", 2.0, 4.0, 1e-3, wrong="off by 6e-7"),
]

NETWORK_CASES = [
    forward_n_case("forward_n/classic/one", 51, CLASSIC, 3),
    forward_n_case("forward_n/sizes/wide", 52, (2, 6, 4, 1), 7),
    # This seed gives outputs from 0.018 to 0.9984: a network that is sure of some examples.
    forward_n_case("forward_n/sizes/confident", 95, (3, 5, 4, 1), 9),
    backward_n_case("backward_n/classic/one", 61, CLASSIC, 3),
    backward_n_case("backward_n/sizes/wide", 62, (2, 6, 4, 1), 7),
    backward_n_case("backward_n/sizes/square", 63, (3, 3, 3, 1), 4),
]

# Each parameter costs two forward passes. So there is one network of the classic size, and the
# others have 13 to 15 parameters. The seeds leave no gradient close to 0, and no output to 0 or 1.
FLAT, DEEP, WIDE = (3, 2, 1, 1), (2, 2, 2, 1), (2, 3, 1, 1)

STATED, WIDE_WRONG = "check_n/general/stated epsilon", "check_n/general/wide epsilon, wrong"
CHECK_N_CASES = [
    check_n_case("check_n/wrong/both bugs", 71, WIDE, 3, dW2=2.0, db1=4.0),
    check_n_case("check_n/wrong/sign", 272, FLAT, 3, dW3=-1.0),
    check_n_case("check_n/wrong/last entry", 223, DEEP, 3, db3=3.0),
    check_n_case("check_n/right/classic sizes", 74, CLASSIC, 3),
    check_n_case("check_n/general/small network", 245, WIDE, 6, dW1=0.5),
    # With a wide epsilon the error of the method itself shows. It differs from formula to formula.
    check_n_case("check_n/general/wide epsilon", 276, FLAT, 5, epsilon=1e-2, rtol=1e-4, atol=1e-10),
    check_n_case(WIDE_WRONG, 227, DEEP, 5, epsilon=3e-2, rtol=1e-6, atol=0.0, dW2=1.5),
    # Without fresh inputs: the difference depends on how strongly the cost is curved there.
    check_n_case(STATED, 230, WIDE, 5, epsilon=1e-3, rtol=1e-2, atol=0.0, use_fresh_inputs=False),
    check_n_case("check_n/verdict/right", 208, FLAT, 5, epsilon=1e-6, say=True),
    _near_threshold_n("check_n/verdict/just below", 79, FLAT, 5, epsilon=1e-6, dW1=1 + 1.9e-6),
    _near_threshold_n("check_n/verdict/just above", 79, FLAT, 5, epsilon=1e-6, dW1=1 + 3.8e-6),
    check_n_case("check_n/verdict/wrong", 79, FLAT, 5, epsilon=1e-6, say=True, dW1=1.1),
]

CASES = [*_one_parameter_cases(), *CHECK_CASES, *NETWORK_CASES, *CHECK_N_CASES]

# Here known mistakes about the verdict differ that no test needs to tell apart.
_probe_n = partial(check_n_case, seed=81, sizes=(2, 3, 2, 1), m=4)
PROBES = [
    check_case("probe/off by 1e-2", 2.0, 4.0, 1e-4, wrong="off by 1e-2", say=True),
    check_case("probe/off by 3e-6", 2.0, 4.0, 1e-6, wrong="off by 3e-6", say=True, rtol=1e-2),
    check_case("probe/silent", 2.0, 4.0, 1e-4, wrong="sign"),
    check_case("probe/square", 4.0, THETA, 0.42 * GAP, wrong="square"),
    # a slope times epsilon squared is not yet 0 there
    check_case("probe/wide epsilon", 2.0, 4.0, 0.1, wrong="three times"),
    check_n_case("probe_n/tiny", 82, (1, 2, 1, 1), 2, dW1=2.0),  # the cheapest, and so called first
    _probe_n("probe_n/off by 1e-2", epsilon=1e-5, say=True, dW1=1.01),
    _probe_n("probe_n/off by 1e-5", epsilon=1e-6, say=True, rtol=1e-2, dW1=1.00001),
    # The difference lies between 1e-6 and epsilon, for verdicts that compare with either.
    _probe_n("probe_n/off by 2e-5, wide", epsilon=1e-4, say=True, rtol=1e-2, dW1=1.00004),
    # even right gradients differ from the slopes in direction
    check_n_case("probe_n/very wide epsilon", 83, (2, 3, 2, 1), 4, epsilon=1.0, dW1=0.5),
    replace(_probe_n("probe_n/silent, sign", dW3=-1.0), keywords={"print_msg": False}),
]
