"""For which inputs a function is right: what these have in common, and the others have not."""

from collections.abc import Callable, Sequence
from typing import Any

from course_utils.explain.names import shown_name
from course_utils.explain.observation import Observation
from course_utils.messages import Message, message

MANY = 6  # inputs that say something of a value which does not decide alone
TELLING = (0, 1)  # numbers so special that a single input with them says something

Values = Sequence[Any]  # of one quantity, one for each observation


def condition(right: Sequence[Observation], wrong: Sequence[Observation]) -> Message | None:
    """When the function is right, from observations of both kinds; None where nothing tells."""
    if not right:
        return None
    shared = [
        name
        for name in wrong[0].quantities
        if all(name in observation.quantities for observation in (*right, *wrong))
    ]
    for rule in RULES:
        found = {name: rule(name, _values(name, right), _values(name, wrong)) for name in shared}
        told = {name: sentence for name, sentence in found.items() if sentence}
        if told:
            special = [
                sentence
                for name, sentence in told.items()
                if _are_telling(_values(name, right)) or _are_telling(_values(name, wrong))
            ]
            return _only(list(told.values())) or _only(special)
    return None


def _only(sentences: list[Message]) -> Message | None:
    """The one sentence there is. Where quantities go together, what one of them does is chance."""
    return sentences[0] if len(sentences) == 1 else None


def _values(name: str, observations: Sequence[Observation]) -> list[Any]:
    return [observation.quantities[name] for observation in observations]


def _right_value(name: str, right: Values, wrong: Values) -> Message | None:
    """One value that all right ones have, and no wrong one; a single input proves little."""
    if set(right) & set(wrong) or not _is_constant(right):
        return None
    return _where("right_where", name, right[0])


def _wrong_value(name: str, right: Values, wrong: Values) -> Message | None:
    """One value that all wrong ones have, and no right one."""
    if set(right) & set(wrong) or not _is_constant(wrong) or len(right) < 2:
        return None
    return _where("wrong_where", name, wrong[0])


def _bound(name: str, right: Values, wrong: Values) -> Message | None:
    """A number that lies between the values of the two kinds."""
    if not all(map(_is_number, (*right, *wrong))):
        return None
    if len(set(right)) < 2 or len(set(wrong)) < 2:
        return None
    shown = shown_name(name)
    if max(right) < min(wrong):
        return message("condition.right_up_to", name=shown, right=max(right), wrong=min(wrong))
    if max(wrong) < min(right):
        return message("condition.wrong_up_to", name=shown, wrong=max(wrong), right=min(right))
    return None


def _mostly(name: str, right: Values, wrong: Values) -> Message | None:
    """One value that all wrong ones have, and some of the right ones too.

    It must be one that says something of itself: a size or a number that all share may be chance.
    """
    if len(wrong) < 2 or len(set(wrong)) > 1 or set(right) == set(wrong):
        return None
    if len(right) + len(wrong) < MANY:
        return None
    if wrong[0] not in TELLING and not isinstance(wrong[0], Message):
        return None
    return _where("mostly_wrong_where", name, wrong[0])


RULES: tuple[Callable[[str, Values, Values], Message | None], ...] = (
    _right_value,
    _wrong_value,
    _bound,
    _mostly,
)


def _is_constant(values: Values) -> bool:
    return len(set(values)) == 1 and (len(values) > 1 or values[0] in TELLING)


def _are_telling(values: Values) -> bool:
    return all(value in TELLING for value in values)


def _is_number(value: Any) -> bool:
    return not isinstance(value, str | Message)


def _where(code: str, name: str, value: Any) -> Message:
    """The sentence of a code on one value of a quantity."""
    if _is_number(value):
        return message(f"condition.{code}", name=shown_name(name), value=f"{value:g}")
    return message(f"condition.{code}_words", name=shown_name(name), value=value)
