"""Findings on values: the form is right, the numbers are not."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.explain.compare import describe
from course_utils.explain.components import components_of, origins
from course_utils.explain.conditions import condition
from course_utils.explain.explanation import Explanation, WrongComponent, explain_component
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.explain.relations import SAME, relations_between
from course_utils.explain.structure_findings import describe_structure
from course_utils.messages.exercise_messages import ExerciseMessages
from course_utils.messages.finding_messages import (
    ALL_OTHERS_RIGHT,
    EVERY_ENTRY,
    FOLLOWING_WRONG,
    OTHER_VALUES,
    OTHERS_RIGHT,
    RELATIONS,
    RESULT,
    SOMETIMES,
    TIMES,
    is_or_are,
)
from course_utils.messages.wording import sentence, series

FEW = 3  # so many right parts are named
DIGITS, MOST_ENTRIES = 8, 40  # of a public array that is shown

WrongParts = dict[str, list[WrongComponent]]


def value_findings(
    observations: Sequence[Observation], messages: ExerciseMessages
) -> list[Finding]:
    """One finding for each way in which parts are wrong that follow from no other wrong part."""
    right = [observation for observation in observations if not observation.difference]
    wrong_parts = _wrong_parts(
        observation for observation in observations if observation.difference
    )
    parts_by_explanation: dict[Explanation, list[str]] = {}
    for name in origins(wrong_parts):
        explanation = explain_component(wrong_parts[name])
        parts_by_explanation.setdefault(explanation, []).append(name)
    return [
        _finding(explanation, names, wrong_parts, right, messages)
        for explanation, names in parts_by_explanation.items()
    ]


def _wrong_parts(observations: Iterable[Observation]) -> WrongParts:
    """By part, one `WrongComponent` for every observation in which it is wrong."""
    found: WrongParts = {}
    for observation in observations:
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


def _finding(
    explanation: Explanation,
    names: list[str],
    wrong_parts: WrongParts,
    right: Sequence[Observation],
    messages: ExerciseMessages,
) -> Finding:
    wrongs = [wrong for name in names for wrong in wrong_parts[name]]
    observation = observation_to_show([wrong.observation for wrong in wrong_parts[names[0]]])
    shown = next(wrong for wrong in wrong_parts[names[0]] if wrong.observation is observation)
    where = condition(right, [wrong.observation for wrong in wrongs])
    where = where or _describe_rest(names, wrong_parts, observation)
    found = [_describe_relation(explanation, names, shown), where or (SOMETIMES if right else "")]
    expected, actual = _describe_values(shown)
    finding = finding_on(
        observation,
        "value",
        messages,
        found=" ".join(filter(None, found)),
        expected=expected,
        actual=actual,
        key=RELATIONS[explanation.relation][1],
    )
    return replace(finding, relation=explanation.relation, located=bool(where))


def _describe_relation(explanation: Explanation, names: list[str], shown: WrongComponent) -> str:
    template, _ = RELATIONS[explanation.relation]
    them = series(names) or RESULT
    is_many = np.size(shown.expected) > 1 or len(names) > 1
    it = EVERY_ENTRY.format(them=them) if is_many else them
    factor = explanation.factor
    if explanation.relation != "apart":  # whose template has a place for the bare factor
        factor = "" if factor == "1" else TIMES.format(factor=factor)
    return sentence(template.format(it=it, them=them, value=explanation.value, factor=factor))


def _describe_rest(names: list[str], wrong_parts: WrongParts, observation: Observation) -> str:
    """Which parts are right; "" where there are none."""
    expected = observation.expected.result
    parts = components_of(expected, observation.signature.component_names)
    right = [name for name in parts if name not in wrong_parts]
    if not right or names == [""]:
        return ""
    if len(right) <= FEW:
        return OTHERS_RIGHT.format(names=series(right), are=is_or_are(len(right)))
    is_followed = any(name not in names for name in wrong_parts)
    return FOLLOWING_WRONG if is_followed else ALL_OTHERS_RIGHT


def _describe_values(shown: WrongComponent) -> tuple[str, str]:
    """The expected and the actual values of a part; only their form where they are not public."""
    observation = shown.observation
    label = f"{shown.name}: " if shown.name else ""
    is_open = shown.name in observation.public_components
    expected = _print(shown.expected) if is_open else describe_structure(shown.expected)
    if observation.public:
        actual = _print(shown.actual)
    else:
        actual = OTHER_VALUES.format(form=describe_structure(shown.actual))
    return label + expected, label + actual


def _print(value: Any) -> str:
    if not np.ndim(value):
        return describe(value)
    array = np.array2string(np.asarray(value), precision=DIGITS, threshold=MOST_ENTRIES)
    return f"{describe(value)}:\n{array}"
