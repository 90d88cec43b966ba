"""Findings on values: the form is right, the numbers are not."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from course_utils.explain.compare import describe
from course_utils.explain.components import components_of, follows
from course_utils.explain.conditions import condition
from course_utils.explain.explanation import PLAIN, Explanation, WrongComponent
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.names import RESULT, shown_names
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.explain.perturbations import perturbation_code
from course_utils.explain.relation_sentences import question_key, sentences_on
from course_utils.explain.structure_findings import describe_structure, of_part
from course_utils.explain.wrong_parts import WrongParts, explanations_of, wrong_parts_in
from course_utils.messages import Message, Verbatim, Words, message
from course_utils.messages.exercise_messages import ExerciseMessages

FEW = 3  # so many right parts are named
DIGITS, MOST_ENTRIES = 8, 40  # of a public array that is shown


def value_findings(
    observations: Sequence[Observation], messages: ExerciseMessages
) -> list[Finding]:
    """One finding for each way in which parts are wrong that follow from no other wrong part."""
    right = [observation for observation in observations if not observation.difference]
    wrong_parts = wrong_parts_in(observations)
    names_by_explanation: dict[Explanation, list[str]] = {}
    for name, explanation in explanations_of(wrong_parts).items():
        names_by_explanation.setdefault(explanation, []).append(name)
    telling_first = sorted(names_by_explanation.items(), key=lambda item: item[0] == PLAIN)
    return [
        _finding(explanation, names, wrong_parts, right, messages)
        for explanation, names in telling_first
    ]


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
    is_array = any(np.size(wrong.expected) > 1 for wrong in wrongs)
    found = sentences_on(explanation, _wrong_in(observation, names, wrong_parts), is_array)
    if where or right:
        found.append(where or message("condition.sometimes"))
    expected, actual = _describe_values(shown)
    finding = finding_on(
        observation,
        "value",
        messages,
        found=found,
        expected=expected,
        actual=actual,
        key=_question_key(explanation, observation),
    )
    return replace(finding, parts=tuple(names), relation=explanation.relation, located=bool(where))


def _wrong_in(observation: Observation, names: list[str], wrong_parts: WrongParts) -> list[str]:
    """Those of the wrong parts that are wrong in this observation; another may have more layers."""
    return [
        name
        for name in names
        if any(wrong.observation is observation for wrong in wrong_parts[name])
    ]


def _question_key(explanation: Explanation, observation: Observation) -> str:
    """The key of the question; where a gradient check measures at the right points, its formula."""
    key, is_measured = question_key(explanation), observation.actual.watched_calls is not None
    is_wrong_elsewhere = is_measured and not perturbation_code(observation)
    return "formula" if is_wrong_elsewhere and key == "value" else key


def _describe_rest(
    names: list[str], wrong_parts: WrongParts, observation: Observation
) -> Message | None:
    """Which other parts are right or wrong; None where there are none."""
    expected = observation.expected.result
    parts = components_of(expected, observation.signature.component_names)
    right = [name for name in parts if name not in wrong_parts]
    if not right or names == [RESULT]:
        return None
    if len(right) <= FEW:
        return message("rest.right", len(right), names=shown_names(right))
    others = [name for name in wrong_parts if name not in names]
    apart = [name for name in others if not any(follows(name, origin) for origin in names)]
    if apart:
        return message("rest.other_wrong", len(apart), names=shown_names(apart))
    if not others:
        return message("rest.all_right")
    return message("rest.follows", len(_wrong_in(observation, names, wrong_parts)))


def _describe_values(shown: WrongComponent) -> tuple[Words, Words]:
    """The expected and the actual values of a part; only their form where they are not public."""
    observation = shown.observation
    is_open = shown.name in observation.public_components
    expected = _print(shown.expected) if is_open else describe_structure(shown.expected)
    if observation.public:
        actual = _print(shown.actual)
    else:
        actual = message("form.hidden_values", form=describe_structure(shown.actual))
    return of_part(shown.name, expected), of_part(shown.name, actual)


def _print(value: Any) -> Words:
    if not np.ndim(value):
        return describe(value)
    array = np.array2string(np.asarray(value), precision=DIGITS, threshold=MOST_ENTRIES)
    return message("form.printed", form=describe(value), numbers=Verbatim(array))
