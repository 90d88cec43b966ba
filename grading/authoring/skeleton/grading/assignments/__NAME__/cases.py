"""Hidden cases of the assignment on __NAME__."""

from typing import Any

import numpy as np

from grading.assignments.case import Case, Inputs

FUNCTIONS = [
    # BEGIN EACH FUNCTION
    "__FUNCTION__",
    # END EACH FUNCTION
]
LARGE = (
    "the largest score is taken off first: "
    "scores of 1000 lose 3 of 16 digits, which leaves about 1e-13"
)


def _scores(classes: int, m: int, width: float = 1.0, centre: float = 0.0) -> Inputs:
    """Z of shape (classes, m): normal numbers around `centre`, of standard deviation `width`."""
    return lambda rng: [centre + width * rng.randn(classes, m)]


def _equal(rng: np.random.RandomState) -> list:
    return [np.zeros((4, 2))]


def _other_equal(rng: np.random.RandomState) -> list:
    """As `_equal`, with a random score: zeros would be the same for every submission."""
    return [np.full((4, 2), rng.uniform(-3, 3))]


def _cases(function: str) -> list[Case]:
    def case(name: str, inputs: Inputs, seed: int, **more: Any) -> Case:
        return Case(f"{function}/{name}", function, inputs, seed, **more)

    return [
        case("values/classic", _scores(3, 5), seed=1),
        case("values/wide", _scores(3, 5, width=4.0), seed=2),
        case("values/negative", _scores(4, 3, centre=-6.0), seed=3),
        case("values/equal", _equal, seed=4, fresh_inputs=_other_equal),
        case("sizes/two classes", _scores(2, 7), seed=5),
        case("sizes/many classes", _scores(12, 4), seed=6),
        case("sizes/square", _scores(4, 4), seed=7),
        case("sizes/one example", _scores(5, 1), seed=8),
        case("large/far up", _scores(3, 4, centre=1000.0), seed=9, reason=LARGE),
        case("large/far down", _scores(3, 4, centre=-1000.0), seed=10, reason=LARGE),
        case("large/one of each", _scores(3, 4, width=800.0), seed=11, reason=LARGE),
    ]


CASES = [case for function in FUNCTIONS for case in _cases(function)]
