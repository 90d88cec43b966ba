"""Run the visible check of an exercise and say, in this order: input, expected, got, what was
found, a question.
"""

from dataclasses import replace

from course_utils.check import card
from course_utils.check.exercise_observation import messages_of, observe_example, try_example
from course_utils.check.fingerprint_table import recognise_mistake
from course_utils.check.public_examples import (
    calls_of,
    count_checked,
    findings_on_example,
    observe_calls,
    observe_checked,
)
from course_utils.check.which_exercise import NOTHING, name_of_exercise, what_to_type
from course_utils.explain import (
    Call,
    error_of_last_run,
    findings_from,
    forgiving_flags,
    independent,
    of_last_run,
    with_refusal,
)
from course_utils.messages import Verbatim, message


class CheckFailed(AssertionError):
    """A visible check that did not pass; Jupyter shows its message without a traceback."""

    def _render_traceback_(self):
        return str(self).split("\n")


def check(function=NOTHING):
    """Try the student's function on the public example of its exercise.

    Prints one line when it passes and raises `CheckFailed` with a question when it does not.
    """
    name = name_of_exercise(function)
    if not name:
        raise CheckFailed(f"{what_to_type('check', function)}")
    findings = _findings_on_last_run(function, name)
    if not findings:
        observations = _observe(function, name)
        if _is_graded(function) and (wrong := _what_is_wrong(observations)):
            # In place of this the grader tells what it finds out, on all its inputs.
            raise CheckFailed(f"{message('check.not_passed', function=name, found=wrong)}")
        findings = _findings_from(observations, function, name)
    if not findings:
        card.show(card.passed(name, count_checked(name), message(f"{name}.hidden_tests")))
        return
    # The error says all that the card says, but for the worked example.
    card.show(card.failed(name, findings[0], len(findings) - 1), otherwise=lambda example: None)
    raise CheckFailed(findings[0].as_text(name, len(findings) - 1))


def check_findings(function, name):
    """The `Finding`s of the check of the exercise `name`; an empty list when it passes."""
    return _findings_from(_observe(function, name), function, name)


def _is_graded(function):
    """Whether it lives in a process of its own, as for the grader."""
    return hasattr(function, "using_stubs")


def _observe(function, name):
    """What is observed on the public example, and on those that the check tries besides."""
    observation = observe_example(name, try_example(function, name))
    checked = [] if observation.actual.error else observe_checked(function, name)
    return forgiving_flags([observation, *checked])


def _what_is_wrong(observations):
    """The first error or difference in words; None where there is none."""
    for each in observations:
        if each.actual.error:
            return Verbatim(each.actual.error)
        if each.difference:
            return each.difference.as_message()
    return None


def _findings_from(observations, function, name):
    """The `Finding`s on what was observed; of a function in a notebook, on more examples."""
    messages, (observation, *_) = messages_of(name), observations
    findings = findings_from(observations, messages)
    if (findings or observation.actual.refused) and not _is_graded(function):
        is_begun = not observation.actual.todo
        calls = calls_of(function, name) if is_begun else [observation.actual]
        observations = forgiving_flags(observe_calls(name, calls)) or observations
        findings = findings_on_example(observations, messages) or findings
        actual = [each.actual for each in observations]
        mistake = findings and is_begun and recognise_mistake(name, actual)
        findings = [_name_mistake(findings[0], mistake, messages)] if mistake else findings
    return with_refusal(independent(findings), observations, messages)


def _findings_on_last_run(function, name):
    """The finding that the cell with the newest version failed; none where the function is new."""
    raised = error_of_last_run(function)
    if not raised:
        return []
    return [of_last_run(observe_example(name, Call()), messages_of(name), raised)]


def _name_mistake(finding, mistake, messages):
    """The finding, with the words of a known mistake in place of what was observed."""
    return replace(
        finding,
        kind="mistake",
        found=(Verbatim(mistake["found"]),),
        question=Verbatim(mistake["question"]),
        example=messages.example(mistake["example"]),
    )
