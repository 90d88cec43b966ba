"""TypeErrors of calls: arguments that are missing, too many or unknown, and what is no function."""

from __future__ import annotations

import ast
import builtins
import re

from course_utils.explain.errors.raised import Raised, type_of
from course_utils.explain.errors.rules import Reading, Slots, call_of, code, function, rule

NUMBERS = ("int", "float", "float64", "float32", "int64", "complex")
MISSING = (
    r"(?P<called>\S+)\(\) missing (\d+ )?required (positional |keyword-only )?arguments?:? "
    r"(?P<missing>.*)"
)
UNEXPECTED = (
    r"unexpected keyword argument '(?P<name>\w+)'|'(?P<other>\w+)' is an invalid keyword argument"
)
TOO_MANY = (
    r"positional arguments? but|takes (exactly|at most|no|from)\b.*argument|expected .*, got \d+$"
)
COUNTED = r"(takes|expected) (?P<counts>.*\bargument.*)"
SHAPED = r"(^|\.)(zeros|ones|empty)$"
DRAWN = r"(^|\.)(randn|rand)$"


def missing_names(raised: Raised, slots: Slots) -> Slots | None:
    """The names in "missing 2 required positional arguments: 'a' and 'b'"."""
    names = re.findall(r"'(\w+)'", str(slots.pop("missing")))
    called = raised.called or str(slots["called"])
    return {"function": called, "names": tuple(names)} if names else None


def either_name(raised: Raised, slots: Slots) -> Slots | None:
    return {"name": slots.get("name") or slots.get("other", "")}


def as_names(raised: Raised, slots: Slots) -> Slots | None:
    return {"names": (str(slots["name"]),)}


def too_few(raised: Raised, slots: Slots) -> Slots | None:
    """Nothing more, where the last number, of the arguments given, is less than the first one."""
    counts = [int(number) for number in re.findall(r"\d+", str(slots.pop("counts")))]
    return {} if counts and counts[-1] < max(counts[0], 1) else None


CALL_RULES = (
    rule("call-missing", MISSING, missing_names),
    rule("call-unexpected", UNEXPECTED, either_name, function),
    rule("call-twice", r"multiple values for (keyword )?argument '(?P<name>\w+)'", function),
    rule("call-shape", r"(?i)data type", call_of(SHAPED), code),
    rule("call-dtype", r"Cannot interpret '(?P<value>.*)' as a data type", function, code),
    rule("call-sizes", r"'(?P<type>\w+)' object cannot be interpreted as an", call_of(DRAWN)),
    rule("call-few", COUNTED, too_few, function, code),
    rule("call-many", TOO_MANY, function, code),
)
# Of the call of the graded function itself, which no line of the student's makes.
SIGNATURE_RULES = (
    rule("signature-missing", MISSING, missing_names),
    rule("signature-unexpected", UNEXPECTED, either_name, as_names),
    rule("signature-many", r"takes .*argument"),
)


def read_not_callable(raised: Raised) -> Reading | None:
    """Round brackets after something that is no function."""
    found = re.search(r"'([\w.]+)' object is not callable", raised.message)
    if found is None or not isinstance(raised.node, ast.Call):
        return None
    called, arguments = raised.node.func, raised.node.args
    called_type = type_of(raised.value_of(called)) or found[1].rpartition(".")[2]
    slots: Slots = {"code": raised.text_of(called), "type": called_type}
    if isinstance(called, ast.Name) and hasattr(builtins, called.id):
        return "not-callable-shadowed", slots
    if called_type in NUMBERS:
        return "not-callable-number", slots
    if called_type == "ndarray":
        return "not-callable-array", slots
    if called_type == "module":
        return "not-callable-module", slots
    is_container = called_type in ("dict", "list", "tuple") and len(arguments) == 1
    return "not-callable-brackets" if is_container else "not-callable", slots
