"""Hidden cases of the assignment on initialization."""

from functools import partial

import numpy as np

from course_utils.assignments.initialization.exercises import OTHER_LAYERS
from grading.assignments.case import Case

SHALLOW = {"classic": [3, 2, 1], "square": [3, 3, 3], "wide": [5, 8, 2]}
DEEP = {"one layer": [4, 3], "four layers": [2, 10, 5, 3, 1], "six layers": [6, 5, 4, 3, 2, 4, 1]}
SEEDED_SIZES = [*SHALLOW.values(), *DEEP.values()]
PUBLIC_SIZES = [example.arguments()[0] for example in OTHER_LAYERS]
METHODS = ("zeros", "random", "he")


def _fixed_sizes(rng: np.random.RandomState, sizes: list[int]) -> list:
    return [list(sizes)]


def _random_sizes(rng: np.random.RandomState, depth: int) -> list:
    """Sizes of `depth` layers, from 2 to 9 units, no two alike.

    They are none of the seeded ones, whose answers may have leaked, nor of the public ones.
    """
    while (sizes := (2 + rng.permutation(8)[:depth]).tolist()) in SEEDED_SIZES + PUBLIC_SIZES:
        pass
    return [sizes]


CASES = [
    Case(
        name=f"{method}/{depth}/{which}",
        function=f"initialize_parameters_{method}",
        inputs=partial(_fixed_sizes, sizes=sizes),
        seed=0,
        fresh_inputs=partial(_random_sizes, depth=len(sizes)),
    )
    for method in METHODS
    for depth, group in (("shallow", SHALLOW), ("deep", DEEP))
    for which, sizes in group.items()
]

# Here known mistakes differ from each other that no test needs to tell apart.
PROBES = [
    Case(
        name=f"probe/{method}/narrow",
        function=f"initialize_parameters_{method}",
        inputs=partial(_fixed_sizes, sizes=[3, 1, 2, 1]),
        seed=0,
    )
    for method in METHODS
]
