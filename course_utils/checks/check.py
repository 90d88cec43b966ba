"""Run the visible check of an exercise and say, in this order: input, expected, got, a question."""

import contextlib
import copy
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from course_utils.checks.compare import Difference, describe, first_difference


@dataclass(frozen=True)
class Check:
    """What the visible check of one exercise tries.

    given: what the function is called with, in words
    arguments: () -> list of positional arguments, fresh at each call
    expected: () -> the public values of the result, or of the part of it that `pick` takes
    form: () -> a result of the right form whose values do not matter, where `pick` takes a part
    questions: for each kind of `Difference`, and for "error", the question to ask; "value" is also
        the one to fall back on
    hidden: the ideas that the hidden tests try beyond this check, in words
    said: a word that what the function prints must hold, where printing is part of the exercise
    """

    given: str
    arguments: Callable
    expected: Callable
    questions: dict
    hidden: str
    rtol: float = 1e-6
    atol: float = 5e-9  # public values are printed to 8 decimals
    extra_keys: bool = False
    keywords: dict = field(default_factory=dict)
    said: str = ""
    form: Callable | None = None
    pick: Callable = lambda result: result


class CheckFailed(AssertionError):
    """A visible check that did not pass; Jupyter shows its message without a traceback."""

    def _render_traceback_(self):
        return str(self).split("\n")


def check(function):
    """Try the student's function on the public example of its exercise.

    Prints one line when it passes and raises `CheckFailed` with a question when it does not.
    """
    name = getattr(function, "__name__", str(function))
    wanted = _find(name)
    outcome = _try(function, wanted)
    if isinstance(outcome, Difference):
        raise CheckFailed(_explain(name, wanted, outcome))
    print(f"✓ {name}: the check passes. The hidden tests also try {wanted.hidden}.")


def _find(name):
    from course_utils.checks.exercises import CHECKS  # here, for exercises imports this module

    if name not in CHECKS:
        known = ", ".join(CHECKS)
        raise CheckFailed(f"✗ There is no check for a function called {name}. There is one for: {known}.")
    return CHECKS[name]


def _try(function, wanted):
    """A `Difference`, or None when all is well."""
    arguments = wanted.arguments()
    before = copy.deepcopy(arguments)
    expected = wanted.expected()
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed):
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
    if difference is None and wanted.said not in printed.getvalue():
        return Difference("message", "", f"a printed verdict with {wanted.said!r}", repr(printed.getvalue()))
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
    fallback = GENERAL.get(kind) or wanted.questions["value"]
    lines = [
        f"✗ {name}: not yet",
        f"  input     {wanted.given}",
        f"  expected  {where}{difference.expected}",
        f"  got       {where}{difference.got}",
        f"  think     {wanted.questions.get(kind, fallback)}",
    ]
    return "\n".join(lines)


GENERAL = {
    "todo": "Write your code between the marks, then run the cell above and this one again.",
    "error": "Read the last line of the error slowly: which line of yours does it speak of, and what are the shapes there?",
    "changed": "Does one of your lines use +=, *= or an index on the left? It then writes into the caller's array.",
    "type": "What does the last line of your function hand back to its caller?",
    "length": "How many values does the docstring promise, and in which order?",
    "dtype": "Check .dtype of your arrays: can whole numbers hold what gradient descent will put into them?",
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
