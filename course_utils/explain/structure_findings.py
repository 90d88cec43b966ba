"""Findings on the form of a result: type, keys, length, shape, dtype, NaN."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.explain.compare import Difference, describe, first_difference
from course_utils.explain.components import components_of, origins
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.messages.exercise_messages import ExerciseMessages
from course_utils.messages.finding_messages import (
    KEYS_EXTRA,
    KEYS_MISSING,
    NOT_FINITE,
    OTHER_TYPE,
    RESULT,
    SHAPE_FLAT,
    SHAPE_LARGER,
    SHAPE_REORDERED,
    SHAPE_SMALLER,
    SHAPE_TRANSPOSED,
    WRONG_DTYPE,
    WRONG_TYPE,
    is_or_are,
)
from course_utils.messages.wording import sentence, series

OF_CONTAINERS = ("type", "keys", "length")
KINDS = (*OF_CONTAINERS, "shape", "dtype", "finite")  # of a `Difference` in form
MOST_EXTRA_KEYS, LONGEST_KEY = 6, 20  # shown of what a student's dictionary has too many


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
        found = OTHER_TYPE.format(actual=difference.actual)
    else:
        return _part_findings(shown, messages)
    expected, actual = difference.expected, difference.actual
    kind = difference.kind
    return [finding_on(shown, kind, messages, found=found, expected=expected, actual=actual)]


def describe_structure(value: Any) -> str:
    """As `describe`, without values: for results that are not public."""
    return "a number" if isinstance(value, (int, float, np.number)) else describe(value)


def _is_in_a_part(observation: Observation, difference: Difference) -> bool:
    """Whether the containers are as expected, so that parts can be compared one by one."""
    actual, expected = observation.actual.result, observation.expected.result
    return bool(difference.where) and len(components_of(actual)) == len(components_of(expected))


def _describe_keys(observation: Observation) -> str:
    actual, expected = list(observation.actual.result), list(observation.expected.result)
    missing = [str(key) for key in expected if key not in actual]
    extra = [str(key)[:LONGEST_KEY] for key in actual if key not in expected][:MOST_EXTRA_KEYS]
    clauses = []
    if missing:
        clauses.append(KEYS_MISSING.format(names=series(missing), are=is_or_are(len(missing))))
    if extra and not observation.tolerance.extra_keys:
        clauses.append(KEYS_EXTRA.format(names=series(extra), are=is_or_are(len(extra))))
    return sentence(" and ".join(clauses))


def _part_findings(observation: Observation, messages: ExerciseMessages) -> list[Finding]:
    """One finding for each way in which parts have a wrong form."""
    return [
        _part_finding(observation, kind, way, differences, messages)
        for (kind, way), differences in _differences_by_way(observation).items()
    ]


def _part_finding(
    observation: Observation,
    kind: str,
    way: str,
    differences: dict[str, Difference],
    messages: ExerciseMessages,
) -> Finding:
    """differences: by part, at least one"""
    parts = origins(differences) if kind == "finite" else list(differences)
    difference, label = differences[parts[0]], f"{parts[0]}: " if parts[0] else ""
    return finding_on(
        observation,
        kind,
        messages,
        found=sentence(f"{series(parts) or RESULT} {way}"),
        expected=label + difference.expected,
        actual=label + difference.actual,
    )


def _differences_by_way(observation: Observation) -> dict[tuple[str, str], dict[str, Difference]]:
    """{(kind, way in words): {part: its difference in form}}"""
    names = observation.signature.component_names
    actual = components_of(observation.actual.result, names)
    by_way: dict[tuple[str, str], dict[str, Difference]] = {}
    for name, expected in components_of(observation.expected.result, names).items():
        difference = first_difference(actual.get(name), expected)
        # a difference in values follows from those in form
        if difference is not None and difference.kind in KINDS:
            way = _describe_way(actual.get(name), expected, difference.kind)
            by_way.setdefault((difference.kind, way), {})[name] = difference
    return by_way


def _describe_way(actual: Any, expected: Any, kind: str) -> str:
    """In which way the form of a part is wrong."""
    if kind == "finite":
        return NOT_FINITE
    if kind == "dtype":
        return WRONG_DTYPE.format(dtype=np.asarray(actual).dtype)
    if kind != "shape":
        return WRONG_TYPE.format(actual=describe(actual))
    if actual.shape == expected.shape[::-1]:
        return SHAPE_TRANSPOSED
    if actual.size == expected.size and actual.ndim < expected.ndim:
        return SHAPE_FLAT
    if actual.size == expected.size:
        return SHAPE_REORDERED
    return SHAPE_SMALLER if actual.size < expected.size else SHAPE_LARGER
