"""Hidden cases of the assignment on __NAME__."""

import numpy as np

from grading.assignments.case import Case, Inputs

FUNCTION = "__FUNCTION__"
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


CASES = [
    Case(f"{FUNCTION}/values/classic", FUNCTION, _scores(3, 5), seed=1),
    Case(f"{FUNCTION}/values/wide", FUNCTION, _scores(3, 5, width=4.0), seed=2),
    Case(f"{FUNCTION}/values/negative", FUNCTION, _scores(4, 3, centre=-6.0), seed=3),
    Case(f"{FUNCTION}/values/equal", FUNCTION, _equal, seed=4, fresh_inputs=_other_equal),
    Case(f"{FUNCTION}/sizes/two classes", FUNCTION, _scores(2, 7), seed=5),
    Case(f"{FUNCTION}/sizes/many classes", FUNCTION, _scores(12, 4), seed=6),
    Case(f"{FUNCTION}/sizes/square", FUNCTION, _scores(4, 4), seed=7),
    Case(f"{FUNCTION}/sizes/one example", FUNCTION, _scores(5, 1), seed=8),
    Case(f"{FUNCTION}/large/far up", FUNCTION, _scores(3, 4, centre=1000.0), seed=9, reason=LARGE),
    Case(
        f"{FUNCTION}/large/far down", FUNCTION, _scores(3, 4, centre=-1000.0), seed=10, reason=LARGE
    ),
    Case(
        f"{FUNCTION}/large/one of each", FUNCTION, _scores(3, 4, width=800.0), seed=11, reason=LARGE
    ),
]
