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
    first_difference,
    forgiving_flags,
    independent,
    is_misshapen,
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
    observations = forgiving_flags(_observe(matcher.probes, function, matcher.expected_calls))
    messages = messages_of(matcher.function)
    different = _without_repetition(observations)
    findings = findings_from(different, messages)
    if findings and len(observations) == len(matcher.probes):
        mistakes = matcher.match([observation.actual for observation in observations])
        if mistakes:
            findings = _name_mistakes(mistakes, findings, messages)
        else:
            if any(finding.may_be_chance for finding in findings):
                further = _values_on_further_inputs(function, matcher)
                findings = findings_from([*different, *further], messages)
            findings = independent(findings)
    return with_refusal(findings, observations, messages)[:MOST_FINDINGS]


def _without_repetition(observations: list[Observation]) -> list[Observation]:
    """Without the last, where it is the first over again: the same input proves nothing twice."""
    first, last = observations[0], observations[-1]
    is_repeated = last.input_text == first.input_text
    if is_repeated and not first_difference(last.actual.result, first.actual.result, rtol=0):
        return observations[:-1]
    return observations


def _values_on_further_inputs(function: Callable, matcher: MistakeMatcher) -> list[Observation]:
    """What is observed on further inputs, where the result has the right form."""
    observed = _observe(matcher.further_probes, function, matcher.expected_further)
    return [each for each in observed if not each.actual.error and not is_misshapen(each)]


def not_begun(matcher: MistakeMatcher) -> Finding:
    """The finding on a function that is as it was released."""
    return todo_finding(_uncalled(matcher), messages_of(matcher.function))


def not_defined(matcher: MistakeMatcher, why: Words | CallError) -> Finding:
    """The finding on a function that is not there. why: the error, or what is there instead"""
    return undefined_finding(_uncalled(matcher), messages_of(matcher.function), why)


def _uncalled(matcher: MistakeMatcher) -> Observation:
    """The public example without a call of it."""
    outcomes = zip(matcher.probes, matcher.expected_calls)
    probe, expected = next(outcome for outcome in outcomes if outcome[0].public)
    return probe.observe(Call(), expected)


def _observe(
    probes: Sequence[Probe], function: Callable, expected: Sequence[Call]
) -> list[Observation]:
    """What is observed, up to the first call that shows that others would be in vain."""
    observed: list[Observation] = []
    for probe, right in zip(probes, expected):
        observed.append(probe.observe(probe.call(function), right))
        # a further call would take as long, and say no more
        if observed[-1].actual.stopped or observed[-1].actual.todo:
            break
    return observed


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
