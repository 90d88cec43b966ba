"""Run the visible check of an exercise and say, in this order: input, expected, got, a question."""

import contextlib
import copy
import io

from course_utils.checks.compare import Difference, describe, first_difference
from course_utils.checks.exercises import CHECKS
from course_utils.checks.stand_ins import standing_in
from course_utils.checks.verdicts import verdict


class CheckFailed(AssertionError):
    """A visible check that did not pass; Jupyter shows its message without a traceback."""

    def _render_traceback_(self):
        return str(self).split("\n")


def check(function):
    """Try the student's function on the public example of its exercise.

    Prints one line when it passes and raises `CheckFailed` with a question when it does not.
    """
    name = _name_of(function)
    wanted = CHECKS[name]
    if difference := _try(function, wanted):
        raise CheckFailed(_explain(name, wanted, difference))
    print(f"✓ {name}: the check passes. The hidden tests also try {wanted.hidden}.")


def _name_of(function):
    """The exercise that a function answers: its own name, or the one that the notebook binds it to."""
    name = getattr(function, "__name__", str(function))
    names = getattr(function, "__globals__", {})
    bound = [known for known in CHECKS if names.get(known) is function]
    if name not in CHECKS and not bound:
        known = ", ".join(CHECKS)
        raise CheckFailed(f"✗ There is no check for a function called {name}. There is one for: {known}.")
    return name if name in CHECKS else bound[0]


def _try(function, wanted):
    """A `Difference`, or None when all is well."""
    arguments = wanted.arguments()
    before = copy.deepcopy(arguments)
    expected = wanted.expected()
    printed = io.StringIO()
    try:
        with standing_in(function, wanted.stand_ins), contextlib.redirect_stdout(printed):
            got = function(*arguments, **wanted.keywords)
    except NotImplementedError:
        return Difference(
            "todo", "", _wanted_words(expected), "nothing yet: the exercise is still to be done"
        )
    except Exception as error:
        return Difference("error", "", _wanted_words(expected), f"{type(error).__name__}: {error}")
    difference = _compare(got, expected, wanted)
    if difference is None and (changed := first_difference(tuple(arguments), tuple(before))):
        return Difference("changed", "", "the inputs left as they were", f"changed inputs ({changed.where})")
    if difference is None and wanted.said and verdict(printed.getvalue()) != wanted.said:
        return Difference(
            "message", "", f"a verdict that the gradient is {wanted.said}", repr(printed.getvalue())
        )
    return difference


def _compare(got, expected, wanted):
    if wanted.form and (difference := first_difference(got, wanted.form(), values=False)):
        return difference
    got = wanted.pick(got)
    difference = first_difference(
        got, expected, rtol=wanted.rtol, atol=wanted.atol, extra_keys=wanted.extra_keys
    )
    if difference is None or difference.kind != "value":
        return difference
    right, wrong = _part(expected, difference.where), _part(got, difference.where)
    return Difference("value", difference.where, _show(right), _show(wrong))


def _explain(name, wanted, difference):
    where = f"{difference.where}: " if difference.where else ""
    kind = difference.kind
    question = wanted.questions.get(kind) or GENERAL.get(kind) or wanted.questions["value"]
    lines = [
        f"✗ {name}: not yet",
        f"  input     {wanted.given}",
        f"  expected  {where}{difference.expected}",
        f"  got       {where}{difference.got}",
        f"  think     {question}",
    ]
    return "\n".join(lines)


GENERAL = {
    "todo": "Put your code in place of `raise NotImplementedError()`, run that cell, then this one again.",
    "error": "Read the last line of the error slowly: which line of yours does it speak of, and what are the shapes there?",
    "changed": "Does one of your lines use +=, *= or an index on the left? It then writes into the caller's array.",
    "type": "What does the last line of your function hand back to its caller?",
    "length": "How many values does the docstring promise, and in which order?",
    "dtype": "Check .dtype of your arrays: can whole numbers hold what gradient descent will put into them?",
    "finite": "Which step can give NaN or infinity: a division by zero, a logarithm of zero, an exp that overflows?",
    "message": "Read your if aloud with this difference: which sentence should be printed?",
}


def _part(value, where):
    """Follow a path such as "W1", "result[1][2]" or "" into a result."""
    names = where.replace("result", "", 1).replace("]", "").replace("'", "").split("[")
    for name in filter(None, names):
        value = value[int(name)] if isinstance(value, (tuple, list)) else value[name]
    return value


def _show(value):
    return f"{describe(value)}:\n{_indent(str(value))}" if getattr(value, "ndim", 0) else repr(value)


def _indent(text):
    return "\n".join(" " * 14 + line for line in text.split("\n"))


def _wanted_words(expected):
    return describe(expected) if not isinstance(expected, (int, float)) else "a number"
