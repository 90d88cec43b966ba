"""Hidden cases of the assignment on initialization."""

from functools import partial

import numpy as np

from grading.assignments.case import Case

SHALLOW = {"classic": [3, 2, 1], "square": [3, 3, 3], "wide": [5, 8, 2]}
DEEP = {"one layer": [4, 3], "four layers": [2, 10, 5, 3, 1], "six layers": [6, 5, 4, 3, 2, 4, 1]}
LISTED = [*SHALLOW.values(), *DEEP.values()]


def _sizes(rng: np.random.RandomState, sizes: list[int]) -> list:
    return [list(sizes)]


def _other_sizes(rng: np.random.RandomState, depth: int) -> list:
    """As many layers, of 2 to 9 units, no two of the same size; none of the listed ones, which may have leaked."""
    while (sizes := (2 + rng.permutation(8)[:depth]).tolist()) in LISTED:
        pass
    return [sizes]


CASES = [
    Case(
        f"{short}/{depth}/{which}",
        f"initialize_parameters_{short}",
        partial(_sizes, sizes=sizes),
        seed=0,
        fresh_inputs=partial(_other_sizes, depth=len(sizes)),
    )  # fmt: skip
    for short in ("zeros", "random", "he")
    for depth, group in (("shallow", SHALLOW), ("deep", DEEP))
    for which, sizes in group.items()
]

# Where known mistakes part ways, which the tests have no need to tell apart.
PROBES = [
    Case(
        f"probe/{short}/narrow",
        f"initialize_parameters_{short}",
        partial(_sizes, sizes=[3, 1, 2, 1]),
        seed=0,
    )
    for short in ("zeros", "random", "he")
]
