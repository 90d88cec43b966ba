"""Findings on calls that Python ended: the words come from the error itself."""

from collections.abc import Sequence
from dataclasses import replace

from course_utils.explain.errors import CallError
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.explain.structure_findings import describe_structure
from course_utils.messages import Message, Verbatim, Words, message
from course_utils.messages.exercise_messages import ExerciseMessages

LONGEST_ERROR = 300  # characters shown of what a student's function raised
# By an error's kind: the worked example that is about it.
EXAMPLES = {
    **dict.fromkeys(("call-shape", "call-sizes"), "example.sizes"),
    **dict.fromkeys(("product", "product-shapes"), "example.shapes"),
}

Observations = Sequence[Observation]


def error_finding(
    failed: Observations, answered: Observations, messages: ExerciseMessages
) -> Finding:
    """The finding on calls that raised an error. answered: those that raised none"""
    not_gradable = [observation for observation in failed if observation.actual.not_gradable]
    if not_gradable:
        found = [message("not_gradable.found")]
        return _finding(observation_to_show(not_gradable), "error", messages, found, key="type")
    shown = observation_to_show(failed)
    raised = shown.actual.raised or CallError(shown.actual.error)
    found = [raised.found]
    right = [observation for observation in answered if observation.difference is None]
    if right:
        other = observation_to_show(right).input_text
        found.append(message("error.right_elsewhere", input=other))
    return _in_words_of(raised, _finding(shown, "error", messages, found))


def stopped_finding(halted: Observations, messages: ExerciseMessages) -> Finding:
    """The finding on calls that came to no end."""
    shown = observation_to_show(halted)
    return _finding(shown, "stopped", messages, [message("stopped.found")])


def undefined_finding(
    observation: Observation, messages: ExerciseMessages, why: Words | CallError
) -> Finding:
    """The finding on a function that is not defined. why: what is there instead, or what failed"""
    raised = why if isinstance(why, CallError) else None
    finding = finding_on(
        observation,
        "undefined",
        messages,
        found=[*([raised.found] if raised else []), message("undefined.found")],
        expected=describe_structure(observation.expected.result),
        actual=_first_line(f"{why}"),
    )
    return _in_words_of(raised, finding) if raised else finding


def of_last_run(observation: Observation, messages: ExerciseMessages, raised: CallError) -> Finding:
    """The finding on a function whose newest version Python did not get. raised: by its cell"""
    found = [message("error.last_run"), raised.found]
    finding = _finding(observation, "undefined", messages, found, actual=_first_line(f"{raised}"))
    return _in_words_of(raised, finding)


def comparable(observations: Observations) -> list[Observation]:
    """Those that say something of the function beyond the arguments that it does not take."""
    return [
        observation
        for observation in observations
        if not observation.actual.refused or observation.actual.raised != observation.actual.refusal
    ]


def forgiving_flags(observations: Observations) -> list[Observation]:
    """The observations, all with a verdict just where one is wanted if the function lacks a flag.

    Without `print_msg` it cannot know whether to print one.
    """
    refused = {name for each in observations for name in each.actual.refused}
    if all(name in each.signature.defaults for each in observations for name in refused):
        return list(observations)
    return [
        each
        if each.actual.verdict and each.expected.verdict
        else replace(each, actual=replace(each.actual, verdict=each.expected.verdict))
        for each in observations
    ]


def with_refusal(
    findings: list[Finding], observations: Observations, messages: ExerciseMessages
) -> list[Finding]:
    """The findings, the first of which also says which arguments the function does not take."""
    refused = [observation for observation in observations if observation.actual.refused]
    if not refused:
        return findings
    shown = observation_to_show(refused)
    refusal = shown.actual.refusal
    assert refusal is not None
    names = list(dict.fromkeys(name for each in refused for name in each.actual.refused))
    found = message("error.signature-unexpected.found", names=names)
    if not findings:
        is_right = any(each.difference is None for each in comparable(refused))
        besides = [message("error.signature.rest_right", names=names)] if is_right else []
        actual = _first_line(f"{refusal}")
        alone = _finding(shown, "error", messages, [found, *besides], actual=actual)
        return [_in_words_of(refusal, alone)]
    first, *rest = findings
    line = first.line or refusal.line
    return [replace(first, found=(found, *first.found), line=line), *rest]


def _first_line(error: str) -> Verbatim:
    """What is shown of an error: numpy may go on with advice for other versions."""
    return Verbatim(error.partition("\n")[0][:LONGEST_ERROR])


def _in_words_of(raised: CallError, finding: Finding) -> Finding:
    """The finding with the question, the line and the worked example that are about the error."""
    code = EXAMPLES.get(raised.kind)
    example = message(code) if code else None
    return replace(finding, question=raised.question, line=raised.line, example=example)


def _finding(
    observation: Observation,
    kind: str,
    messages: ExerciseMessages,
    found: Sequence[Message],
    *,
    key: str = "",
    actual: Words | None = None,
) -> Finding:
    """key: of question and example, if not the kind; actual: if not the call's error"""
    return finding_on(
        observation,
        kind,
        messages,
        found=found,
        expected=describe_structure(observation.expected.result),
        actual=actual or observation.actual.said or _first_line(observation.actual.error),
        key=key,
    )
