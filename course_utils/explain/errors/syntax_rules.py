"""Errors of a cell that Python could not read: their kind by the message and the line."""

from __future__ import annotations

import re

from course_utils.explain.errors.rules import Slots

WORDS = "lambda|class|global|pass"  # that look like names for a value
# By pattern of the line's text; they come first, since Python says no more than "invalid syntax".
BY_LINE = (
    (r"\belse\s+if\b", "syntax-else-if"),
    (r"(?P<sign>&&|\|\||\+\+)", "syntax-sign"),
    (rf"\b(?P<word>{WORDS})\s*(=(?!=)|[),*/+])", "syntax-word"),
)
# By pattern of the message. Versions of Python differ in words, so that only a few are asked for.
BY_MESSAGE = (
    (r"'(?P<bracket>[(\[{])' was never closed", "syntax-open"),
    (r"closing parenthesis '(?P<closing>.)' does not match .* '(?P<opening>.)'", "syntax-pair"),
    (r"unmatched '(?P<bracket>.)'", "syntax-extra"),
    (r"call to 'print'", "syntax-print"),
    (r"cannot assign to (True|False|None)", "syntax-constant"),
    (r"cannot assign to|cannot contain assignment", "syntax-assign"),
    (r"instead of '='", "syntax-equal"),
    (r"unterminated|EOL while scanning|EOF while scanning", "syntax-text"),
    (r"forgot a comma", "syntax-comma"),
    (r"expected an indented block", "syntax-block"),
    (r"unexpected indent", "syntax-indent"),
    (r"unindent does not match", "syntax-unindent"),
    (r"inconsistent use of tabs", "syntax-tabs"),
    (r"'return' outside function", "syntax-return"),
    (r"(?P<word>break|continue)\b.*\bloop", "syntax-loop"),
    (r"invalid character '(?P<character>.)'", "syntax-character"),
    (r"non-printable character (?P<character>\S+)", "syntax-character"),
    (r"invalid \w+ literal|leading zeros", "syntax-number"),
    (r"positional argument follows", "syntax-order"),
    (r"expected ':'", "syntax-colon"),
    (r"", "syntax"),
)


def syntax_kind(message: str, text: str) -> tuple[str, Slots]:
    """The kind of a SyntaxError, and its slots. text: of the line"""
    by_line = () if re.search(r"indent|never closed|unterminated", message) else BY_LINE
    for subject, table in ((text, by_line), (message, BY_MESSAGE)):
        for pattern, kind in table:
            if found := re.search(pattern, subject):
                return kind, {name: part for name, part in found.groupdict().items() if part}
    raise AssertionError("the last pattern fits every message")
