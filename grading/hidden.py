"""What the hidden test cells call. Each function tests one idea on all cases of a group.

    from grading.hidden import has_values
    has_values(initialize_parameters_he, "initialization/he/shallow", only="W")

Each raises `WrongAnswer` when the idea does not hold. A message tells the input and what came, never what
was expected: expected values stay with the instructor.
"""

import contextlib
import copy
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course_utils.explain import describe, first_difference, using_stubs, verdict
from grading.assignments.case import Case
from grading.assignments.expected_file import expected_of
from grading.assignments.registry import find_group

# The part of a result that a test is about: "W" restricts a dictionary to W1, W2, ..., ("dA", "db") to those
# that begin so, 1 a tuple to item 1, None to nothing.
Part = str | tuple[str, ...] | int | None


class WrongAnswer(AssertionError):
    """A hidden test that did not pass; Jupyter shows its message without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class Trial:
    """The part of a test that no leaked answer can pass: inputs of the submission's own, compared with the solutions.

    seed: of the inputs; solutions: the reference solutions by name
    """

    seed: int
    solutions: dict[str, Callable]


# Set by the grading engine, whose tests run apart from the student's code. Without it (stock nbgrader, the
# student's own kernel) there is no solution to compare with, and tests go by the seeded inputs alone.
trial: Trial | None = None


def has_form(function: Callable, path: str, only: Part = None) -> None:
    """Type, keys, shapes and dtypes are as expected. See `Part` for `only`."""
    _compare(function, path, only, values=False)


def has_values(function: Callable, path: str, only: Part = None) -> None:
    """Form and values are as expected. See `Part` for `only`."""
    _compare(function, path, only, values=True)


def keeps_inputs(function: Callable, path: str) -> None:
    """After the call every argument is what it was before it."""
    for _, case in _cases(path):
        arguments = case.arguments()
        before = copy.deepcopy(arguments)
        call(function, case, arguments)
        if difference := first_difference(tuple(arguments), tuple(before)):
            raise WrongAnswer(
                f"{_called(case)}: the function changed its inputs ({difference.where})."
            )


def repeats(function: Callable, path: str) -> None:
    """Results depend on the arguments alone: not on the random state, nor on what became of earlier results."""
    for _, case in _cases(path):
        np.random.seed(12345)
        first, _ = call(function, case, case.arguments())
        kept = copy.deepcopy(first)
        _overwrite(first)
        np.random.seed(54321)
        second, _ = call(function, case, case.arguments())
        if difference := first_difference(second, kept, rtol=0):
            raise WrongAnswer(f"{_called(case)}: a second call gave another result ({difference}).")


def says(function: Callable, path: str) -> None:
    """With print_msg=True the right one of the two verdicts is printed, and without it none."""
    for assignment, case in _cases(path):
        silent = {key: value for key, value in case.keywords.items() if key != "print_msg"}
        if verdict(call(function, replace(case, keywords=silent), case.arguments())[1]):
            raise WrongAnswer(
                f"{_called(case)}: it prints its verdict also when print_msg is not True."
            )
        _, printed = call(function, case, case.arguments())
        _same_verdict(verdict(printed), expected_of(assignment, case).verdict, case)
    for case in _own_cases(path):
        (_, printed), (_, right) = _try_out(function, case)
        _same_verdict(verdict(printed), verdict(right), case)


def _same_verdict(got: str, wanted: str, case: Case) -> None:
    if got != wanted:
        found = f"its printed verdict was {got!r}" if got else "it printed no verdict"
        raise WrongAnswer(f"{_called(case)}: {found}, which does not fit the difference it found.")


def call(function: Callable, case: Case, arguments: list) -> tuple[Any, str]:
    """Call the function as the case says: its result and what it printed; WrongAnswer when it raises."""
    printed = io.StringIO()
    capture = contextlib.redirect_stdout(printed)
    try:
        with using_stubs(function, case.stubs), capture, np.errstate(all="ignore"):
            result = function(*arguments, **case.keywords)
    except NotImplementedError:
        raise WrongAnswer(f"{case.function}: this exercise is still to be done.") from None
    except Exception as error:
        words = (
            f"{error}"
            if getattr(error, "for_students", False)
            else f"it raised {type(error).__name__}: {error}"
        )
        raise WrongAnswer(f"{_called(case)}: {words}") from error
    return result, printed.getvalue()


def _compare(function: Callable, path: str, only: Part, values: bool) -> None:
    for assignment, case in _cases(path):
        result, _ = call(function, case, case.arguments())
        _same(result, expected_of(assignment, case).result, case, only, values)
    for case in _own_cases(path):
        (result, _), (wanted, _) = _try_out(function, case)
        _same(result, wanted, case, only, values)


def _own_cases(path: str) -> list[Case]:
    """The submission's own trial in a test of these cases: one of them, its inputs drawn anew; or none."""
    tried = [case for _, case in _cases(path) if case.use_fresh_inputs]
    return [tried[trial.seed % len(tried)].drawn_anew(trial.seed)] if trial and tried else []


def _try_out(function: Callable, case: Case) -> list[tuple[Any, str]]:
    """What the function, and then the reference solution, return and print, from the same random state."""
    assert trial is not None
    state = np.random.get_state()
    answers = []
    for candidate in (function, trial.solutions[case.function]):
        np.random.set_state(state)
        answers.append(call(candidate, case, case.arguments()))
    return answers


def _same(result: Any, wanted: Any, case: Case, only: Part, values: bool) -> None:
    wanted = _restrict(wanted, only)
    difference = first_difference(
        _restrict(result, only), wanted,
        rtol=case.rtol, atol=case.atol, values=values, extra_keys=_many_named(wanted),
    )  # fmt: skip
    if difference:
        where = difference.where or "the result"
        words = f"wrong values in {where}" if difference.kind == "value" else str(difference)
        raise WrongAnswer(f"{_called(case)}: {words}.")


def _restrict(result: Any, only: Part) -> Any:
    """The part of a result that a test is about; what has no such part is handed on whole, to be refused."""
    if isinstance(only, str | tuple) and isinstance(result, dict):
        return {key: value for key, value in result.items() if str(key).startswith(only)}
    if isinstance(only, int) and isinstance(result, tuple | list) and len(result) > only:
        return result[only]
    return result


def _many_named(wanted: Any) -> bool:
    """Whether further keys do no harm: gradients are picked by name, parameters are counted."""
    return isinstance(wanted, dict) and any(str(key).startswith("d") for key in wanted)


def _cases(path: str) -> list[tuple[str, Case]]:
    assignment, cases = find_group(path)
    return [(assignment, case) for case in cases]


def _called(case: Case) -> str:
    inputs = ", ".join(_brief(argument) for argument in case.arguments())
    options = "".join(f", {key}={value}" for key, value in case.keywords.items())
    return f"{case.function}({inputs}{options})"


def _brief(argument: Any) -> str:
    if isinstance(argument, np.ndarray):
        return f"array {argument.shape}"
    if isinstance(argument, list):
        return str(argument)
    return describe(argument) if isinstance(argument, dict | tuple) else f"{argument!r}"


def _overwrite(value: Any) -> None:
    """Spoil every array in a result, so that a second call which hands out the same ones is noticed."""
    if isinstance(value, np.ndarray) and value.flags.writeable and value.dtype.kind == "f":
        value[...] = np.nan
    elif isinstance(value, dict):
        for part in value.values():
            _overwrite(part)
