"""The functions that hidden test cells call. Each tests one idea on all cases of a group.

    from grading.hidden import has_values
    has_values(initialize_parameters_he, "initialization/he/shallow", only="W")

Each raises `WrongAnswer` when the idea does not hold. The message tells the input and the actual
result, never the expected one: expected values stay with the instructor.
"""

import contextlib
import copy
import io
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np

from course_utils.assignments import EXERCISES
from course_utils.explain import (
    Difference,
    describe,
    first_difference,
    first_shared,
    is_list_of_parts,
    overwrite_arrays,
    plain_result,
    using_stubs,
    verdict,
)
from course_utils.messages import Message, Verbatim, Words
from grading.assignments.case import Case
from grading.assignments.expected_file import expected_of
from grading.assignments.registry import find_group
from grading.messages import message

# The part of a result that a test is about: "W" restricts a dictionary to the keys W1, W2, ...;
# ("dA", "db") to the keys that begin so; 1 takes item 1 of a tuple; None takes the whole result.
Part = str | tuple[str, ...] | int | None

STATES = 12345, 54321  # seeds of two random states, between which a result must not differ


class WrongAnswer(AssertionError):
    """A hidden test that did not pass; Jupyter shows its message without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Trial:
    """The part of a test that leaked answers cannot pass: inputs for this submission alone.

    There is no stored result for them; the reference solution is called with the same inputs.
    seed: of the inputs; solutions: the reference solutions, by name
    fresh: the cases drawn anew so far, by name, since several tests ask for the same
    right: what the solutions answered so far, for the same reason
    left: by function and case, the arguments as the last call in this test cell left them
    """

    seed: int
    solutions: dict[str, Callable]
    fresh: dict[str, Case] = field(default_factory=dict)
    right: dict[tuple, "Answer"] = field(default_factory=dict)
    left: dict[tuple, list] = field(default_factory=dict)

    def begin_cell(self) -> None:
        """Forget what is known of the student's calls: each test cell makes its own."""
        self.left.clear()


class Answer(NamedTuple):
    """What a call returned and what it printed."""

    result: Any
    printed: str


# Set by the grading engine, whose tests run apart from the student's code. Without it (nbgrader's
# own Execute, the student's own kernel) there is no solution to compare with, and a test goes by
# the seeded inputs alone.
trial: Trial | None = None


def has_form(function: Callable, path: str, only: Part = None) -> None:
    """Test that type, keys, shapes and dtypes are as expected. See `Part` for `only`."""
    _compare_with_expected(function, path, only, values=False)


def has_values(function: Callable, path: str, only: Part = None) -> None:
    """Test that form and values are as expected. See `Part` for `only`."""
    _compare_with_expected(function, path, only, values=True)


def keeps_inputs(function: Callable, path: str) -> None:
    """Test that every argument is the same after the call as before it.

    Where the test cell has called the function on a case, that call is looked at.
    """
    for _, case in _cases(path):
        arguments = trial.left.get((function, case.name)) if trial else None
        if arguments is None:
            arguments = case.arguments()
            call(function, case, arguments)
        if difference := first_difference(tuple(arguments), tuple(case.arguments())):
            where = difference.where
            raise WrongAnswer(message("hidden.changed", call=_call_text(case), where=where))


def has_separate_arrays(function: Callable, path: str) -> None:
    """Test that no two parts of a result are one array."""
    for _, case in _cases(path):
        result, _ = call(function, case, case.arguments())
        if shared := first_shared(result, EXERCISES[case.function].signature.component_names):
            part, other = shared
            called = _call_text(case)
            raise WrongAnswer(message("hidden.shared", call=called, part=part, other=other))


def repeats(function: Callable, path: str) -> None:
    """Test that a result depends on the arguments alone.

    It must depend neither on the random state nor on what became of an earlier result.
    """
    for _, case in _cases(path):
        np.random.seed(STATES[0])
        first, _ = call(function, case, case.arguments())
        first_copy = copy.deepcopy(first)
        overwrite_arrays(first)
        np.random.seed(STATES[1])
        second, _ = call(function, case, case.arguments())
        if difference := first_difference(second, first_copy, rtol=0):
            found = difference.as_message()
            raise WrongAnswer(message("hidden.repeats", call=_call_text(case), difference=found))


def says(function: Callable, path: str) -> None:
    """Test that print_msg=True prints the right one of two verdicts, and anything else none."""
    for assignment, case in _cases(path):
        silent = {key: value for key, value in case.keywords.items() if key != "print_msg"}
        if verdict(call(function, replace(case, keywords=silent), case.arguments()).printed):
            raise WrongAnswer(message("hidden.prints_always", call=_call_text(case)))
        printed = call(function, case, case.arguments()).printed
        require_same_verdict(verdict(printed), expected_of(assignment, case).verdict, case)
    for case in _fresh_cases(path):
        actual, expected = call_both(function, case)
        require_same_verdict(verdict(actual.printed), verdict(expected.printed), case)


def require_same_verdict(actual: str, expected: str, case: Case) -> None:
    """Raise WrongAnswer unless the verdicts ("right", "wrong" or "") are the same."""
    if actual != expected:
        code = f"hidden.verdict.{actual or 'none'}"
        raise WrongAnswer(message(code, call=_call_text(case)))


def call(function: Callable, case: Case, arguments: list) -> Answer:
    """Call the function as the case says.

    WrongAnswer when it raises: student's code may raise anything.
    """
    printed = io.StringIO()
    capture = contextlib.redirect_stdout(printed)
    try:
        with using_stubs(function, case.stubs), capture, np.errstate(all="ignore"):
            result = plain_result(function(*arguments, **case.keywords))
        if spec := EXERCISES.get(case.function):
            result = spec.result.graded_part(result)
    except NotImplementedError:
        raise WrongAnswer(message("hidden.todo", function=case.function)) from None
    except Exception as error:
        raise WrongAnswer(_why_no_result(case, error)) from error
    return Answer(result, printed.getvalue())


def _why_no_result(case: Case, error: Exception) -> Message:
    called = _call_text(case)
    if getattr(error, "for_students", False):  # its message was written for them
        return message("hidden.no_result", call=called, reason=f"{error}")
    return message("hidden.raised", call=called, error=f"{type(error).__name__}: {error}")


def _compare_with_expected(function: Callable, path: str, only: Part, values: bool) -> None:
    """Compare results with the stored ones, and on fresh inputs with the reference solution's."""
    for assignment, case in _cases(path):
        arguments = case.arguments()
        actual, _ = call(function, case, arguments)
        if trial:
            trial.left[function, case.name] = arguments
        require_same_result(
            actual, expected_of(assignment, case).result, case, only=only, values=values
        )
    for case in _fresh_cases(path):
        ours, theirs = call_both(function, case)
        require_same_result(ours.result, theirs.result, case, only=only, values=values)


def _fresh_cases(path: str) -> list[Case]:
    """One case of the group, with inputs that only this submission is given; or none."""
    candidates = [case for _, case in _cases(path) if case.use_fresh_inputs]
    if trial is None or not candidates:
        return []
    # One that was drawn for another test, of a larger group, will do: its right answer is known.
    drawn = (case for case in candidates if case.name in trial.fresh)
    case = next(drawn, candidates[trial.seed % len(candidates)])
    if case.name not in trial.fresh:
        trial.fresh[case.name] = case.with_fresh_inputs(trial.seed)
    return [trial.fresh[case.name]]


def call_both(function: Callable, case: Case) -> tuple[Answer, Answer]:
    """What the function and the reference solution answer, from one random state."""
    expected = right_answer(case)
    return call(function, case, case.arguments()), expected


def right_answer(case: Case) -> Answer:
    """The reference solution's answer, which is the same for every test that asks for it."""
    assert trial is not None
    key = case.name, case.seed
    if key not in trial.right:
        state = np.random.get_state()
        trial.right[key] = call(trial.solutions[case.function], case, case.arguments())
        np.random.set_state(state)
    return trial.right[key]


def require_same_result(
    actual: Any, expected: Any, case: Case, *, only: Part, values: bool
) -> None:
    """Raise WrongAnswer where the results differ.

    only: see `Part`; values: whether values count, or the form alone
    """
    expected = _restrict(expected, only)
    difference = first_difference(
        _restrict(actual, only),
        expected,
        rtol=case.rtol,
        atol=case.atol,
        values=values,
        extra_keys=_are_gradients(expected),
    )
    if difference:
        raise WrongAnswer(_what_differs(case, difference))


def _what_differs(case: Case, difference: Difference) -> Message:
    called = _call_text(case)
    if difference.kind != "value":
        return message("hidden.differs", call=called, difference=difference.as_message())
    if difference.where:
        return message("hidden.wrong_part", call=called, part=difference.where)
    return message("hidden.wrong_result", call=called)


def _restrict(result: Any, only: Part) -> Any:
    """The part of a result that a test is about.

    A result that has no such part is returned whole; the comparison then refuses it.
    """
    if isinstance(only, str | tuple) and isinstance(result, dict):
        return {key: value for key, value in result.items() if str(key).startswith(only)}
    if isinstance(only, int) and isinstance(result, tuple | list) and len(result) > only:
        return result[only]
    return result


def _are_gradients(expected: Any) -> bool:
    """Whether further keys do no harm: gradients are picked by name, parameters are counted."""
    return isinstance(expected, dict) and any(str(key).startswith("d") for key in expected)


def _cases(path: str) -> list[tuple[str, Case]]:
    assignment, cases = find_group(path)
    return [(assignment, case) for case in cases]


def _call_text(case: Case) -> str:
    """The call of a case as a message shows it."""
    inputs = ", ".join(f"{_argument_text(argument)}" for argument in case.arguments())
    options = "".join(f", {key}={value}" for key, value in case.keywords.items())
    return f"{case.function}({inputs}{options})"


def _argument_text(argument: Any) -> Words:
    if isinstance(argument, np.ndarray):
        return message("hidden.array", shape=str(argument.shape))
    is_container = isinstance(argument, dict | tuple) or is_list_of_parts(argument)
    return describe(argument) if is_container else Verbatim(f"{argument!r}")
