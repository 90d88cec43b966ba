"""Statements of a solution in a normal form: no layout, comments or bodies, local names numbered.

Most students write most lines alike. So a line is parsed once for the whole class, and remembered
by its text.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

MAX_CODE = 20_000  # characters of a solution; longer ones are not compared
# The fields of a syntax tree that hold statements, or nodes that hold statements.
BODIES = ("body", "orelse", "finalbody", "handlers", "cases")

NAME_IN_DUMP = re.compile(r"(?P<field>Name\(id=|arg\(arg=)'(?P<name>\w+)'")

HeadKey = tuple[type, bytes]


class Head(NamedTuple):
    """A statement without its body.

    dump: its tree, as `ast.dump` writes it; names: all names in it, in the order of the tree
    bound: the names that it binds to a value
    """

    dump: str
    names: tuple[str, ...]
    bound: frozenset[str]


@dataclass
class Statements:
    """Parses solutions, and remembers the statements that it has seen before."""

    _solutions: dict[str, frozenset[str] | None] = field(default_factory=dict)
    _heads: dict[HeadKey, Head] = field(default_factory=dict)
    _forms: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def of(self, code: str) -> frozenset[str] | None:
        """All statements of a solution in normal form; None if it is too long or not Python."""
        if code not in self._solutions:
            self._solutions[code] = self._parse(code)
        return self._solutions[code]

    def _parse(self, code: str) -> frozenset[str] | None:
        if len(code) > MAX_CODE:
            return None
        code = code.replace("\r\n", "\n").replace("\r", "\n")
        try:
            nodes = list(_statement_nodes(ast.parse(code)))
            lines = code.encode().split(b"\n")
            heads = [
                (node, self._head(node, lines)) for node in nodes if isinstance(node, ast.stmt)
            ]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        others = [node for node in nodes if not isinstance(node, ast.stmt)]
        local = {name for _, head in heads for name in head.bound}
        local |= {name for node in others for name in bound_names(node)}
        return frozenset(
            self._normal_form(head, local) for node, head in heads if not _is_constant(node)
        )

    def _head(self, node: ast.stmt, lines: list[bytes]) -> Head:
        key = type(node), _head_text(node, lines)
        if key not in self._heads:
            self._heads[key] = _make_head(node)
        return self._heads[key]

    def _normal_form(self, head: Head, local: set[str]) -> str:
        key = head.dump, tuple(name for name in head.names if name in local)
        if key not in self._forms:
            self._forms[key] = _number_names(*key)
        return self._forms[key]


def bound_names(tree: ast.AST) -> set[str]:
    """The names that the code itself binds: its arguments, and what it assigns to."""
    return {
        node.arg if isinstance(node, ast.arg) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }


def _statement_nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Every statement, and the nodes between statements: those after `except` and `case`."""
    waiting: list[ast.AST] = [*tree.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        else:
            yield from (
                part
                for name, part in ast.iter_fields(node)
                if name not in BODIES and isinstance(part, ast.AST)
            )
        waiting += [part for name in BODIES for part in getattr(node, name, ())]


def _head_text(node: ast.stmt, lines: list[bytes]) -> bytes:
    """A statement as it is written, up to its body.

    lines: of the whole solution, in UTF-8, since `ast` counts columns in bytes
    """
    first = next(iter(getattr(node, "decorator_list", ())), node)
    line, column = first.lineno - 1, first.col_offset
    body = getattr(node, "body", None) or [case.pattern for case in getattr(node, "cases", ())]
    end_line, end = (
        (body[0].lineno, body[0].col_offset) if body else (node.end_lineno, node.end_col_offset)
    )
    last = (end_line or node.lineno) - 1
    if last == line:
        return lines[line][column:end]
    return b"\n".join([lines[line][column:], *lines[line + 1 : last], lines[last][:end]])


def _make_head(node: ast.stmt) -> Head:
    head = type(node)(
        **{field: [] if field in BODIES else value for field, value in ast.iter_fields(node)}
    )
    named = [part for part in ast.walk(head) if isinstance(part, ast.Name | ast.arg)]
    names = dict.fromkeys(part.arg if isinstance(part, ast.arg) else part.id for part in named)
    return Head(ast.dump(head), tuple(names), frozenset(bound_names(head)))


def _number_names(dump: str, names: tuple[str, ...]) -> str:
    """The dump of a statement with numbers in place of these names."""
    number_of = {name: number for number, name in enumerate(names)}

    def numbered(named: re.Match[str]) -> str:
        number = number_of.get(named["name"])
        return named[0] if number is None else f"{named['field']}'_{number}'"

    return NAME_IN_DUMP.sub(numbered, dump)


def _is_constant(node: ast.stmt) -> bool:
    """Whether a statement is a mere constant, such as a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
