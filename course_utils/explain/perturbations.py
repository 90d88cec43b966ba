"""Where a gradient check measures: how the points of its calls differ from the given one."""

from collections.abc import Iterable, Sequence
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
    moves = [_move(observation, stub, call) for call in calls]
    comparable = [move for move in moves if move is not None]
    if len(comparable) < len(moves):
        return None
    return _describe_moves(np.array(comparable) / observation.quantities[stub.step], stub)


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


def _move(observation: Observation, stub: WatchedStub, call: tuple) -> np.ndarray | None:
    """The point of a call minus the given one, entry by entry.

    None where their forms differ, and where entries are so large that rounding takes a step away.
    """
    parameters = next((value for value in call if isinstance(value, dict)), None)
    if parameters is not None:
        names = [name for name in observation.ingredients if name in parameters]
        points = [parameters[name] for name in names]
        given = [observation.ingredients[name] for name in names]
    else:  # the point is the second of two numbers
        points = list(call[1:2])
        given = [observation.quantities[stub.point]] if stub.point else []
    if not given or [np.shape(value) for value in points] != [np.shape(value) for value in given]:
        return None
    point, base = (_joined(values) for values in (points, given))
    step = observation.quantities[stub.step]
    if not all(np.allclose((base + to) - base, to, rtol=STEP_ERROR) for to in (step, -step)):
        return None
    return point - base


def _joined(values: Iterable[Any]) -> np.ndarray:
    """The entries of all values in one row."""
    return np.concatenate([np.ravel(value).astype(float) for value in values])


def _moves_fixed(observation: Observation, stub: WatchedStub, call: tuple) -> bool:
    """Whether a function of two numbers was called with another first one."""
    if not stub.fixed or len(call) != 2 or np.shape(call[0]) != ():
        return False
    return bool(call[0] != observation.quantities[stub.fixed])
