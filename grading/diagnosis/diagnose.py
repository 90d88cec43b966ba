"""From a student's function to findings in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from course_utils.check.exercise_observation import messages_of
from course_utils.explain import (
    Call,
    CallError,
    Finding,
    Observation,
    findings_from,
    forgiving_flags,
    independent,
    todo_finding,
    undefined_finding,
    with_refusal,
)
from course_utils.messages import Verbatim, Words
from course_utils.messages.exercise_messages import ExerciseMessages
from grading.diagnosis.catalogue import Version
from grading.diagnosis.match_mistakes import MistakeMatcher
from grading.diagnosis.probes import Probe

MOST_FINDINGS = 3  # on one function


def diagnose(function: Callable, matcher: MistakeMatcher) -> list[Finding]:
    """Findings on a function that lost marks, the most fundamental first; none where all is right.

    function: the student's, or what stands for it in the test process
    """
    calls = _call_on(matcher.probes, function)
    outcomes = zip(matcher.probes, calls, matcher.expected_calls())
    observed = [probe.observe(actual, expected) for probe, actual, expected in outcomes]
    observations = forgiving_flags(observed)
    messages = messages_of(matcher.function)
    findings = findings_from(observations, messages)
    if findings and len(calls) == len(matcher.probes):
        mistakes = matcher.match([observation.actual for observation in observations])
        findings = _name_mistakes(mistakes, findings, messages) or independent(findings)
    return with_refusal(findings, observations, messages)[:MOST_FINDINGS]


def not_begun(matcher: MistakeMatcher) -> Finding:
    """The finding on a function that is as it was released."""
    return todo_finding(_uncalled(matcher), messages_of(matcher.function))


def not_defined(matcher: MistakeMatcher, why: Words | CallError) -> Finding:
    """The finding on a function that is not there. why: the error, or what is there instead"""
    return undefined_finding(_uncalled(matcher), messages_of(matcher.function), why)


def _uncalled(matcher: MistakeMatcher) -> Observation:
    """The public example without a call of it."""
    outcomes = zip(matcher.probes, matcher.expected_calls())
    probe, expected = next(outcome for outcome in outcomes if outcome[0].public)
    return probe.observe(Call(), expected)


def _call_on(probes: Sequence[Probe], function: Callable) -> list[Call]:
    """The calls on the probes, up to the first one that shows that others would be in vain."""
    calls: list[Call] = []
    for probe in probes:
        calls.append(probe.call(function))
        # a further call would take as long, and say no more
        if calls[-1].stopped or calls[-1].todo:
            break
    return calls


def _name_mistakes(
    mistakes: Sequence[Version], findings: list[Finding], messages: ExerciseMessages
) -> list[Finding]:
    """The known mistakes, each shown on what was observed."""
    last = len(findings) - 1
    return [
        _name_mistake(mistake, findings[min(position, last)], messages)
        for position, mistake in enumerate(mistakes)
    ]


def _name_mistake(mistake: Version, finding: Finding, messages: ExerciseMessages) -> Finding:
    return replace(
        finding,
        kind="mistake",
        found=(Verbatim(mistake.found),),
        question=Verbatim(mistake.question),
        example=messages.example(mistake.example),
        idea=mistake.idea,
        title=mistake.title,
        topic=mistake.topic,
    )
