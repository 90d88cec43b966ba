"""Rules that tell of which kind an error is: each looks at its message and at the expression."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias

from course_utils.explain.errors.call_error import Slot, shortened
from course_utils.explain.errors.raised import SIGNS, Raised, shape_of, type_of

Slots: TypeAlias = dict[str, Slot]
Reading: TypeAlias = tuple[str, Slots]  # the kind, and what fills the slots of its sentences
Rule: TypeAlias = Callable[[Raised], Reading | None]
Fact: TypeAlias = Callable[[Raised, Slots], Slots | None]  # further slots; None: it is another kind


def rule(kind: str, pattern: str, *facts: Fact) -> Rule:
    """The rule for errors whose message has the pattern, and for which all facts are there.

    The named groups of the pattern are slots.
    """
    expected = re.compile(pattern)

    def read(raised: Raised) -> Reading | None:
        found = expected.search(raised.message)
        if found is None:
            return None
        slots: Slots = {
            name: shortened(text) for name, text in found.groupdict().items() if text is not None
        }
        for fact in facts:
            more = fact(raised, slots)
            if more is None:
                return None
            slots |= more
        return kind, slots

    return read


def code(raised: Raised, slots: Slots) -> Slots | None:
    """The expression that failed."""
    return {"code": raised.expression} if raised.expression else None


def function(raised: Raised, slots: Slots) -> Slots | None:
    """The function that the expression calls."""
    return {"function": raised.called} if raised.called else None


def call_of(pattern: str) -> Fact:
    """The function that the expression calls, where its name matches."""

    def fact(raised: Raised, slots: Slots) -> Slots | None:
        return function(raised, slots) if re.search(pattern, raised.called) else None

    return fact


def slot_in(name: str, *values: str) -> Fact:
    """Nothing more, where a slot has one of these values."""

    def fact(raised: Raised, slots: Slots) -> Slots | None:
        return {} if slots.get(name) in values else None

    return fact


def pair_of(raised: Raised) -> tuple[str, ast.expr, ast.expr] | None:
    """(sign or function, left side, right side) of an operation, or of a call of two arguments."""
    node = raised.node
    if isinstance(node, ast.BinOp):
        return SIGNS.get(type(node.op), ""), node.left, node.right
    if isinstance(node, ast.Call) and len(node.args) == 2:
        return raised.called, node.args[0], node.args[1]
    return None


def shapes(raised: Raised, slots: Slots) -> Slots | None:
    """The two sides of the expression with their shapes, where both are known."""
    if (pair := pair_of(raised)) is None:
        return None
    sides = dict(zip(("left", "right"), pair[1:]))
    found = {f"{side}_shape": shape_of(raised.value_of(node)) for side, node in sides.items()}
    texts = {side: raised.text_of(node) for side, node in sides.items()}
    return {**texts, **found} if all(found.values()) else None


def types(raised: Raised, slots: Slots) -> Slots | None:
    """The two sides of an operation with their types, as they are, else as the message has them."""
    pair = pair_of(raised)
    if pair is None or not isinstance(raised.node, ast.BinOp):
        return None
    sign, left, right = pair
    left_type = type_of(raised.value_of(left)) or slots.get("left_type", "")
    right_type = type_of(raised.value_of(right)) or slots.get("right_type", "")
    if not left_type or not right_type:
        return None
    texts = {"left": raised.text_of(left), "right": raised.text_of(right), "sign": sign}
    return {**texts, "left_type": left_type, "right_type": right_type}


def first_reading(raised: Raised, rules: Iterable[Rule]) -> Reading | None:
    """What the first rule says that fits; None where none does."""
    return next(filter(None, (read(raised) for read in rules)), None)
