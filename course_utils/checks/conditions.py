"""When a function is right: what the inputs that it answers well have in common, and the others have not."""

import numpy as np


def condition(right, wrong):
    """A sentence on when it is right, from tries of both kinds; "" where it never is."""
    if not right:
        return ""
    for name in wrong[0].known:
        values = [[one.known.get(name) for one in tries] for tries in (right, wrong)]
        if None not in (*values[0], *values[1]) and (found := _split(name, *values)):
            return found
    return "It is right for some inputs, and wrong for others."


def _split(name, good, bad):
    """A sentence where one value of a quantity, or a bound on it, tells good from bad; "" where none does."""
    if not set(good) & set(bad):
        if len(set(good)) == 1:
            return f"It is right where {name} {_is(good[0])}."
        if len(set(bad)) == 1 and len(bad) > 1:
            return f"It is wrong only where {name} {_is(bad[0])}."
    if any(isinstance(value, str) for value in (*good, *bad)):
        return ""
    if max(good) < min(bad):
        return f"It is right up to {name} = {max(good):g}, and wrong from {name} = {min(bad):g} on."
    if max(bad) < min(good):
        return f"It is wrong up to {name} = {max(bad):g}, and right from {name} = {min(good):g} on."
    return ""


def _is(value):
    return f"is {value}" if isinstance(value, str) else f"= {np.round(value, 12):g}"
