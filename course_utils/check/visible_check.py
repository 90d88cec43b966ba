"""Run the visible check of an exercise and say, in this order: input, expected, got, what was
found, a question.
"""

from dataclasses import replace

from course_utils.assignments import EXERCISES
from course_utils.check import card
from course_utils.check.exercise_observation import messages_of, observe_example, try_example
from course_utils.check.fingerprint_table import recognise_mistake
from course_utils.check.public_examples import calls_of, observe_calls
from course_utils.explain import findings_from, independent, with_refusal
from course_utils.messages import Verbatim, message


class CheckFailed(AssertionError):
    """A visible check that did not pass; Jupyter shows its message without a traceback."""

    def _render_traceback_(self):
        return str(self).split("\n")


def check(function):
    """Try the student's function on the public example of its exercise.

    Prints one line when it passes and raises `CheckFailed` with a question when it does not.
    """
    name = _name_of(function)
    findings = check_findings(function, name)
    if not findings:
        card.show(card.passed(name, message(f"{name}.hidden_tests")))
        return
    # The error says all that the card says, but for the worked example.
    card.show(card.failed(name, findings[0], len(findings) - 1), otherwise=lambda example: None)
    raise CheckFailed(findings[0].as_text(name, len(findings) - 1))


def check_findings(function, name):
    """The `Finding`s of the check of the exercise `name`; an empty list when it passes."""
    messages = messages_of(name)
    observation = observe_example(name, try_example(function, name))
    findings = findings_from([observation], messages)
    # Of a function in a process of its own the grader finds out more, on all its inputs.
    being_graded = hasattr(function, "using_stubs")
    if findings and not being_graded:
        is_begun = findings[0].kind != "todo"
        calls = calls_of(function, name) if is_begun else [observation.actual]
        observations = observe_calls(name, calls)
        findings = findings_from(observations, messages) or findings
        mistake = is_begun and recognise_mistake(name, [each.actual for each in observations])
        findings = [_name_mistake(findings[0], mistake, messages)] if mistake else findings
    return with_refusal(independent(findings), [observation], messages)


def _name_mistake(finding, mistake, messages):
    """The finding, with the words of a known mistake in place of what was observed."""
    return replace(
        finding,
        kind="mistake",
        found=(Verbatim(mistake["found"]),),
        question=Verbatim(mistake["question"]),
        example=messages.example(mistake["example"]),
    )


def _name_of(function):
    """The exercise that a function answers: its own name, or the one the notebook binds it to."""
    name = getattr(function, "__name__", str(function))
    if name in EXERCISES:
        return name
    names = getattr(function, "__globals__", {})
    bound = [exercise for exercise in EXERCISES if names.get(exercise) is function]
    if not bound:
        known = ", ".join(EXERCISES)
        raise CheckFailed(f"{message('check.unknown', name=name, known=known)}")
    return bound[0]
