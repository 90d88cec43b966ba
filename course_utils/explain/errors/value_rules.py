"""ValueErrors: shapes that do not fit each other, and values that a function does not take."""

from __future__ import annotations

import ast

from course_utils.explain.errors.call_error import shortened
from course_utils.explain.errors.lookup_rules import NO_AXIS
from course_utils.explain.errors.raised import Raised, shape_of
from course_utils.explain.errors.rules import (
    Reading,
    Rule,
    Slots,
    call_of,
    code,
    function,
    rule,
    shapes,
)

SHAPE = r"\((?P<{0}>[\d, ]*)\)"
FIRST, SECOND = SHAPE.format("first"), SHAPE.format("second")
BROADCAST = rf"could not be broadcast together with (remapped )?shapes.* ?{FIRST} {SECOND}"
INTO = (
    rf"output operand with shape {FIRST} doesn't match the broadcast shape {SECOND}"
    rf"|could not broadcast input array from shape {SHAPE.format('from')} into shape "
    rf"{SHAPE.format('into')}"
)
ALIGNED = r"not aligned: (?P<left_size>\d+) \(dim \d+\) != (?P<right_size>\d+) \(dim \d+\)"
MATMUL = (
    r"matmul: Input operand 1 has a mismatch .*\(size (?P<right_size>\d+) is different from "
    r"(?P<left_size>\d+)\)"
)
TOO_FEW = r"not enough values to unpack \(expected (at least )?(?P<expected>\d+), got (?P<got>\d+)"


def tidy_shapes(raised: Raised, slots: Slots) -> Slots | None:
    """Shapes as Python shows them: "(2, 3)", "(4,)"; of two, the one to be filled first."""
    first = str(slots.pop("into", None) or slots.get("first", ""))
    second = str(slots.pop("from", None) or slots.get("second", ""))
    return {"first": _tidy(first), "second": _tidy(second)}


def read_sequence(raised: Raised) -> Reading | None:
    """Something else than a number for a place of one; since numpy 2.4 an array with one entry."""
    if "setting an array element with a sequence" not in raised.message:
        return None
    value = raised.value_of(raised.right_side)
    if shape_of(value) and value.size == 1 and raised.place and raised.right_side:
        code = ast.get_source_segment(raised.place.text, raised.right_side) or ""
        return "sequence-one", {"code": shortened(code), "shape": shape_of(value)}
    return "sequence", {}


def _tidy(shape: str) -> str:
    sizes = [size.strip() for size in shape.split(",") if size.strip()]
    return f"({sizes[0]},)" if len(sizes) == 1 else f"({', '.join(sizes)})"


VALUE_RULES: tuple[Rule, ...] = (
    rule("axis", NO_AXIS),
    rule("broadcast-shapes", r"could not be broadcast together", shapes),
    rule("broadcast", BROADCAST, tidy_shapes, code),
    rule("assigned-shape", INTO, tidy_shapes, code),
    rule("product-shapes", rf"{ALIGNED}|matmul: Input operand 1", shapes),
    rule("product", ALIGNED, code),
    rule("product", MATMUL, code),
    rule("product-number", r"matmul: Input operand \d does not have enough dimensions", code),
    rule("reshape", r"cannot reshape array of size (?P<size>\d+) into shape (?P<shape>.*)", code),
    rule("truth", r"truth value of an array", code),
    rule("ragged", r"inhomogeneous shape", function, code),
    read_sequence,
    rule("unpack-more", r"too many values to unpack \(expected (?P<expected>\d+)"),
    rule("unpack-fewer", TOO_FEW),
    rule("text-number", r"could not convert string to float: (?P<text>.*)"),
    rule("text-number", r"invalid literal for int\(\) with base \d+: (?P<text>.*)"),
    rule("domain", r"math domain|expected a .*input, got", call_of(r"^math\.")),
    rule("negative-size", r"negative dimensions", code),
    rule("joined-shapes", r"must (match exactly|have same number of dim)|must have the same shape"),
    rule("empty-array", r"zero-size array", code),
    rule("value", r"", function, code),
)
