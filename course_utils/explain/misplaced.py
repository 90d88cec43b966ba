"""Results that hold the right parts in another order: a cache whose items have changed places."""

from collections.abc import Mapping, Sequence
from typing import Any

from course_utils.explain.compare import Tolerance, first_difference
from course_utils.explain.components import components_of
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.names import shown_names
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.messages import Verbatim, message
from course_utils.messages.exercise_messages import ExerciseMessages

Places = dict[str, str]  # by part, the part that stands in its place


def misplaced_finding(
    observations: Sequence[Observation], messages: ExerciseMessages
) -> list[Finding]:
    """The one finding on parts in another order, as a list.

    Empty where no part is misplaced, or where parts are wrong in another way too.
    """
    wrong = [observation for observation in observations if observation.difference]
    if not wrong or not all(map(_places, wrong)):
        return []
    shown = observation_to_show(wrong)
    places = _places(shown) or {}
    misplaced = [part for part, there in places.items() if there != part]
    return [
        finding_on(
            shown,
            "places",
            messages,
            found=[message("places.found", len(misplaced), names=shown_names(misplaced))],
            expected=Verbatim(", ".join(places)),
            actual=Verbatim(", ".join(places.values())),
        )
    ]


def _places(observation: Observation) -> Places | None:
    """Which part stands where; None unless these are the expected parts in another order."""
    results = observation.actual.result, observation.expected.result
    if not all(isinstance(result, (tuple, list)) for result in results):
        return None
    actual, expected = (
        components_of(result, observation.signature.component_names) for result in results
    )
    if actual.keys() != expected.keys():
        return None
    return _matched(actual, expected, observation.tolerance)


def _matched(
    actual: Mapping[str, Any], expected: Mapping[str, Any], tolerance: Tolerance
) -> Places | None:
    """The part in each place, each of them once; None where this cannot be, or none has moved."""

    def is_at(part: str, place: str) -> bool:
        difference = first_difference(
            actual[place], expected[part], rtol=tolerance.rtol, atol=tolerance.atol
        )
        return difference is None

    places = {place: place for place in expected if is_at(place, place)}
    moved = [part for part in expected if part not in places]
    for place in moved:
        left = (part for part in moved if part not in places.values())
        part = next((part for part in left if is_at(part, place)), None)
        if part is None:
            return None
        places[place] = part
    return {place: places[place] for place in expected} if moved else None
