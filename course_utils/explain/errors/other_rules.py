"""Errors that are neither about names, types nor values."""

from __future__ import annotations

import ast
import re

from course_utils.explain.errors.call_error import shortened
from course_utils.explain.errors.name_rules import FRAMEWORKS, one_of
from course_utils.explain.errors.raised import Raised
from course_utils.explain.errors.rules import Reading, Rule, code, rule


def read_zero_division(raised: Raised) -> Reading | None:
    """A divisor that is zero."""
    if isinstance(raised.node, ast.BinOp):
        return "zero-division", {"divisor": raised.text_of(raised.node.right)}
    return "zero-division-plain", {}


def read_recursion(raised: Raised) -> Reading | None:
    """A function that calls itself again and again."""
    return ("recursion", {"name": raised.place.code.co_name}) if raised.place else None


def read_own_raise(raised: Raised) -> Reading | None:
    """An error that a line of the student's raises on purpose."""
    own = raised.place is not None and re.match(r"raise\b", raised.place.text)
    return ("raise", {}) if own else None


def read_file(raised: Raised) -> Reading | None:
    """A file that is not there."""
    name = getattr(raised.error, "filename", None)
    return ("file", {"name": shortened(name)}) if isinstance(name, str) else None


MODULE = r"No module named '(?P<name>\w+)"
RULES_BY_NAME: dict[str, tuple[Rule, ...]] = {
    "ZeroDivisionError": (read_zero_division,),
    "RecursionError": (read_recursion,),
    "ModuleNotFoundError": (
        rule("module-framework", MODULE, one_of(*FRAMEWORKS)),
        rule("module", MODULE),
    ),
    "ImportError": (
        rule("import-name", r"cannot import name '(?P<name>\w+)' from '(?P<module>[\w.]+)'"),
    ),
    "AssertionError": (rule("assertion", r"", code),),
    "OverflowError": (rule("overflow", r"", code),),
    "MemoryError": (rule("memory", r"", code),),
    "FileNotFoundError": (read_file,),
    "EOFError": (rule("input", r"EOF when reading"),),
    "StdinNotImplementedError": (rule("input", r""),),
}
OTHER_RULES: tuple[Rule, ...] = (rule("other-line", r"", code),)
