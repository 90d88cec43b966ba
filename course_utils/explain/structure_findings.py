"""Findings on the form of a result: type, keys, length, shape, dtype, NaN."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.explain.compare import Difference, describe, first_difference
from course_utils.explain.components import components_of, origins
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.names import RESULT, shown_names
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.messages import Message, Verbatim, Words, message
from course_utils.messages.exercise_messages import ExerciseMessages

OF_CONTAINERS = ("type", "keys", "length")
KINDS = (*OF_CONTAINERS, "shape", "dtype", "finite")  # of a `Difference` in form
MOST_EXTRA_KEYS, LONGEST_KEY = 6, 20  # shown of what a student's dictionary has too many

Way = tuple[str, str]  # in which the form of a part is wrong: kind, and the code of its sentence


def structure_findings(
    observations: Sequence[Observation], messages: ExerciseMessages
) -> list[Finding]:
    """One finding for each way in which the form is wrong.

    observations: those whose results differ in form, at least one
    """
    shown = observation_to_show(observations)
    difference = shown.difference
    assert difference is not None
    if difference.kind == "keys":
        found = _describe_keys(shown)
    elif difference.kind in OF_CONTAINERS and not _is_in_a_part(shown, difference):
        found = [message("form.result", actual=difference.actual)]
    else:
        return _part_findings(shown, messages)
    expected, actual = difference.expected, difference.actual
    kind = difference.kind
    return [finding_on(shown, kind, messages, found=found, expected=expected, actual=actual)]


def describe_structure(value: Any) -> Words:
    """As `describe`, without values: for results that are not public."""
    is_number = isinstance(value, (int, float, np.number))
    return message("form.number") if is_number else describe(value)


def of_part(part: str, value: Words) -> Words:
    """The form or the values of a part, with its name before them; of the whole, without one."""
    return message("form.of_part", part=part, value=value) if part else value


def _is_in_a_part(observation: Observation, difference: Difference) -> bool:
    """Whether the containers are as expected, so that parts can be compared one by one."""
    actual, expected = observation.actual.result, observation.expected.result
    return bool(difference.where) and len(components_of(actual)) == len(components_of(expected))


def _describe_keys(observation: Observation) -> list[Message]:
    form, actual, expected = _dictionaries(observation)
    missing = [form.format(key) for key in expected if key not in actual]
    extra = [form.format(str(key)[:LONGEST_KEY]) for key in actual if key not in expected]
    extra = extra[:MOST_EXTRA_KEYS]
    found = []
    if missing:
        found.append(message("keys.missing", len(missing), names=missing))
    if extra and not observation.tolerance.extra_keys:
        found.append(message("keys.extra", len(extra), names=extra))
    return found


def _dictionaries(observation: Observation) -> tuple[str, dict, dict]:
    """The results, or the first items of them, that are dictionaries of different keys.

    -> the form of a part's name, such as 'v["{}"]', the actual and the expected dictionary
    """
    actual, expected = observation.actual.result, observation.expected.result
    if isinstance(expected, dict):
        return "{}", actual, expected
    names = observation.signature.component_names
    assert not callable(names)  # dictionaries in a result have names of their own
    return next(
        (f'{name}["{{}}"]', *pair)
        for name, *pair in zip(names, actual, expected)
        if all(isinstance(item, dict) for item in pair) and pair[0].keys() != pair[1].keys()
    )


def _part_findings(observation: Observation, messages: ExerciseMessages) -> list[Finding]:
    """One finding for each way in which parts have a wrong form that follow from no other one."""
    by_way = _differences_by_way(observation)
    told = origins(part for differences in by_way.values() for part in differences)
    return [
        _part_finding(observation, messages, way=way, parts=parts, difference=differences[parts[0]])
        for way, differences in by_way.items()
        if (parts := [part for part in differences if part in told])
    ]


def _part_finding(
    observation: Observation,
    messages: ExerciseMessages,
    *,
    way: Way,
    parts: list[str],
    difference: Difference,
) -> Finding:
    """difference: of the first part"""
    kind, code = way
    expected, actual = difference.expected, difference.actual
    if actual == describe(None):
        actual = Verbatim("None")  # of a part it says nothing of the function's `return`
    code = f"{code}.result" if parts == [RESULT] else code
    names = shown_names(parts)
    found = message(code, len(parts), names=names, actual=actual, expected=expected)
    finding = finding_on(
        observation,
        kind,
        messages,
        found=[found],
        expected=of_part(parts[0], expected),
        actual=of_part(parts[0], actual),
        key="part_type" if kind == "type" else kind,
    )
    return replace(finding, parts=tuple(parts))


def _differences_by_way(observation: Observation) -> dict[Way, dict[str, Difference]]:
    """{way: {part: its difference in form}}"""
    names = observation.signature.component_names
    actual = components_of(observation.actual.result, names)
    by_way: dict[Way, dict[str, Difference]] = {}
    for name, expected in components_of(observation.expected.result, names).items():
        difference = first_difference(actual.get(name), expected)
        # a difference in values follows from those in form
        if difference is not None and difference.kind in KINDS:
            code = _code_of_way(actual.get(name), expected, difference.kind)
            by_way.setdefault((difference.kind, code), {})[name] = difference
    return by_way


def _code_of_way(actual: Any, expected: Any, kind: str) -> str:
    """The code of the sentence on the form of a part."""
    if kind == "shape":
        return _code_of_shape(actual, expected)
    if kind != "type" or not isinstance(expected, np.ndarray):
        return f"parts.{kind}"
    if isinstance(actual, (list, tuple)):
        return "parts.type.list"
    is_number = isinstance(actual, (int, float, np.number)) and not isinstance(actual, bool)
    return "parts.type.number" if is_number else "parts.type"


def _code_of_shape(actual: np.ndarray, expected: np.ndarray) -> str:
    if actual.shape == expected.shape[::-1]:
        return "parts.shape.transposed"
    if actual.size == expected.size and actual.ndim < expected.ndim:
        return "parts.shape.flat"
    if actual.size == expected.size:
        return "parts.shape.other"
    return "parts.shape.smaller" if actual.size < expected.size else "parts.shape.larger"
