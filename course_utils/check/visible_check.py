"""Run the visible check of an exercise and say, in this order: input, expected, got, what was found, a question."""

from dataclasses import replace

from course_utils.assignments import EXERCISES, WORKED_EXAMPLES
from course_utils.check import card
from course_utils.check.fingerprint_table import recognise
from course_utils.explain.call import Call, try_call
from course_utils.explain.compare import first_difference
from course_utils.explain.components import components_of
from course_utils.explain.diagnose_outcomes import diagnose_outcomes
from course_utils.explain.inputs import ingredients, quantities
from course_utils.explain.observation import Observation
from course_utils.messages.exercise_messages import ExerciseMessages

RIGHT = 2e-7  # the difference up to which a gradient counts as right


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
        words = f"✓ {name}: the check passes on its one example. The hidden tests also try {EXERCISES[name].hidden}."
        card.show(card.passed(name, words))
        return
    card.show(card.failed(name, findings[0], len(findings) - 1), otherwise=lambda example: None)
    raise CheckFailed(findings[0].as_text(name, len(findings) - 1))


def check_findings(function, name):
    """What the check of the exercise `name` finds; an empty list when it passes."""
    wanted, words = EXERCISES[name], messages_of(name)
    got = try_call(function, wanted.arguments(), wanted.keywords, wanted.stubs, wanted.watched)
    findings = diagnose_outcomes([_try(name, got)], words)
    being_graded = hasattr(
        function, "using_stubs"
    )  # then the grader looks closer, with all its inputs
    if (
        findings
        and findings[0].kind != "todo"
        and not being_graded
        and (known := recognise(function, name))
    ):
        found = dict(kind="mistake", found=known["found"], question=known["question"])
        return [replace(findings[0], **found, example=words.example(known["example"]))]
    return findings


def messages_of(name):
    """Questions and worked examples of an exercise."""
    return ExerciseMessages(EXERCISES[name].questions, WORKED_EXAMPLES.get(name, {}))


def quantities_of(name, arguments, keywords, result):
    """Quantities of a call by name, also those left at their default; of a checker, whether the gradient is right."""
    wanted = EXERCISES[name]
    found = wanted.defaults | quantities(wanted.takes, arguments, keywords)
    return found | (
        {"the gradient": "right" if result <= RIGHT else "wrong"} if wanted.measured else {}
    )


def ingredients_of(name, arguments):
    """Arrays and numbers that a call of an exercise is made on, by name."""
    return ingredients(EXERCISES[name].takes, arguments) | EXERCISES[name].beside(*arguments)


def public_components(name):
    """The parts of a result whose values on the public example are public."""
    wanted = EXERCISES[name]
    expected = wanted.expected()
    return wanted.names[:1] if wanted.form else tuple(components_of(expected, wanted.names))


def _name_of(function):
    """The exercise that a function answers: its own name, or the one that the notebook binds it to."""
    name = getattr(function, "__name__", str(function))
    names = getattr(function, "__globals__", {})
    bound = [known for known in EXERCISES if names.get(known) is function]
    if name not in EXERCISES and not bound:
        known = ", ".join(EXERCISES)
        raise CheckFailed(
            f"✗ There is no check for a function called {name}. There is one for: {known}."
        )
    return name if name in EXERCISES else bound[0]


def _try(name, got):
    """What came, beside what is public of what should have."""
    wanted = EXERCISES[name]
    expected = Call(wanted.expected(), said=wanted.said)
    if wanted.form and not got.error:
        whole = Call(wanted.form(), said=wanted.said)
        if first_difference(got.result, whole.result, values=False):
            expected = whole
        else:
            first = wanted.names[0]
            got = replace(got, result={first: wanted.pick(got.result)})
            expected = Call({first: wanted.expected()}, said=wanted.said)
    return Observation(
        wanted.given, got if wanted.said else replace(got, said=""), expected, True,
        quantities_of(name, wanted.arguments(), wanted.keywords, expected.result), wanted.names, wanted.takes,
        wanted.rtol, wanted.atol, wanted.extra_keys, public_components(name), ingredients_of(name, wanted.arguments()),
        wanted.watched,
    )  # fmt: skip
