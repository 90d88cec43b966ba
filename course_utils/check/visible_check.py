"""Run the visible check of an exercise and say, in this order: input, expected, got, what was found, a question."""

from dataclasses import replace

from course_utils.assignments import CHECKS, WORKED
from course_utils.check import card
from course_utils.check.fingerprint_table import recognise
from course_utils.explain.call import Call, try_call
from course_utils.explain.compare import first_difference
from course_utils.explain.components import parts_of
from course_utils.explain.diagnose_outcomes import observe
from course_utils.explain.inputs import ingredients, quantities
from course_utils.explain.observation import Try
from course_utils.messages.exercise_messages import Words

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
        words = f"✓ {name}: the check passes on its one example. The hidden tests also try {CHECKS[name].hidden}."
        card.show(card.passed(name, words))
        return
    card.show(card.failed(name, findings[0], len(findings) - 1), otherwise=lambda example: None)
    raise CheckFailed(findings[0].as_text(name, len(findings) - 1))


def check_findings(function, name):
    """What the check of the exercise `name` finds; an empty list when it passes."""
    wanted, words = CHECKS[name], words_of(name)
    got = try_call(function, wanted.arguments(), wanted.keywords, wanted.stand_ins, wanted.watched)
    findings = observe([_try(name, got)], words)
    being_graded = hasattr(
        function, "standing_in"
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


def words_of(name):
    """Questions and worked examples of an exercise."""
    return Words(CHECKS[name].questions, WORKED.get(name, {}))


def known_of(name, arguments, keywords, result):
    """Quantities of a call by name, also those left at their default; of a checker, whether the gradient is right."""
    wanted = CHECKS[name]
    found = wanted.defaults | quantities(wanted.takes, arguments, keywords)
    return found | (
        {"the gradient": "right" if result <= RIGHT else "wrong"} if wanted.measured else {}
    )


def around_of(name, arguments):
    """Arrays and numbers that a call of an exercise is made on, by name."""
    return ingredients(CHECKS[name].takes, arguments) | CHECKS[name].beside(*arguments)


def open_parts(name):
    """The parts of a result whose values on the public example are public."""
    wanted = CHECKS[name]
    expected = wanted.expected()
    return wanted.names[:1] if wanted.form else tuple(parts_of(expected, wanted.names))


def _name_of(function):
    """The exercise that a function answers: its own name, or the one that the notebook binds it to."""
    name = getattr(function, "__name__", str(function))
    names = getattr(function, "__globals__", {})
    bound = [known for known in CHECKS if names.get(known) is function]
    if name not in CHECKS and not bound:
        known = ", ".join(CHECKS)
        raise CheckFailed(
            f"✗ There is no check for a function called {name}. There is one for: {known}."
        )
    return name if name in CHECKS else bound[0]


def _try(name, got):
    """What came, beside what is public of what should have."""
    wanted = CHECKS[name]
    expected = Call(wanted.expected(), said=wanted.said)
    if wanted.form and not got.error:
        whole = Call(wanted.form(), said=wanted.said)
        if first_difference(got.result, whole.result, values=False):
            expected = whole
        else:
            first = wanted.names[0]
            got = replace(got, result={first: wanted.pick(got.result)})
            expected = Call({first: wanted.expected()}, said=wanted.said)
    return Try(
        wanted.given, got if wanted.said else replace(got, said=""), expected, True,
        known_of(name, wanted.arguments(), wanted.keywords, expected.result), wanted.names, wanted.takes,
        wanted.rtol, wanted.atol, wanted.extra_keys, open_parts(name), around_of(name, wanted.arguments()),
        wanted.watched,
    )  # fmt: skip
