"""Makers of the cases on gradient checking: their inputs, stubs, tolerances and reasons."""

from functools import partial

import numpy as np

from course_utils.assignments.gradient_checking.exercises import line_cost, line_slope
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


# Right functions, which take the place of the student's own. All are public, so that they are
# called beside the student's code, without a message. Whoever changes them there gains nothing: a
# function that knows that these are right can as well compute the answer.
LINE_AND_SLOPE = {"forward_propagation": line_cost, "backward_propagation": line_slope}
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


def fixed(*arguments: float) -> Inputs:
    return lambda rng: list(arguments)


def whole_numbers(rng: np.random.RandomState) -> list:
    """x and theta larger than in the seeded cases, so never the same."""
    return [int(number) for number in rng.randint(6, 30, 2)]


def any_numbers(rng: np.random.RandomState) -> list:
    return [float(number) for number in rng.uniform(-9, 9, 2)]


def different_sizes(*rest: float) -> Inputs:
    """x and theta of different sizes, so that no wrong derivative comes close to the right one.

    x is the smaller one, as `line_cost` needs it. Both are so small that rounding errors stay well
    below what `TINY` cases allow. `rest` follows.
    """
    return lambda rng: [
        float(rng.choice([-1, 1]) * rng.uniform(0.5, 0.9)),
        float(rng.uniform(1.2, 1.9)),
        *rest,
    ]


def rounding(low: float, high: float) -> Inputs:
    """Powers of two, and an epsilon of `low` to `high` gaps, which is rounded as in the case.

    The bounds leave out where two formulas give the same value: 0.354 and 0.612 gaps.
    """

    def inputs(rng: np.random.RandomState) -> list:
        theta = 2.0 ** rng.randint(20, 41)
        return [power_of_two(rng), theta, float(rng.uniform(low, high) * GAP * theta / THETA)]

    return inputs


def power_of_two(rng: np.random.RandomState) -> float:
    return float(rng.choice([-1, 1]) * 2.0 ** rng.randint(-3, 6))


def power_and_theta(rng: np.random.RandomState) -> list:
    return [power_of_two(rng), THETA]


# --- cases of one function each


def line_case(name: str, function: str, x: float, theta: float) -> Case:
    fresh = whole_numbers if "/plain/" in name else any_numbers
    return Case(name, function, fixed(x, theta), seed=0, fresh_inputs=fresh)


def check_case(
    name: str,
    *arguments: float,
    wrong: str = "",
    say: bool = False,
    rtol: float = RTOL,
    atol: float = 0.0,
    reason: str = EXACT,
    fresh_inputs: Inputs | None = None,
) -> Case:
    """A call of gradient_check(x, theta[, epsilon]), with x <= theta - epsilon: see `line_cost`.

    wrong: which of WRONG_SLOPES takes the place of backward_propagation; say: with print_msg=True
    """
    if wrong:
        rtol, reason = max(rtol, 1e-6), NOISE
    slope = {"backward_propagation": WRONG_SLOPES[wrong]} if wrong else {}
    return Case(
        name=name,
        function="gradient_check",
        inputs=fixed(*arguments),
        seed=0,
        rtol=rtol,
        atol=atol,
        reason=reason,
        keywords={"print_msg": True} if say else {},
        stubs=LINE_AND_SLOPE | slope,
        fresh_inputs=fresh_inputs or different_sizes(*arguments[2:]),
    )


def check_n_case(
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


def forward_n_case(name: str, seed: int, sizes: Sizes, m: int) -> Case:
    def drawn_by(draw: DrawNetwork) -> Inputs:
        return lambda rng: list(draw(rng, sizes, m))

    return Case(
        name=name,
        function="forward_propagation_n",
        inputs=drawn_by(draw_network),
        seed=seed,
        fresh_inputs=drawn_by(draw_moderate_network),
    )


def backward_n_case(name: str, seed: int, sizes: Sizes, m: int) -> Case:
    return Case(name, "backward_propagation_n", partial(draw_cache, sizes=sizes, m=m), seed)
