"""Findings on a wrong function from its calls alone, without knowing the mistake."""

from collections.abc import Callable, Sequence

from course_utils.explain.error_findings import comparable, error_finding, stopped_finding
from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.misplaced import misplaced_finding
from course_utils.explain.observation import Observation, observation_to_show
from course_utils.explain.perturbations import perturbation_finding
from course_utils.explain.structure_findings import KINDS, describe_structure, structure_findings
from course_utils.explain.value_findings import value_findings
from course_utils.messages import message
from course_utils.messages.exercise_messages import ExerciseMessages

LONGEST_PRINTED = 120  # characters shown of what a student's function gave

Observations = Sequence[Observation]


def findings_from(observations: Observations, messages: ExerciseMessages) -> list[Finding]:
    """Findings from calls of one function, the most fundamental first; none where all are right.

    messages: the questions and worked examples of the exercise
    """
    if not (observations := comparable(observations)):
        return []
    failed = [observation for observation in observations if observation.actual.error]
    if any(observation.actual.todo for observation in failed):
        return [_todo(observations, messages)]
    if halted := [observation for observation in failed if observation.actual.stopped]:
        return [stopped_finding(halted, messages)]
    answered = [observation for observation in observations if not observation.actual.error]
    answered = _without_overflow(answered)
    if failed:
        findings = [error_finding(failed, answered, messages)]
    elif misplaced := misplaced_finding(answered, messages):
        findings = misplaced
    elif misshapen := [observation for observation in answered if is_misshapen(observation)]:
        findings = structure_findings(misshapen, messages)
    else:
        findings = value_findings(answered, messages)
    if findings:
        findings = [*perturbation_finding(answered, messages), *findings]
    return [*findings, *_behaviour_findings(answered, messages)]


def todo_finding(observation: Observation, messages: ExerciseMessages) -> Finding:
    """The finding on an exercise that is not yet begun."""
    expected = describe_structure(observation.expected.result)
    return finding_on(
        observation,
        "todo",
        messages,
        found=[message("todo.found")],
        expected=expected,
        actual=message("todo.got"),
    )


def is_misshapen(observation: Observation) -> bool:
    """Whether the result has another form than the expected one, whatever its values."""
    difference = observation.difference
    return difference is not None and difference.kind in KINDS


def _without_overflow(answered: list[Observation]) -> list[Observation]:
    """The results without NaN or infinity, where wrong numbers are among them.

    What makes these wrong may well be what overflows for other inputs, and says more.
    """
    finite = [
        each for each in answered if not (each.difference and each.difference.kind == "finite")
    ]
    return finite if any(each.difference for each in finite) else answered


def _todo(observations: Observations, messages: ExerciseMessages) -> Finding:
    return todo_finding(observation_to_show(observations), messages)


def _behaviour_findings(answered: Observations, messages: ExerciseMessages) -> list[Finding]:
    """Findings on what a call does besides returning a result."""
    findings = []
    for is_wrong, finding_of in BEHAVIOURS:
        wrong = [observation for observation in answered if is_wrong(observation)]
        if wrong:
            findings.append(finding_of(observation_to_show(wrong), messages))
    return findings


def _changed(observation: Observation, messages: ExerciseMessages) -> Finding:
    assert observation.actual.changed is not None
    position, where = observation.actual.changed
    names = observation.signature.argument_names
    name = names[position] if position < len(names) else f"argument {position + 1}"
    what = f"{name}[{where!r}]" if where and not where.startswith("result") else name
    return finding_on(
        observation,
        "changed",
        messages,
        found=[message("changed.found", what=what)],
        expected=message("changed.expected"),
        actual=message("changed.got", what=what),
    )


def _shared(observation: Observation, messages: ExerciseMessages) -> Finding:
    assert observation.actual.shared is not None
    part, other = observation.actual.shared
    return finding_on(
        observation,
        "shared",
        messages,
        found=[message("shared.found", part=part, other=other)],
        expected=message("shared.expected"),
        actual=message("shared.got", part=part, other=other),
    )


def _not_repeatable(observation: Observation, messages: ExerciseMessages) -> Finding:
    return finding_on(
        observation,
        "repeats",
        messages,
        found=[message("repeats.found")],
        expected=message("repeats.expected"),
        actual=message("repeats.got"),
    )


def _wrong_verdict(observation: Observation, messages: ExerciseMessages) -> Finding:
    expected = observation.expected.verdict if observation.public else "hidden"
    printed = observation.actual.printed.strip()[:LONGEST_PRINTED]
    got = message("verdict.got", printed=repr(printed)) if printed else None
    return finding_on(
        observation,
        "message",
        messages,
        found=[message("verdict.found")],
        expected=message(f"verdict.expected.{expected}"),
        actual=got or message("verdict.got.nothing"),
    )


Check = Callable[[Observation], bool]
FindingOf = Callable[[Observation, ExerciseMessages], Finding]

# What can be wrong with a call besides its result, and what is found then.
BEHAVIOURS: tuple[tuple[Check, FindingOf], ...] = (
    (lambda observation: bool(observation.actual.changed), _changed),
    (lambda observation: bool(observation.actual.shared), _shared),
    (lambda observation: not observation.actual.repeatable, _not_repeatable),
    (
        lambda observation: observation.actual.verdict != observation.expected.verdict,
        _wrong_verdict,
    ),
)
