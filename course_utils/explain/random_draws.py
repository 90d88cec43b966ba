"""Recognise random numbers: of which seed they are, and how they were drawn."""

import functools
from typing import Any, NamedTuple

import numpy as np

SEEDS = (*range(11), 42, 123, 1234)  # what people take for a seed
DRAWS = {
    "normal": lambda rng, shape: rng.randn(*shape),
    "uniform": lambda rng, shape: rng.rand(*shape),
    "transposed": lambda rng, shape: rng.randn(*shape[::-1]).T,
}
FEWEST, MOST = 3, 10_000  # numbers in an array: fewer prove nothing, more take too long
SAME_DIRECTION = 1 - 1e-9  # cosine between an array and the draws that it is proportional to


class Draws(NamedTuple):
    """kind: a key of DRAWS; seed: one of SEEDS"""

    kind: str
    seed: int


class OtherDraws(NamedTuple):
    """How draws differ from the expected ones: their kind and their seed, None where it is right"""

    kind: str | None
    seed: int | None


def other_draws(actual: Any, expected: Any) -> OtherDraws | None:
    """How the random numbers differ from the expected ones; None where either are not recognised.

    Recognised up to a factor, when they are the first ones drawn after a seed.
    """
    theirs = _recognise(expected)
    mine = _recognise(actual) if theirs else None
    if mine is None or theirs is None or theirs == mine:
        return None
    return OtherDraws(
        kind=mine.kind if mine.kind != theirs.kind else None,
        seed=mine.seed if mine.seed != theirs.seed else None,
    )


def _recognise(array: Any) -> Draws | None:
    """The draws that an array is proportional to."""
    array = np.asarray(array, dtype=float)
    if array.ndim != 2 or not FEWEST <= array.size <= MOST:
        return None
    if not np.isfinite(array).all() or not array.any():
        return None
    draws, directions = _directions(array.shape)
    cosines = np.abs(directions @ array.ravel()) / np.linalg.norm(array)
    best = int(np.argmax(cosines))
    return draws[best] if cosines[best] > SAME_DIRECTION else None


@functools.lru_cache(maxsize=64)
def _directions(shape: tuple[int, int]) -> tuple[list[Draws], np.ndarray]:
    """All known draws of this shape, and each as a row of length 1."""
    draws = [Draws(kind, seed) for seed in SEEDS for kind in DRAWS]
    rng, rows = np.random.RandomState(0), []
    for kind, seed in draws:
        rng.seed(seed)  # making another one would take a hundred times as long
        rows.append(DRAWS[kind](rng, shape).ravel())
    return draws, np.array([row / np.linalg.norm(row) for row in rows])
