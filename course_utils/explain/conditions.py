"""For which inputs a function is right: what these have in common, and the others have not."""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.explain.observation import Observation
from course_utils.messages.finding_messages import (
    RIGHT_UP_TO,
    RIGHT_WHERE,
    WRONG_UP_TO,
    WRONG_WHERE,
    WRONG_WHERE_NOT_ALWAYS,
)

TELLING = (0, 1)  # numbers so special that a single input with them says something

Values = Sequence[Any]  # of one quantity, one for each observation


def condition(right: Sequence[Observation], wrong: Sequence[Observation]) -> str:
    """A sentence on when the function is right, from observations of both kinds; "" for none."""
    if not right:
        return ""
    shared = [
        name
        for name in wrong[0].quantities
        if all(name in observation.quantities for observation in (*right, *wrong))
    ]
    for rule in RULES:
        for name in shared:
            if found := rule(name, _values(name, right), _values(name, wrong)):
                return found
    return ""


def _values(name: str, observations: Sequence[Observation]) -> list[Any]:
    return [observation.quantities[name] for observation in observations]


def _one_value(name: str, right: Values, wrong: Values) -> str:
    """One value that all of a kind have, and none of the other; a single input proves little."""
    if set(right) & set(wrong):
        return ""
    if _is_constant(right):
        return RIGHT_WHERE.format(name=name, value=_describe(right[0]))
    if _is_constant(wrong):
        return WRONG_WHERE.format(name=name, value=_describe(wrong[0]))
    return ""


def _bound(name: str, right: Values, wrong: Values) -> str:
    """A number that lies between the values of the two kinds."""
    if any(isinstance(value, str) for value in (*right, *wrong)):
        return ""
    if len(set(right)) < 2 or len(set(wrong)) < 2:
        return ""
    if max(right) < min(wrong):
        return RIGHT_UP_TO.format(name=name, right=max(right), wrong=min(wrong))
    if max(wrong) < min(right):
        return WRONG_UP_TO.format(name=name, wrong=max(wrong), right=min(right))
    return ""


def _mostly(name: str, right: Values, wrong: Values) -> str:
    """One value that all wrong ones have, and some of the right ones too."""
    if len(wrong) < 2 or len(set(wrong)) > 1 or set(right) == set(wrong):
        return ""
    return WRONG_WHERE_NOT_ALWAYS.format(name=name, value=_describe(wrong[0]))


RULES: tuple[Callable[[str, Values, Values], str], ...] = (_one_value, _bound, _mostly)


def _is_constant(values: Values) -> bool:
    return len(set(values)) == 1 and (len(values) > 1 or values[0] in TELLING)


def _describe(value: Any) -> str:
    return f"is {value}" if isinstance(value, str) else f"= {value:g}"
