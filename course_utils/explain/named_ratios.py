"""Give a factor its name in symbols, the same in every language: "2", "1/m", "keep_prob²"."""

import functools
from collections.abc import Sequence

import numpy as np

from course_utils.explain.observation import Observation

CONSTANTS = {
    "1": 1.0,
    "-1": -1.0,
    "2": 2.0,
    "1/2": 0.5,
    "3": 3.0,
    "4": 4.0,
    "1/4": 0.25,
    "10": 10.0,
    "1/10": 0.1,
    "100": 100.0,
    "1/100": 0.01,
    "1/1000": 0.001,
    "√2": 2**0.5,
    "1/√2": 0.5**0.5,
    "-2": -2.0,
    "-1/2": -0.5,
}
RATIO_RTOL = 1e-6  # of a measured factor from the number that gives it its name

Named = tuple[tuple[str, float], ...]


def name_ratio(factors: Sequence[float], observations: Sequence[Observation]) -> str:
    """The one name that fits a factor in every observation; "" where none or several do.

    factors: a number for each observation. A plain number goes before a quantity that happens to
    equal it.
    """
    named = [
        _candidates(_symbols(observation), tuple(observation.ratios.items()))
        for observation in observations
    ]
    fitting = [
        name
        for name in named[0]
        if all(_fits(factor, values.get(name)) for factor, values in zip(factors, named))
    ]
    plain = [name for name in fitting if name in CONSTANTS]
    best = plain or fitting
    return best[0] if len(best) == 1 else ""


def may_have_name(factors: np.ndarray, observation: Observation) -> np.ndarray:
    """For each of many factors in one observation, whether any name fits it."""
    named = _candidates(_symbols(observation), tuple(observation.ratios.items()))
    values = np.sort(list(named.values()))
    at = np.clip(np.searchsorted(values, factors), 1, len(values) - 1)
    near = np.stack([values[at - 1], values[at]])  # the nearest below and above
    return (np.abs(factors - near) <= 2 * RATIO_RTOL * np.abs(near)).any(axis=0)


def _symbols(observation: Observation) -> Named:
    """The quantities that stand in formulas, zero left out: m, but not "the number of layers"."""
    quantities = observation.quantities.items()
    return tuple(
        (name, float(value)) for name, value in quantities if name.isidentifier() and value
    )


@functools.lru_cache(maxsize=256)
def _candidates(symbols: Named, ratios: Named) -> dict[str, float]:
    """Factors by name: constants, simple terms in each symbol, and the exercise's own ratios."""
    named = dict(CONSTANTS)
    for name, value in symbols:
        named |= {
            name: value,
            f"1/{name}": 1 / value,
            f"-{name}": -value,
            f"-1/{name}": -1 / value,
            f"{name}²": value**2,
            f"1/{name}²": value**-2,
            f"2{name}": 2 * value,
            f"1/(2{name})": 0.5 / value,
        }
    return named | dict(ratios)


def _fits(factor: float, value: float | None) -> bool:
    return value is not None and abs(factor - value) <= RATIO_RTOL * abs(value)
