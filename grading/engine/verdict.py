"""The points of one test, and the outputs from which nbgrader reads the same points."""

from dataclasses import dataclass

import numpy as np

from grading.isolation.outputs import MAX_NAME_LENGTH, Output, error_output
from grading.isolation.shell import CellResult
from grading.messages import message


@dataclass(frozen=True)
class Verdict:
    """What a test cell gave, and what it shows.

    nbgrader's `determine_grade` reads the points from the outputs: full points from a cell without
    an error, none from one with an error, partial credit from an `execute_result`.
    """

    points: float
    outputs: list[Output]


def verdict_of(result: CellResult, outputs: list[Output], maximum: float) -> Verdict:
    """The verdict on a test cell that has been run.

    outputs: those on the way. They decide nothing: standard error costs no points, and of what is
    shown only text and the last error stay. A cell passes when its value is None; a number is
    partial credit; a value that is no number of points from 0 to `maximum` is a failure.
    """
    # On standard error, nbgrader would take points off.
    texts = [
        {**output, "name": "stdout"} for output in outputs if output["output_type"] == "stream"
    ]
    if not result.ok:
        errors = [output for output in outputs if output["output_type"] == "error"]
        return Verdict(0.0, texts + (errors[-1:] or [error_output("NoVerdict", result.error)]))
    if result.value is None:
        return Verdict(maximum, texts)
    if _is_credit(result.value, maximum):
        points = float(result.value)
        return Verdict(points, [*texts, _credit_output(points)])
    found = f"{type(result.value).__name__} {result.value!r}"[:MAX_NAME_LENGTH]
    why = message("verdict.no_points", value=found, maximum=maximum)
    return Verdict(0.0, [*texts, error_output("NoVerdict", str(why))])


def failure(name: str, why: str) -> Verdict:
    """The verdict on a test that could not be run. name, why: of the error that it shows"""
    return Verdict(0.0, [error_output(name, why)])


def _is_credit(value: object, maximum: float) -> bool:
    """Whether a value is a number of points; a truth value, NaN and infinity are none."""
    if type(value) in (int, float) or isinstance(value, np.floating | np.integer):
        return bool(0 <= value <= maximum)  # type: ignore[operator]
    return False


def _credit_output(points: float) -> Output:
    data = {"text/plain": repr(points)}
    return {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}
