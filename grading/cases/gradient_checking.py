"""Hidden cases of the assignment on gradient checking.

J(theta) = theta * x is a straight line, so a one-sided difference is as right as a centred one, and any
epsilon is as good as another, until the numbers are rounded. At theta = 2**30 doubles are 2**-22 apart above
and 2**-23 apart below. With an epsilon of that size theta + epsilon and theta - epsilon are rounded by
different amounts, which are known exactly, and x = a power of two keeps every product exact. There each
formula gives a value of its own: the "rounding" cases tell them apart, whether or not a solution calls
`forward_propagation` or writes out the product.
"""

from course_utils.network import cost_and_cache
from grading.cases import Case
from grading.cases.networks import draw_cache, draw_check, draw_network

GAP = 2.0**-22  # from 2**30 to the next larger double
LINE = {"forward_propagation": lambda x, theta: theta * x}
RIGHT = LINE | {"backward_propagation": lambda x, theta: x}
NETWORK = {"forward_propagation_n": cost_and_cache}

EXACT = "the arithmetic of these inputs is exact but for one division"
TINY = "the result is itself a rounding error, which any right order of operations keeps below 1e-8"
NOISE = "differences of costs carry a rounding error of about 1e-16 / epsilon"


def _constant(*arguments):
    return lambda rng: list(arguments)


def _wrong(backward):
    return LINE | {"backward_propagation": backward}


def _line(name, function, x, theta):
    return Case(name, function, _constant(x, theta), seed=0)


def _check(name, *arguments, stand_ins=RIGHT, say=False, rtol=1e-9, atol=0.0, reason=EXACT):
    keywords = {"print_msg": True} if say else {}
    return Case(name, "gradient_check", _constant(*arguments), 0, rtol, atol, reason, keywords, stand_ins)


def _check_n(name, seed, sizes, m, epsilon=None, say=False, rtol=1e-5, atol=1e-7, reason=NOISE, **factors):
    keywords = ({"epsilon": epsilon} if epsilon else {}) | ({"print_msg": True} if say else {})
    return Case(name, "gradient_check_n", lambda rng: draw_check(rng, sizes, m, **factors),
                seed, rtol, atol, reason, keywords, NETWORK)  # fmt: skip


NUMBERS = {"plain/small": (3, 5), "plain/apart": (5.0, 2.0), "other/negative x": (-1.5, 4.0),
           "other/negative theta": (2.5, -0.75), "other/fractions": (0.3, 0.7), "other/zero": (0.0, 3.0),
           "other/zero theta": (2.5, 0.0), "other/many digits": (1 / 3, 2**0.5), "other/large": (3.0, 1e4 + 1 / 3)}  # fmt: skip

CASES = [  # fmt: skip
    *(_line(f"line/{name}", "forward_propagation", *numbers) for name, numbers in NUMBERS.items()),
    *(_line(f"slope/{name}", "backward_propagation", *numbers) for name, numbers in NUMBERS.items()),
    _check("check/right/classic", 2.0, 4.0, atol=1e-8, reason=TINY),
    _check("check/right/negative", -3.0, 0.5, 1e-6, atol=1e-8, reason=TINY),
    _check("check/exposes/sign", 2.0, 4.0, stand_ins=_wrong(lambda x, theta: -x), rtol=1e-6, reason=NOISE),
    _check(
        "check/exposes/three times",
        2.0,
        4.0,
        stand_ins=_wrong(lambda x, theta: 3 * x),
        rtol=1e-6,
        reason=NOISE,
    ),
    _check(
        "check/exposes/half", -3.0, 7.0, stand_ins=_wrong(lambda x, theta: x / 2), rtol=1e-6, reason=NOISE
    ),
    _check(
        "check/exposes/theta",
        2.0,
        5.0,
        1e-5,
        stand_ins=_wrong(lambda x, theta: theta),
        rtol=1e-6,
        reason=NOISE,
    ),
    _check("check/rounding/default epsilon", 2.0, 2.0**30),
    _check("check/rounding/negative x", -4.0, 2.0**30, 0.42 * GAP),
    _check("check/rounding/larger epsilon", 2.0, 2.0**30, 0.6 * GAP),
    _check("check/verdict/right", 2.0, 4.0, say=True, atol=1e-8, reason=TINY),
    _check(
        "check/verdict/wrong",
        2.0,
        4.0,
        stand_ins=_wrong(lambda x, theta: -x),
        say=True,
        rtol=1e-6,
        reason=NOISE,
    ),
    _check(
        "check/verdict/just below",
        2.0,
        4.0,
        1e-3,
        stand_ins=_wrong(lambda x, theta: x * (1 + 3e-7)),
        say=True,
        rtol=1e-3,
        reason=NOISE,
    ),
    _check(
        "check/verdict/just above",
        2.0,
        4.0,
        1e-3,
        stand_ins=_wrong(lambda x, theta: x * (1 + 6e-7)),
        say=True,
        rtol=1e-3,
        reason=NOISE,
    ),
    Case(
        "forward_n/classic/one",
        "forward_propagation_n",
        lambda rng: list(draw_network(rng, (4, 5, 3, 1), 3)),
        51,
    ),
    Case(
        "forward_n/sizes/wide",
        "forward_propagation_n",
        lambda rng: list(draw_network(rng, (2, 6, 4, 1), 7)),
        52,
    ),
    # seed 95 gives outputs from 0.018 to 0.9984: a network that is sure of some examples
    Case(
        "forward_n/sizes/confident",
        "forward_propagation_n",
        lambda rng: list(draw_network(rng, (3, 5, 4, 1), 9)),
        95,
    ),
    Case(
        "backward_n/classic/one", "backward_propagation_n", lambda rng: draw_cache(rng, (4, 5, 3, 1), 3), 61
    ),
    Case("backward_n/sizes/wide", "backward_propagation_n", lambda rng: draw_cache(rng, (2, 6, 4, 1), 7), 62),
    Case(
        "backward_n/sizes/square", "backward_propagation_n", lambda rng: draw_cache(rng, (3, 3, 3, 1), 4), 63
    ),
    _check_n("check_n/wrong/both bugs", 71, (4, 5, 3, 1), 3, dW2=2.0, db1=4.0),
    _check_n("check_n/wrong/sign", 72, (4, 5, 3, 1), 3, dW3=-1.0),
    _check_n("check_n/wrong/last entry", 73, (4, 5, 3, 1), 3, db3=3.0),
    _check_n("check_n/right/classic sizes", 74, (4, 5, 3, 1), 3),
    _check_n("check_n/general/small network", 75, (2, 3, 2, 1), 6, dW1=0.5),
    _check_n("check_n/general/wide epsilon", 76, (3, 4, 2, 1), 5, epsilon=1e-2, rtol=1e-4, atol=1e-10),
    _check_n(
        "check_n/general/wide epsilon, wrong", 77, (3, 2, 4, 1), 5, epsilon=3e-2, dW2=1.5, rtol=1e-6, atol=0.0
    ),
    _check_n("check_n/general/stated epsilon", 80, (3, 4, 2, 1), 5, epsilon=1e-4, rtol=1e-2, atol=0.0),
    _check_n(
        "check_n/verdict/just below",
        79,
        (3, 4, 2, 1),
        5,
        epsilon=1e-6,
        say=True,
        rtol=0.1,
        atol=0.0,
        dW1=1 + 6.9e-7,
    ),
    _check_n(
        "check_n/verdict/just above",
        79,
        (3, 4, 2, 1),
        5,
        epsilon=1e-6,
        say=True,
        rtol=0.1,
        atol=0.0,
        dW1=1 + 1.38e-6,
    ),
    _check_n("check_n/verdict/right", 78, (3, 4, 2, 1), 5, epsilon=1e-6, say=True),
    _check_n("check_n/verdict/wrong", 79, (3, 4, 2, 1), 5, epsilon=1e-6, say=True, dW1=1.1),
]
