"""Hidden cases of the assignment on gradient checking.

J(theta) = theta * x is a straight line. So a one-sided difference is as right as a centred one, and
any epsilon is as good as another, until the numbers are rounded. At theta = 2**30 doubles are
2**-22 apart above and 2**-23 apart below. With an epsilon of that size theta + epsilon and theta -
epsilon are rounded by different amounts, which are known exactly, and a power of two for x keeps
every product exact. There each formula gives a value of its own: the "rounding" cases tell them
apart, whether a solution calls `forward_propagation` or writes out the product.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np

from course_utils.network import cost_and_cache
from grading.assignments.case import RTOL, Case, Inputs
from grading.assignments.random_networks import (
    DrawNetwork,
    Sizes,
    draw_cache,
    draw_gradient_check,
    draw_moderate_network,
    draw_network,
)

CLASSIC = (4, 5, 3, 1)  # sizes of the layers, as in the public example
THETA = 2.0**30
GAP = 2.0**-22  # from THETA to the next larger double

# Right functions, which take the place of the student's own
LINE = {"forward_propagation": lambda x, theta: theta * x}
LINE_AND_SLOPE = LINE | {"backward_propagation": lambda x, theta: x}
NETWORK = {"forward_propagation_n": cost_and_cache}

# Reasons for tolerances
EXACT = "the arithmetic of these inputs is exact but for one division"
TINY = "the result is itself a rounding error, which any right order of operations keeps below 1e-8"
NOISE = "differences of costs carry a rounding error of about 1e-16 / epsilon"

# Wrong derivatives, which a checker must expose
WRONG_SLOPES = {
    "sign": lambda x, theta: -x,
    "three times": lambda x, theta: 3 * x,
    "half": lambda x, theta: x / 2,
    "theta": lambda x, theta: theta,
    "square": lambda x, theta: x * x,
    "off by 3e-7": lambda x, theta: x * (1 + 3e-7),
    "off by 6e-7": lambda x, theta: x * (1 + 6e-7),
    "off by 3e-6": lambda x, theta: x * (1 + 3e-6),
    "off by 1e-2": lambda x, theta: x * 1.01,
}


# --- inputs


def _fixed(*arguments: float) -> Inputs:
    return lambda rng: list(arguments)


def _whole_numbers(rng: np.random.RandomState) -> list:
    """x and theta larger than in the seeded cases, so never the same."""
    return [int(number) for number in rng.randint(6, 30, 2)]


def _any_numbers(rng: np.random.RandomState) -> list:
    return [float(number) for number in rng.uniform(-9, 9, 2)]


def _different_sizes(*rest: float) -> Inputs:
    """x and theta of different sizes, so that no wrong derivative comes close to the right one.

    Both are so small that rounding errors stay well below what `TINY` cases allow. `rest` follows.
    """
    return lambda rng: [
        float(rng.choice([-1, 1]) * rng.uniform(0.5, 0.9)),
        float(rng.uniform(1.2, 1.9)),
        *rest,
    ]


def _rounding(low: float, high: float) -> Inputs:
    """Powers of two, and an epsilon of `low` to `high` gaps, which is rounded as in the case.

    The bounds leave out where two formulas give the same value: 0.354 and 0.612 gaps.
    """

    def inputs(rng: np.random.RandomState) -> list:
        theta = 2.0 ** rng.randint(20, 41)
        return [_power_of_two(rng), theta, float(rng.uniform(low, high) * GAP * theta / THETA)]

    return inputs


def _power_of_two(rng: np.random.RandomState) -> float:
    return float(rng.choice([-1, 1]) * 2.0 ** rng.randint(-3, 6))


def _power_and_theta(rng: np.random.RandomState) -> list:
    return [_power_of_two(rng), THETA]


# --- cases of one function each


def _line(name: str, function: str, x: float, theta: float) -> Case:
    fresh = _whole_numbers if "/plain/" in name else _any_numbers
    return Case(name, function, _fixed(x, theta), seed=0, fresh_inputs=fresh)


def _check(
    name: str,
    *arguments: float,
    wrong: str = "",
    say: bool = False,
    rtol: float = RTOL,
    atol: float = 0.0,
    reason: str = EXACT,
    fresh_inputs: Inputs | None = None,
) -> Case:
    """A call of gradient_check(x, theta[, epsilon]).

    wrong: which of WRONG_SLOPES takes the place of backward_propagation; say: with print_msg=True
    """
    if wrong:
        rtol, reason = max(rtol, 1e-6), NOISE
    slope = {"backward_propagation": WRONG_SLOPES[wrong]} if wrong else {}
    return Case(
        name=name,
        function="gradient_check",
        inputs=_fixed(*arguments),
        seed=0,
        rtol=rtol,
        atol=atol,
        reason=reason,
        keywords={"print_msg": True} if say else {},
        stubs=LINE_AND_SLOPE | slope,
        fresh_inputs=fresh_inputs or _different_sizes(*arguments[2:]),
    )


def _check_n(
    name: str,
    seed: int,
    sizes: Sizes,
    m: int,
    epsilon: float | None = None,
    say: bool = False,
    rtol: float = 1e-5,
    atol: float = 1e-7,
    use_fresh_inputs: bool = True,
    **factors: float,
) -> Case:
    """A call of gradient_check_n; factors such as dW2=2.0 make single gradients wrong."""
    keywords = ({"epsilon": epsilon} if epsilon else {}) | ({"print_msg": True} if say else {})

    def drawn_by(draw: DrawNetwork) -> Inputs:
        return lambda rng: draw_gradient_check(rng, sizes, m, draw, **factors)

    return Case(
        name=name,
        function="gradient_check_n",
        inputs=drawn_by(draw_network),
        seed=seed,
        rtol=rtol,
        atol=atol,
        reason=NOISE,
        keywords=keywords,
        stubs=NETWORK,
        fresh_inputs=drawn_by(draw_moderate_network),
        use_fresh_inputs=use_fresh_inputs,
        use_as_probe=sizes != CLASSIC,  # 47 parameters take long; the public example has as many
    )


def _forward_n(name: str, seed: int, sizes: Sizes, m: int) -> Case:
    def drawn_by(draw: DrawNetwork) -> Inputs:
        return lambda rng: list(draw(rng, sizes, m))

    return Case(
        name=name,
        function="forward_propagation_n",
        inputs=drawn_by(draw_network),
        seed=seed,
        fresh_inputs=drawn_by(draw_moderate_network),
    )


def _backward_n(name: str, seed: int, sizes: Sizes, m: int) -> Case:
    return Case(name, "backward_propagation_n", partial(draw_cache, sizes=sizes, m=m), seed)


# --- the tables

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
        yield _line(f"line/{name}", "forward_propagation", *numbers)
    for name, numbers in NUMBERS.items():
        yield _line(f"slope/{name}", "backward_propagation", *numbers)


_tiny = partial(_check, atol=1e-8, reason=TINY)
_near_threshold = partial(_check, say=True, rtol=1e-3)
# Without fresh inputs: the factors bring just this network's difference close to the threshold.
_near_threshold_n = partial(_check_n, say=True, rtol=0.1, atol=0.0, use_fresh_inputs=False)

ROUNDING_CASES = [
    _check("check/rounding/default epsilon", 2.0, THETA, fresh_inputs=_power_and_theta),
    _check(
        "check/rounding/negative x", -4.0, THETA, 0.42 * GAP, fresh_inputs=_rounding(0.38, 0.46)
    ),
    _check(
        "check/rounding/larger epsilon", 2.0, THETA, 0.6 * GAP, fresh_inputs=_rounding(0.64, 0.72)
    ),
]

CHECK_CASES = [
    _tiny("check/right/classic", 2.0, 4.0),
    _tiny("check/right/negative", -3.0, 0.5, 1e-6),
    _check("check/exposes/sign", 2.0, 4.0, wrong="sign"),
    _check("check/exposes/three times", 2.0, 4.0, wrong="three times"),
    _check("check/exposes/half", -3.0, 7.0, wrong="half"),
    _check("check/exposes/theta", 2.0, 5.0, 1e-5, wrong="theta"),
    *ROUNDING_CASES,
    _tiny("check/verdict/right", 2.0, 4.0, say=True),
    _check("check/verdict/wrong", 2.0, 4.0, wrong="sign", say=True),
    _near_threshold("check/verdict/just below", 2.0, 4.0, 1e-3, wrong="off by 3e-7"),
    _near_threshold("check/verdict/just above", 2.0, 4.0, 1e-3, wrong="off by 6e-7"),
]

NETWORK_CASES = [
    _forward_n("forward_n/classic/one", 51, CLASSIC, 3),
    _forward_n("forward_n/sizes/wide", 52, (2, 6, 4, 1), 7),
    # This seed gives outputs from 0.018 to 0.9984: a network that is sure of some examples.
    _forward_n("forward_n/sizes/confident", 95, (3, 5, 4, 1), 9),
    _backward_n("backward_n/classic/one", 61, CLASSIC, 3),
    _backward_n("backward_n/sizes/wide", 62, (2, 6, 4, 1), 7),
    _backward_n("backward_n/sizes/square", 63, (3, 3, 3, 1), 4),
]

STATED, WIDE_WRONG = "check_n/general/stated epsilon", "check_n/general/wide epsilon, wrong"
CHECK_N_CASES = [
    _check_n("check_n/wrong/both bugs", 71, CLASSIC, 3, dW2=2.0, db1=4.0),
    _check_n("check_n/wrong/sign", 72, CLASSIC, 3, dW3=-1.0),
    _check_n("check_n/wrong/last entry", 73, CLASSIC, 3, db3=3.0),
    _check_n("check_n/right/classic sizes", 74, CLASSIC, 3),
    _check_n("check_n/general/small network", 75, (2, 3, 2, 1), 6, dW1=0.5),
    # With a wide epsilon the error of the method itself shows. It differs from formula to formula.
    _check_n("check_n/general/wide epsilon", 76, (3, 4, 2, 1), 5, 1e-2, rtol=1e-4, atol=1e-10),
    _check_n(WIDE_WRONG, 77, (3, 2, 4, 1), 5, 3e-2, rtol=1e-6, atol=0.0, dW2=1.5),
    # Without fresh inputs: the difference depends on how strongly the cost is curved there.
    _check_n(STATED, 80, (3, 4, 2, 1), 5, 1e-3, rtol=1e-2, atol=0.0, use_fresh_inputs=False),
    _check_n("check_n/verdict/right", 78, (3, 4, 2, 1), 5, 1e-6, say=True),
    _near_threshold_n("check_n/verdict/just below", 79, (3, 4, 2, 1), 5, 1e-6, dW1=1 + 6.9e-7),
    _near_threshold_n("check_n/verdict/just above", 79, (3, 4, 2, 1), 5, 1e-6, dW1=1 + 1.38e-6),
    _check_n("check_n/verdict/wrong", 79, (3, 4, 2, 1), 5, 1e-6, say=True, dW1=1.1),
]

CASES = [*_one_parameter_cases(), *CHECK_CASES, *NETWORK_CASES, *CHECK_N_CASES]

# Here known mistakes about the verdict differ that no test needs to tell apart.
_probe_n = partial(_check_n, seed=81, sizes=(2, 3, 2, 1), m=4)
PROBES = [
    _check("probe/off by 1e-2", 2.0, 4.0, 1e-4, wrong="off by 1e-2", say=True),
    _check("probe/off by 3e-6", 2.0, 4.0, 1e-6, wrong="off by 3e-6", say=True, rtol=1e-2),
    _check("probe/silent", 2.0, 4.0, 1e-4, wrong="sign"),
    _check("probe/square", 4.0, THETA, 0.42 * GAP, wrong="square"),
    _check_n("probe_n/tiny", 82, (1, 2, 1, 1), 2, dW1=2.0),  # the cheapest, and so called first
    _probe_n("probe_n/off by 1e-2", epsilon=1e-5, say=True, dW1=1.01),
    _probe_n("probe_n/off by 1e-5", epsilon=1e-6, say=True, rtol=1e-2, dW1=1.00001),
    # The difference lies between 1e-6 and epsilon, for verdicts that compare with either.
    _probe_n("probe_n/off by 2e-5, wide", epsilon=1e-4, say=True, rtol=1e-2, dW1=1.00004),
    replace(_probe_n("probe_n/silent, sign", dW3=-1.0), keywords={"print_msg": False}),
]
