"""From a student's function to findings in words."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from course_utils.assignments import CHECKS
from course_utils.check.visible_check import around_of, known_of, open_parts, words_of
from course_utils.explain.call import Call
from course_utils.explain.diagnose_outcomes import observe
from course_utils.explain.finding import Finding
from course_utils.explain.observation import Try
from course_utils.messages.exercise_messages import Words
from grading.diagnosis.catalogue import Version
from grading.diagnosis.match_mistakes import Suspects
from grading.diagnosis.probes import Probe

MOST = 3  # findings on one function


def diagnose(function: Callable, suspects: Suspects) -> list[Finding]:
    """Findings on a function that lost marks, the most fundamental first; none where nothing wrong is seen.

    function: the student's, or what stands for it in the test process
    """
    calls: list[Call] = []
    for probe in suspects.probes:
        calls.append(probe.ask(function))
        if calls[-1].stopped or calls[-1].todo:  # asking again would take as long, and say no more
            break
    tries = [_try(*entry) for entry in zip(suspects.probes, calls, suspects.wanted())]
    words = words_of(suspects.function)
    seen = observe(tries, words)
    known = suspects.name(calls) if seen and len(calls) == len(suspects.probes) else ()
    return ([_named(mistake, seen, at, words) for at, mistake in enumerate(known)] or seen)[:MOST]


def _try(probe: Probe, got: Call, wanted: Call) -> Try:
    check = CHECKS[probe.function]
    return Try(
        probe.tried, got, wanted, probe.public, _known(probe, wanted), check.names, check.takes,
        probe.rtol, probe.atol, check.extra_keys, open_parts(probe.function) if probe.public else (),
        around_of(probe.function, probe.arguments()), check.watched,
    )  # fmt: skip


def _known(probe: Probe, wanted: Call) -> dict[str, Any]:
    return known_of(probe.function, probe.arguments(), probe.keywords, wanted.result)


def _named(mistake: Version, seen: list[Finding], at: int, words: Words) -> Finding:
    """A known mistake, shown on what was seen."""
    shown = seen[min(at, len(seen) - 1)]
    return replace(
        shown, kind="mistake", found=mistake.found, question=mistake.question, example=words.example(mistake.example),
        idea=mistake.idea, title=mistake.title, topic=mistake.topic,
    )  # fmt: skip
