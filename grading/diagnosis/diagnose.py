"""From a student's function to findings in words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from course_utils.assignments import EXERCISES
from course_utils.check.visible_check import (
    ingredients_of,
    messages_of,
    public_components,
    quantities_of,
)
from course_utils.explain.call import Call
from course_utils.explain.diagnose_outcomes import diagnose_outcomes
from course_utils.explain.finding import Finding
from course_utils.explain.observation import Observation
from course_utils.messages.exercise_messages import ExerciseMessages
from grading.diagnosis.catalogue import Version
from grading.diagnosis.match_mistakes import MistakeMatcher
from grading.diagnosis.probes import Probe

MOST = 3  # findings on one function


def diagnose(function: Callable, suspects: MistakeMatcher) -> list[Finding]:
    """Findings on a function that lost marks, the most fundamental first; none where nothing wrong is seen.

    function: the student's, or what stands for it in the test process
    """
    calls: list[Call] = []
    for probe in suspects.probes:
        calls.append(probe.ask(function))
        if calls[-1].stopped or calls[-1].todo:  # asking again would take as long, and say no more
            break
    tries = [_try(*entry) for entry in zip(suspects.probes, calls, suspects.wanted())]
    words = messages_of(suspects.function)
    seen = diagnose_outcomes(tries, words)
    known = suspects.name(calls) if seen and len(calls) == len(suspects.probes) else ()
    return ([_named(mistake, seen, at, words) for at, mistake in enumerate(known)] or seen)[:MOST]


def _try(probe: Probe, got: Call, wanted: Call) -> Observation:
    check = EXERCISES[probe.function]
    return Observation(
        probe.tried, got, wanted, probe.public, _known(probe, wanted), check.names, check.takes,
        probe.rtol, probe.atol, check.extra_keys, public_components(probe.function) if probe.public else (),
        ingredients_of(probe.function, probe.arguments()), check.watched,
    )  # fmt: skip


def _known(probe: Probe, wanted: Call) -> dict[str, Any]:
    return quantities_of(probe.function, probe.arguments(), probe.keywords, wanted.result)


def _named(mistake: Version, seen: list[Finding], at: int, words: ExerciseMessages) -> Finding:
    """A known mistake, shown on what was seen."""
    shown = seen[min(at, len(seen) - 1)]
    return replace(
        shown, kind="mistake", found=mistake.found, question=mistake.question, example=words.example(mistake.example),
        idea=mistake.idea, title=mistake.title, topic=mistake.topic,
    )  # fmt: skip
