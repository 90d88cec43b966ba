"""Where a gradient check measures: how the points of its calls differ from the given one."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.explain.finding import Finding, finding_on
from course_utils.explain.observation import Observation, WatchedStub
from course_utils.messages import Message, message
from course_utils.messages.exercise_messages import ExerciseMessages

STEP_ERROR = 1e-3  # of a step: what rounding may change of it, or make of none


def perturbation_code(observation: Observation) -> str:
    """What is wrong with the points of an observation, as a code; "" where nothing is."""
    stub, calls = observation.watched_stub, observation.actual.watched_calls
    found = _describe_points(observation, stub, calls) if stub and calls is not None else None
    return found.code if found else ""


def perturbation_finding(
    observations: Sequence[Observation], messages: ExerciseMessages
) -> list[Finding]:
    """The one finding on the points, as a list; empty where each entry is moved up and down."""
    for observation in observations:
        stub, calls = observation.watched_stub, observation.actual.watched_calls
        if stub is None or calls is None:
            continue
        if found := _describe_points(observation, stub, calls):
            return [_finding(observation, stub, len(calls), found, messages)]
    return []


def _finding(
    observation: Observation,
    stub: WatchedStub,
    calls: int,
    found: Message,
    messages: ExerciseMessages,
) -> Finding:
    step = observation.quantities[stub.step]
    return finding_on(
        observation,
        "nudge",
        messages,
        found=[found],
        expected=message("nudge.expected", step=step),
        actual=message("nudge.got", calls, calls=calls, stub=stub.name),
    )


def _describe_points(
    observation: Observation, stub: WatchedStub, calls: list[tuple]
) -> Message | None:
    """What is wrong with the points; None where nothing is, or where they cannot be compared."""
    if not calls:
        return message("nudge.never_called", stub=stub.name)
    if any(_moves_fixed(observation, stub, call) for call in calls):
        return message("nudge.other_fixed", stub=stub.name, fixed=stub.fixed)
    moves = _moves(observation, stub, calls)
    return None if moves is None else _describe_moves(moves, stub)


def _describe_moves(moves: np.ndarray, stub: WatchedStub) -> Message | None:
    """What is wrong with the moves (calls, entries), in units of the step."""
    is_moved = np.abs(moves) > STEP_ERROR
    several = is_moved.sum(axis=1) > 1
    if several.any():
        moving = int(several.sum())
        return message("nudge.several", moving=moving, calls=len(moves), stub=stub.name)
    never = ~np.any(is_moved, axis=0)
    if never.any():
        return _on_entries("nudge.never_moved", never, stub)
    on_one_side = ~(np.any(moves > STEP_ERROR, axis=0) & np.any(moves < -STEP_ERROR, axis=0))
    if on_one_side.any():
        return _on_entries("nudge.one_side", on_one_side, stub)
    sizes = np.abs(moves[is_moved])
    if np.allclose(sizes, 1, rtol=2 * STEP_ERROR):
        return None
    most_wrong = float(sizes[np.argmax(np.abs(np.log(sizes)))])
    return message("nudge.step", times=most_wrong, step=stub.step)


def _on_entries(code: str, entries: np.ndarray, stub: WatchedStub) -> Message:
    """The sentence on the marked entries: on the one point, on all of them or on some."""
    if entries.size == 1:
        return message(f"{code}.point", point=stub.point)
    count = int(entries.sum())
    if count == entries.size:
        return message(f"{code}.all")
    return message(f"{code}.some", count, count=count, size=entries.size)


def _moves(observation: Observation, stub: WatchedStub, calls: list[tuple]) -> np.ndarray | None:
    """The points of the calls minus the given one (calls, entries), in units of the step.

    None where their forms differ, and where entries are so large that rounding takes a step away.
    """
    step = observation.quantities[stub.step]
    points = [_point(observation, call) for call in calls]
    given = _given(observation, stub, calls[0])
    forms = [np.shape(value) for value in given]
    if not given or any([np.shape(value) for value in point] != forms for point in points):
        return None
    base = _side_by_side([given])
    if not all(np.allclose((base + to) - base, to, rtol=STEP_ERROR) for to in (step, -step)):
        return None
    return (_side_by_side(points) - base) / step


def _point(observation: Observation, call: tuple) -> list[Any]:
    """The values at which a call was made that can be moved."""
    parameters = _parameters_in(call)
    if parameters is None:  # the point is the second of two numbers
        return list(call[1:2])
    return [parameters[name] for name in observation.ingredients if name in parameters]


def _given(observation: Observation, stub: WatchedStub, call: tuple) -> list[Any]:
    """The same values as they were given; call: any of the calls"""
    parameters = _parameters_in(call)
    if parameters is None:
        return [observation.quantities[stub.point]] if stub.point else []
    return [value for name, value in observation.ingredients.items() if name in parameters]


def _parameters_in(call: tuple) -> dict | None:
    return next((value for value in call if isinstance(value, dict)), None)


def _side_by_side(points: Sequence[Sequence[Any]]) -> np.ndarray:
    """The entries of all values of each point in one row (points, entries)."""
    parts = [np.array(values).astype(float) for values in zip(*points)]
    return np.hstack([part.reshape(len(points), -1) for part in parts])


def _moves_fixed(observation: Observation, stub: WatchedStub, call: tuple) -> bool:
    """Whether a function of two numbers was called with another first one."""
    if not stub.fixed or len(call) != 2 or np.shape(call[0]) != ():
        return False
    return bool(call[0] != observation.quantities[stub.fixed])
