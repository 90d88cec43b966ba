"""What a wrong part is made of: of which arrays, sums and products, and by what factor."""

from collections.abc import Sequence

import numpy as np

from course_utils.explain.candidates import Label, candidates_of, known_arrays
from course_utils.explain.components import components_of
from course_utils.explain.observation import Observation
from course_utils.explain.one_array import relations_with_one_array
from course_utils.explain.swaps import Swaps, swaps_between

Key = tuple[str, tuple[Label, ...]]  # relation, labels of the arrays


def compositions_of(
    observations: Sequence[Observation], part: str, named_only: bool = False
) -> dict[Key, list[float]]:
    """{(relation, labels): factors} of all that holds for a wrong part in every observation.

    The simplest comes first. The relations are: "holds", the part is an array times the factor;
    "term", it is off by that; "apart", all but a share of the array is off by the factor; "swap",
    it has one array, times the factor, in place of another.

    named_only: leave out swaps whose factor changes and has no name; single numbers have thousands
    """
    held: dict[tuple[str, Label], list[float]] = {}
    swaps: Swaps | None = None
    for observation in observations:
        actual, expected = values_of_part(observation, part)
        if actual.shape != expected.shape or not np.isfinite([actual, expected]).all():
            return {}
        only = None if swaps is None else {*swaps.labels, *(label for _, label in held)}
        candidates = candidates_of(known_arrays(observation, part), expected.shape, only)
        found = relations_with_one_array(actual, expected, candidates)
        held = {
            key: [*held.get(key, []), factor]
            for key, factor in found.items()
            if swaps is None or key in held
        }
        among = candidates if swaps is None else candidates.among(swaps.labels)
        found_swaps = swaps_between(actual - expected, among)
        swaps = swaps.with_next(found_swaps) if swaps else found_swaps
        if not held and not swaps.labels:
            return {}
    if swaps is None:
        return {}
    of_one = {(relation, (label,)): factors for (relation, label), factors in held.items()}
    return of_one | {
        ("swap", labels): each for labels, each in swaps.pairs(observations[0], named_only)
    }


def values_of_part(observation: Observation, part: str) -> tuple[np.ndarray, np.ndarray]:
    """The actual and the expected values of a part."""
    names = observation.signature.component_names
    results = (observation.actual.result, observation.expected.result)
    actual, expected = (components_of(result, names)[part] for result in results)
    return np.asarray(actual, dtype=float), np.asarray(expected, dtype=float)
