"""Which parts of the results are wrong in several observations, and how each of them is."""

from collections.abc import Iterable

from course_utils.explain.components import components_of, origins
from course_utils.explain.explanation import (
    CHANGING_FACTOR,
    PLAIN,
    Explanation,
    WrongComponent,
    explain_component,
)
from course_utils.explain.observation import Observation
from course_utils.explain.relations import SAME, relations_between

WrongParts = dict[str, list[WrongComponent]]


def wrong_parts_in(observations: Iterable[Observation]) -> WrongParts:
    """By part, one `WrongComponent` for every observation in which it is wrong."""
    found: WrongParts = {}
    for observation in observations:
        if not observation.difference:
            continue
        names, tolerance = observation.signature.component_names, observation.tolerance
        actual = components_of(observation.actual.result, names)
        for name, value in components_of(observation.expected.result, names).items():
            relations = {}
            if name in actual:
                relations = relations_between(actual[name], value, tolerance.rtol, tolerance.atol)
            if relations != SAME:
                wrong = WrongComponent(observation, name, actual.get(name), value, relations)
                found.setdefault(name, []).append(wrong)
    return found


def explanations_of(wrong_parts: WrongParts) -> dict[str, Explanation]:
    """How each part is wrong that follows from no other wrong part.

    A factor that was seen only once in a part may be as changing as those of its sisters. Where
    these are not seen to change either, nothing is said of it.
    """
    explained = {name: explain_component(wrong_parts[name]) for name in origins(wrong_parts)}
    seen_once = {name for name in explained if len(wrong_parts[name]) == 1}
    changes = any(
        explanation == CHANGING_FACTOR and name not in seen_once
        for name, explanation in explained.items()
    )
    return {
        name: _of_one_observation(explanation, changes) if name in seen_once else explanation
        for name, explanation in explained.items()
    }


def _of_one_observation(explanation: Explanation, changes: bool) -> Explanation:
    """changes: whether the factor of another part is seen to change"""
    if changes and explanation.relation == "factor":
        return CHANGING_FACTOR
    return PLAIN if explanation == CHANGING_FACTOR else explanation
