"""The parts of a result, by name, and which part follows from which."""

import re

import numpy as np

NAMED = re.compile(r"(d?)([A-Zb])(\d+)")
STAGES = {"": {"Z": 0, "D": 1, "A": 2}, "d": {"A": 0, "Z": 1}}


def components_of(result, names=()):
    """{"W1": array, ...}: a dictionary's values, a tuple's items (also nested ones) by `names`, or {"": number}."""
    if isinstance(result, dict):
        return {str(key): value for key, value in result.items()}
    if isinstance(result, (tuple, list)):
        items = list(_flat(result))
        return dict(zip(names if len(names) == len(items) else map(str, range(len(items))), items))
    return {"": result}


def follows(part, other):
    """Whether a wrong `other` can be why `part` is wrong: forward, A1 follows from Z1; backward, dW1 from dZ1."""
    one, two = _place(part), _place(other)
    if one is None or two is None or part == other:
        return False
    (d, layer, stage), (other_d, other_layer, other_stage) = one, two
    if d != other_d or other_stage is None:
        return False
    if d:
        return other_layer > layer or (
            other_layer == layer and (stage is None or other_stage < stage)
        )
    return stage not in (None, 1) and (
        other_layer < layer or (other_layer == layer and other_stage < stage)
    )


def origins(wrong):
    """Of the wrong parts, those that follow from no other wrong one."""
    return [part for part in wrong if not any(follows(part, other) for other in wrong)]


def series(names, most=4):
    """Names in words: "W1", "W1 and W2", "W1, W2 and W3"; of many the first, and how many more there are."""
    names = list(names)
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _flat(items):
    for item in items:
        if isinstance(item, (tuple, list)) and not isinstance(item, np.ndarray):
            yield from _flat(item)
        else:
            yield item


def _place(part):
    """("d" or "", layer, stage in its layer or None for what nothing follows from)."""
    if part in ("cost", ""):
        return "", 10**6, 10
    found = NAMED.match(part)
    return (found[1], int(found[3]), STAGES[found[1]].get(found[2])) if found else None
