"""From an exception to a `CallError`: what was raised, on which line, and of which kind it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from types import CodeType

from course_utils.explain.errors.call_error import (
    LONGEST_LINE,
    LONGEST_MESSAGE,
    LONGEST_TYPE,
    CallError,
    SourceLine,
)
from course_utils.explain.errors.call_rules import SIGNATURE_RULES
from course_utils.explain.errors.lookup_rules import ATTRIBUTE_RULES, INDEX_RULES, KEY_RULES
from course_utils.explain.errors.name_rules import NAME_RULES, UNBOUND_RULES
from course_utils.explain.errors.other_rules import OTHER_RULES, RULES_BY_NAME, read_own_raise
from course_utils.explain.errors.places import (
    codes_of,
    definition_line,
    innermost_place,
    is_of_course,
    is_own,
    leading_empty_lines,
)
from course_utils.explain.errors.raised import Raised
from course_utils.explain.errors.rules import Reading, Rule, first_reading
from course_utils.explain.errors.syntax_rules import syntax_kind
from course_utils.explain.errors.type_rules import TYPE_RULES
from course_utils.explain.errors.value_rules import VALUE_RULES

LONGEST_READ = 1_000  # characters of a message that rules look at
# By the name of a class; an error's own class comes first, then those that it is derived from.
RULES: dict[str, tuple[Rule, ...]] = {
    "UnboundLocalError": UNBOUND_RULES,
    "NameError": NAME_RULES,
    "KeyError": KEY_RULES,
    "IndexError": INDEX_RULES,
    "AttributeError": ATTRIBUTE_RULES,
    "TypeError": TYPE_RULES,
    "ValueError": VALUE_RULES,
    **RULES_BY_NAME,
}


def read_error(
    error: BaseException, called: object = None, libraries: Iterable[str] = ()
) -> CallError:
    """What is to be known of an error that a call of the function `called` raised.

    libraries: further folders of which no file is the student's
    """
    try:
        if isinstance(error, SyntaxError):
            return _read_syntax_error(error, "")
        return _read(error, called, tuple(libraries))
    except Exception:
        # The student's objects are asked for their types, keys and attributes. What they answer
        # with may be one more error; the first one is to be told all the same.
        return CallError(type(error).__name__[:LONGEST_TYPE], _message_of(error)[:LONGEST_MESSAGE])


def read_cell_error(error: BaseException, cell: str, libraries: Iterable[str] = ()) -> CallError:
    """What is to be known of an error that ended a cell, or for which it could not be run.

    cell: its text as it was written
    """
    if isinstance(error, SyntaxError):
        return _read_syntax_error(error, cell)
    return read_error(error, libraries=libraries)


def _read(error: BaseException, called: object, libraries: tuple[str, ...]) -> CallError:
    codes = codes_of(error.__traceback__)
    message = _message_of(error)
    if not any(is_own(code, libraries) for code in codes):  # Python could not even make the call
        return _read_refused_call(error, message, getattr(called, "__code__", None))
    place = innermost_place(error.__traceback__, libraries)
    raised = Raised(error, message[:LONGEST_READ], place)
    inside = is_of_course(codes[-1], libraries)
    kind, slots = (inside and _inside(raised)) or _reading(raised)
    return CallError(
        type(error).__name__[:LONGEST_TYPE],
        message[:LONGEST_MESSAGE],
        kind,
        slots,
        place.line if place else None,
        helper=raised.helper,
    )


def _read_refused_call(error: BaseException, message: str, code: CodeType | None) -> CallError:
    """Of a call with arguments that the function does not take: the line is its `def`."""
    raised = Raised(error, message[:LONGEST_READ])
    reading = first_reading(raised, SIGNATURE_RULES) if type(error) is TypeError else None
    kind, slots = reading or ("other", {})
    return CallError(
        type(error).__name__[:LONGEST_TYPE],
        message[:LONGEST_MESSAGE],
        kind,
        slots,
        definition_line(code) if code else None,
        refused=str(slots["name"]) if kind == "signature-unexpected" else "",
    )


def _inside(raised: Raised) -> Reading | None:
    """Of an error in a function of the course, with what the student's line gives it.

    Where that function refuses the call itself, the error is not from inside.
    """
    name = raised.called.rpartition(".")[2]
    is_refused = re.match(rf"{name}\(\) (missing|takes|got)\b", raised.message)
    if is_refused or not isinstance(raised.node, ast.Call):
        return None
    return "inside", {"function": raised.called, "code": raised.expression}


def _reading(raised: Raised) -> Reading:
    """The kind by the rules of the error's class, and of the classes that it is derived from."""
    names = [kind.__name__ for kind in type(raised.error).__mro__]
    rules = [rule for name in names for rule in RULES.get(name, ())]
    return first_reading(raised, (read_own_raise, *rules, *OTHER_RULES)) or ("other", {})


def _read_syntax_error(error: SyntaxError, cell: str) -> CallError:
    """cell: the text in which the line is numbered, or "" """
    line = _syntax_line(error, cell)
    message = _message_of(error)
    kind, slots = syntax_kind(message, line.text if line else "")
    name = type(error).__name__
    return CallError(name, message[:LONGEST_MESSAGE], kind, slots, line)


def _syntax_line(error: SyntaxError, cell: str) -> SourceLine | None:
    """The line that Python names; in the cell that was compiled empty lines may be missing."""
    text, named = (error.text or "").strip(), error.lineno or 0
    lines = cell.splitlines()
    number = min(named + leading_empty_lines(cell), len(lines)) if lines else named
    same = [position for position, line in enumerate(lines, 1) if text and line.strip() == text]
    if same:
        number = min(same, key=lambda position: abs(position - number))
    elif 0 < number <= len(lines):
        text = lines[number - 1].strip()
    return SourceLine(number, text[:LONGEST_LINE]) if number > 0 and text else None


def _message_of(error: BaseException) -> str:
    """An error's message; the error's class may be the student's, and its `__str__` may fail."""
    try:
        return f"{error.msg}" if isinstance(error, SyntaxError) else f"{error}"
    except Exception:
        return ""
