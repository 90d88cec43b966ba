"""Hidden cases of the assignment on gradient checking.

J(theta) = theta * x is a straight line, so a one-sided difference is as right as a centred one, and any
epsilon is as good as another, until the numbers are rounded. At theta = 2**30 doubles are 2**-22 apart above
and 2**-23 apart below. With an epsilon of that size theta + epsilon and theta - epsilon are rounded by
different amounts, which are known exactly, and x = a power of two keeps every product exact. There each
formula gives a value of its own: the "rounding" cases tell them apart, whether or not a solution calls
`forward_propagation` or writes out the product.
"""

from dataclasses import replace
from functools import partial

import numpy as np

from course_utils.network import cost_and_cache
from grading.assignments.case import Case, Inputs
from grading.assignments.networks import Draw, draw_cache, draw_check, draw_lively, draw_network

Sizes = tuple[int, ...]

GAP = 2.0**-22  # from 2**30 to the next larger double
LINE = {"forward_propagation": lambda x, theta: theta * x}
RIGHT = LINE | {"backward_propagation": lambda x, theta: x}
NETWORK = {"forward_propagation_n": cost_and_cache}

EXACT = "the arithmetic of these inputs is exact but for one division"
TINY = "the result is itself a rounding error, which any right order of operations keeps below 1e-8"
NOISE = "differences of costs carry a rounding error of about 1e-16 / epsilon"


# What the measured slope is compared with where a checker must expose a wrong derivative.
WRONG = {
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


def _numbers(*arguments: float) -> Inputs:
    return lambda rng: list(arguments)


def _whole_numbers(rng: np.random.RandomState) -> list:
    """Larger ones than in the seeded cases, so never those."""
    return [int(number) for number in rng.randint(6, 30, 2)]


def _any_numbers(rng: np.random.RandomState) -> list:
    return [float(number) for number in rng.uniform(-9, 9, 2)]


def _apart(*rest: float) -> Inputs:
    """x and theta of other sizes, so that no wrong derivative comes close to the right one; then `rest`.

    Both are so small that rounding errors stay well below what `TINY` cases allow.
    """
    return lambda rng: [
        float(rng.choice([-1, 1]) * rng.uniform(0.5, 0.9)),
        float(rng.uniform(1.2, 1.9)),
        *rest,
    ]


def _rounding(low: float, high: float) -> Inputs:
    """Powers of two, and an epsilon of low to high gaps between doubles: theta +- epsilon is rounded as in the case.

    The bounds leave out where two formulas give the same, which is at 0.354 and 0.612 gaps.
    """

    def inputs(rng: np.random.RandomState) -> list:
        theta = 2.0 ** rng.randint(20, 41)
        return [_power_of_two(rng), theta, float(rng.uniform(low, high) * GAP * theta / 2**30)]

    return inputs


def _power_of_two(rng: np.random.RandomState) -> float:
    return float(rng.choice([-1, 1]) * 2.0 ** rng.randint(-3, 6))


def _line(name: str, function: str, x: float, theta: float) -> Case:
    own = _whole_numbers if "/plain/" in name else _any_numbers
    return Case(name, function, _numbers(x, theta), seed=0, fresh_inputs=own)


def _check(
    name: str, *arguments: float, wrong: str = "", say: bool = False,
    rtol: float = 1e-9, atol: float = 0.0, reason: str = EXACT, fresh_inputs: Inputs | None = None,
) -> Case:  # fmt: skip
    """A call of gradient_check(x, theta[, epsilon]); `wrong` names the backward_propagation that stands in."""
    keywords = {"print_msg": True} if say else {}
    stubs = RIGHT | ({"backward_propagation": WRONG[wrong]} if wrong else {})
    if wrong:
        rtol, reason = max(rtol, 1e-6), NOISE
    inputs, own = _numbers(*arguments), fresh_inputs or _apart(*arguments[2:])
    return Case(name, "gradient_check", inputs, 0, rtol, atol, reason, keywords, stubs, own)


def _check_n(
    name: str, seed: int, sizes: Sizes, m: int, epsilon: float | None = None, say: bool = False,
    rtol: float = 1e-5, atol: float = 1e-7, use_fresh_inputs: bool = True, **factors: float,
) -> Case:  # fmt: skip
    """A call of gradient_check_n; `factors` spoil single gradients."""
    keywords = ({"epsilon": epsilon} if epsilon else {}) | ({"print_msg": True} if say else {})

    def drawn(draw: Draw) -> Inputs:
        return lambda rng: draw_check(rng, sizes, m, draw, **factors)

    inputs, own = drawn(draw_network), drawn(draw_lively)
    use_as_probe = sizes != (
        4,
        5,
        3,
        1,
    )  # 47 parameters take long, and the public example has as many
    return Case(
        name,
        "gradient_check_n",
        inputs,
        seed,
        rtol,
        atol,
        NOISE,
        keywords,
        NETWORK,
        own,
        use_fresh_inputs,
        use_as_probe,
    )


def _forward_n(name: str, seed: int, sizes: Sizes, m: int) -> Case:
    def drawn(draw: Draw) -> Inputs:
        return lambda rng: list(draw(rng, sizes, m))

    return Case(
        name, "forward_propagation_n", drawn(draw_network), seed, fresh_inputs=drawn(draw_lively)
    )


def _backward_n(name: str, seed: int, sizes: Sizes, m: int) -> Case:
    return Case(name, "backward_propagation_n", partial(draw_cache, sizes=sizes, m=m), seed)


# fmt: off
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

CASES = [
    *(_line(f"line/{name}", "forward_propagation", *numbers) for name, numbers in NUMBERS.items()),
    *(_line(f"slope/{name}", "backward_propagation", *numbers) for name, numbers in NUMBERS.items()),

    _check("check/right/classic", 2.0, 4.0, atol=1e-8, reason=TINY),
    _check("check/right/negative", -3.0, 0.5, 1e-6, atol=1e-8, reason=TINY),
    _check("check/exposes/sign", 2.0, 4.0, wrong="sign"),
    _check("check/exposes/three times", 2.0, 4.0, wrong="three times"),
    _check("check/exposes/half", -3.0, 7.0, wrong="half"),
    _check("check/exposes/theta", 2.0, 5.0, 1e-5, wrong="theta"),
    _check("check/rounding/default epsilon", 2.0, 2.0**30, fresh_inputs=lambda rng: [_power_of_two(rng), 2.0**30]),
    _check("check/rounding/negative x", -4.0, 2.0**30, 0.42 * GAP, fresh_inputs=_rounding(0.38, 0.46)),
    _check("check/rounding/larger epsilon", 2.0, 2.0**30, 0.6 * GAP, fresh_inputs=_rounding(0.64, 0.72)),
    _check("check/verdict/right", 2.0, 4.0, say=True, atol=1e-8, reason=TINY),
    _check("check/verdict/wrong", 2.0, 4.0, wrong="sign", say=True),
    _check("check/verdict/just below", 2.0, 4.0, 1e-3, wrong="off by 3e-7", say=True, rtol=1e-3),
    _check("check/verdict/just above", 2.0, 4.0, 1e-3, wrong="off by 6e-7", say=True, rtol=1e-3),

    _forward_n("forward_n/classic/one", 51, (4, 5, 3, 1), 3),
    _forward_n("forward_n/sizes/wide", 52, (2, 6, 4, 1), 7),
    # this seed gives outputs from 0.018 to 0.9984: a network that is sure of some examples
    _forward_n("forward_n/sizes/confident", 95, (3, 5, 4, 1), 9),
    _backward_n("backward_n/classic/one", 61, (4, 5, 3, 1), 3),
    _backward_n("backward_n/sizes/wide", 62, (2, 6, 4, 1), 7),
    _backward_n("backward_n/sizes/square", 63, (3, 3, 3, 1), 4),

    _check_n("check_n/wrong/both bugs", 71, (4, 5, 3, 1), 3, dW2=2.0, db1=4.0),
    _check_n("check_n/wrong/sign", 72, (4, 5, 3, 1), 3, dW3=-1.0),
    _check_n("check_n/wrong/last entry", 73, (4, 5, 3, 1), 3, db3=3.0),
    _check_n("check_n/right/classic sizes", 74, (4, 5, 3, 1), 3),
    _check_n("check_n/general/small network", 75, (2, 3, 2, 1), 6, dW1=0.5),
    # With a wide nudge the error of the method itself shows, and it differs from formula to formula.
    _check_n("check_n/general/wide epsilon", 76, (3, 4, 2, 1), 5, 1e-2, rtol=1e-4, atol=1e-10),
    _check_n("check_n/general/wide epsilon, wrong", 77, (3, 2, 4, 1), 5, 3e-2, rtol=1e-6, atol=0.0, dW2=1.5),
    # Not tried: the difference hangs on how strongly the cost is curved there.
    _check_n("check_n/general/stated epsilon", 80, (3, 4, 2, 1), 5, 1e-3, rtol=1e-2, atol=0.0, use_fresh_inputs=False),
    _check_n("check_n/verdict/right", 78, (3, 4, 2, 1), 5, 1e-6, say=True),
    # Not tried: the factors bring just this network's difference close to the threshold.
    _check_n("check_n/verdict/just below", 79, (3, 4, 2, 1), 5, 1e-6, say=True, rtol=0.1, atol=0.0, dW1=1 + 6.9e-7, use_fresh_inputs=False),
    _check_n("check_n/verdict/just above", 79, (3, 4, 2, 1), 5, 1e-6, say=True, rtol=0.1, atol=0.0, dW1=1 + 1.38e-6, use_fresh_inputs=False),
    _check_n("check_n/verdict/wrong", 79, (3, 4, 2, 1), 5, 1e-6, say=True, dW1=1.1),
]

# Where known mistakes about the verdict part ways, which the tests have no need to tell apart.
PROBES = [
    _check("probe/off by 1e-2", 2.0, 4.0, 1e-4, wrong="off by 1e-2", say=True),
    _check("probe/off by 3e-6", 2.0, 4.0, 1e-6, wrong="off by 3e-6", say=True, rtol=1e-2),
    _check("probe/silent", 2.0, 4.0, 1e-4, wrong="sign"),
    _check("probe/square", 4.0, 2.0**30, 0.42 * GAP, wrong="square"),
    _check_n("probe_n/tiny", 82, (1, 2, 1, 1), 2, dW1=2.0),  # asked first, as the cheapest
    _check_n("probe_n/off by 1e-2", 81, (2, 3, 2, 1), 4, 1e-5, say=True, dW1=1.01),
    _check_n("probe_n/off by 1e-5", 81, (2, 3, 2, 1), 4, 1e-6, say=True, rtol=1e-2, dW1=1.00001),
    # between 1e-6 and epsilon, for verdicts that go by either
    _check_n("probe_n/off by 2e-5, wide", 81, (2, 3, 2, 1), 4, 1e-4, say=True, rtol=1e-2, dW1=1.00004),
    replace(_check_n("probe_n/silent, sign", 81, (2, 3, 2, 1), 4, dW3=-1.0), keywords={"print_msg": False}),
]
# fmt: on
