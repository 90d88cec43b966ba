"""TypeErrors of operands and conversions: values of a type that a line cannot use."""

from __future__ import annotations

import ast
import re

from course_utils.explain.errors.call_rules import CALL_RULES, read_not_callable
from course_utils.explain.errors.lookup_rules import LOOKUP_RULES
from course_utils.explain.errors.raised import Raised, shape_of
from course_utils.explain.errors.rules import (
    Reading,
    Rule,
    Slots,
    call_of,
    code,
    function,
    rule,
    slot_in,
    types,
)

OPERANDS = (
    r"for (?P<sign>\S+?)(=| or pow\(\))?: '(?P<left_type>[\w.]+)' and '(?P<right_type>[\w.]+)'"
    r"|can only concatenate (?P<joined>\w+) \(not \"(?P<other>[\w.]+)\"\)"
    r"|can't multiply sequence by non-int of type '(?P<factor>[\w.]+)'"
    r"|did not contain a loop|must be str, not (?P<number>\w+)"
)
FUNCTIONS = (
    *("function", "builtin_function_or_method", "method", "type"),
    *("ufunc", "_ArrayFunctionDispatcher"),  # of numpy
)
# By types of which one side is: the kind. The first that fits counts.
OPERAND_KINDS = (
    (("NoneType",), "operands-none"),
    (FUNCTIONS, "operands-function"),
    (("tuple",), "operands-tuple"),
    (("str",), "operands-text"),
    (("dict",), "operands-dict"),
    (("list",), "operands-list"),
)
ONE_NUMBER = r"only (length-1|size-1|0-dimensional) arrays can be converted"
CONVERSION = (
    r"must be (a )?real number, not '?(?P<type>[\w.]+)"
    r"|argument must be a .*, not '(?P<other>[\w.]+)'"
)


def read_operands(raised: Raised) -> Reading | None:
    """Two values that a sign such as + cannot put together."""
    found = re.search(OPERANDS, raised.message)
    if found is None:
        return None
    named: Slots = {
        name: found[name].rpartition(".")[2]
        for name in ("sign", "left_type", "right_type")
        if found[name]
    }
    slots = types(raised, named)
    if slots is None:
        return ("operands-plain", named) if named else None
    sides = (slots["left_type"], slots["right_type"])
    for names, kind in OPERAND_KINDS:
        if any(side in names for side in sides):
            return kind, slots | {"code": raised.expression}
    return "operands", slots | {"code": raised.expression}


def read_one_number(raised: Raised) -> Reading | None:
    """An array where one number is wanted, with its size where that is known."""
    if not re.search(ONE_NUMBER, raised.message):
        return None
    if not isinstance(raised.node, ast.Call) or not raised.node.args:
        return ("scalar", {"code": raised.expression}) if raised.expression else None
    slots: Slots = {"function": raised.called, "argument": raised.text_of(raised.node.args[0])}
    if raised.called.startswith("math."):
        return "scalar-math", slots
    array = raised.value_of(raised.node.args[0])
    if not (shape := shape_of(array)):
        return "scalar", {"code": raised.expression}
    kind = "scalar-one" if array.size == 1 else "scalar-many"
    return kind, {**slots, "shape": shape}


def read_iteration(raised: Raised) -> Reading | None:
    """What a loop should go through, and cannot."""
    found = re.search(r"'(?P<type>[\w.]+)' object is not iterable", raised.message)
    if found is None or not raised.expression or raised.node is None:
        return None
    slots: Slots = {"type": found["type"].rpartition(".")[2], "code": raised.expression}
    is_loop = raised.place is not None and raised.place.text.startswith("for ")
    if isinstance(raised.node, ast.Call):
        return "not-iterable-call", slots | {"function": raised.called}
    return ("not-iterable-number" if is_loop and slots["type"] == "int" else "not-iterable"), slots


def read_entry(raised: Raised) -> Reading | None:
    """Square brackets after something that has no entries, or whose entries stay as they are."""
    found = re.search(
        r"'(?P<type>[\w.]+)' object (is not subscriptable|does not support item (?P<new>\w+))",
        raised.message,
    )
    if found is None or not isinstance(raised.node, ast.Subscript):
        return None
    slots: Slots = {
        "type": found["type"].rpartition(".")[2],
        "code": raised.text_of(raised.node.value),
    }
    if found["new"]:
        return "entry-assigned", slots
    if slots["type"] in FUNCTIONS:
        return "entry-function", slots
    return ("entry-none" if slots["type"] == "NoneType" else "entry"), slots


def _last_name(raised: Raised, slots: Slots) -> Slots | None:
    """The type without its module."""
    name = str(slots.get("type") or slots.get("other", ""))
    return {"type": name.rpartition(".")[2]}


WHOLE = r"'(?P<type>[\w.]+)' object cannot be interpreted as an integer"
TYPE_RULES: tuple[Rule, ...] = (
    *CALL_RULES,
    read_not_callable,
    rule("joined", r"only integer scalar arrays", call_of(r"(concatenate|stack)$")),
    rule("whole-number-float", WHOLE, _last_name, slot_in("type", "float", "float64"), code),
    rule("whole-number", WHOLE, _last_name, code),
    read_operands,
    rule("operands-unary", r"for unary (?P<sign>\S): '(?P<type>[\w.]+)'", _last_name, code),
    rule(
        "operands-compared",
        r"'(?P<sign>\S+)' not supported between instances of "
        r"'(?P<left_type>[\w.]+)' and '(?P<right_type>[\w.]+)'",
        code,
    ),
    *LOOKUP_RULES,
    read_iteration,
    rule("unpack-one", r"cannot unpack non-iterable (?P<type>[\w.]+) object", _last_name),
    read_entry,
    rule("unhashable", r"unhashable type: '(?P<type>[\w.]+)'", _last_name, code),
    read_one_number,
    rule("no-length", r"object of type '(?P<type>[\w.]+)' has no len", _last_name, code),
    rule("format", r"unsupported format string passed to (?P<type>[\w.]+)\.__format__", _last_name),
    rule("conversion", CONVERSION, _last_name, function, code),
    rule("type", r"", code),
)
