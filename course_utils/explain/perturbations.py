"""Where a gradient check measures: how the points at which it asks for the cost differ from the one that it was given."""

import numpy as np

from course_utils.messages.exercise_messages import sentence

NEAR = 1e-3  # of epsilon: what rounding does to a nudge


def perturbation_finding(tries, words):
    """A list of the one finding on where the cost was asked for, where that is not one entry up and down; else an empty list."""
    for one in tries:
        if one.got.asked is not None and (found := _what(one)):
            expected = (
                f"each entry alone, {one.known['epsilon']:g} up and {one.known['epsilon']:g} down"
            )
            got = f"{len(one.got.asked)} calls of {one.watched}"
            return [words.finding("nudge", one, sentence(found), expected, got)]
    return []


def _what(one):
    """What is amiss with the points, in words; "" where nothing is, or where they cannot be compared."""
    if not one.got.asked:
        return f"{one.watched} is never called"
    if any(_another_x(one, call) for call in one.got.asked):
        return f"{one.watched} is called with another x than the one given"
    moves = [_move(one, call) for call in one.got.asked]
    if any(move is None for move in moves):
        return ""
    moved = np.array(moves) / one.known["epsilon"]
    clear = np.abs(moved) > NEAR
    if (clear.sum(axis=1) > 1).any():
        return f"more than one entry is moved in {(clear.sum(axis=1) > 1).sum()} of {len(moved)} calls of {one.watched}"
    still = ~clear.any(axis=0)
    if still.any():
        return f"{_count(still)} never moved"
    aside = ~((moved > NEAR).any(axis=0) & (moved < -NEAR).any(axis=0))
    if aside.any():
        return f"{_count(aside)} moved to one side only"
    far = np.abs(moved[clear])
    return (
        ""
        if np.allclose(far, 1, rtol=2 * NEAR)
        else f"a nudge is {_most_off(far):.4g} times epsilon"
    )


def _count(entries):
    """ "theta is", "each entry is", "3 of 47 entries are"."""
    if entries.size == 1:
        return "theta is"
    count = int(entries.sum())
    return (
        "each entry is"
        if count == entries.size
        else f"{count} of {entries.size} entries {'is' if count == 1 else 'are'}"
    )


def _most_off(far):
    return far[np.argmax(np.abs(np.log(far)))]


def _move(one, call):
    """What a call's point differs by, a number an entry; None where it has another form."""
    named = next((value for value in call if isinstance(value, dict)), None)
    if named is None:
        point, base = call[1:2], [one.known.get("theta")]
    else:
        names = [name for name in one.around if name in named]
        point, base = [named[name] for name in names], [one.around[name] for name in names]
    if not base or [np.shape(value) for value in point] != [np.shape(value) for value in base]:
        return None
    return np.concatenate([np.ravel(np.subtract(a, b)).astype(float) for a, b in zip(point, base)])


def _another_x(one, call):
    """Whether a cost of two numbers was asked for with another first one."""
    return (
        "x" in one.known
        and len(call) == 2
        and np.shape(call[0]) == ()
        and call[0] != one.known["x"]
    )
