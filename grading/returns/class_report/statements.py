"""The statements of a solution in a normal form: without layout, comments and bodies, local names numbered.

Most of a class writes most lines alike. So what one line says is worked out once for the class, under its text.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

LONGEST = 20_000  # characters of a solution; longer ones are not compared
BODIES = ("body", "orelse", "finalbody", "handlers", "cases")

Key = tuple[type, bytes]


class Head(NamedTuple):
    """A statement without its body. dump: as `ast` writes it; names: in the order of the tree; stored: that it gives
    a value"""

    dump: str
    names: tuple[str, ...]
    stored: frozenset[str]


@dataclass
class Statements:
    """Reads solutions, and remembers what it has read before."""

    _solutions: dict[str, frozenset[str] | None] = field(default_factory=dict)
    _heads: dict[Key, Head] = field(default_factory=dict)
    _forms: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def of(self, code: str) -> frozenset[str] | None:
        """Every statement of a solution in its normal form; None where it cannot be read as Python."""
        if code not in self._solutions:
            self._solutions[code] = self._read(code)
        return self._solutions[code]

    def _read(self, code: str) -> frozenset[str] | None:
        if len(code) > LONGEST:
            return None
        code = code.replace("\r\n", "\n").replace("\r", "\n")
        try:
            nodes = list(_nodes(ast.parse(code)))
            lines = code.encode().split(b"\n")
            heads = [
                (node, self._head(node, lines)) for node in nodes if isinstance(node, ast.stmt)
            ]
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None
        own = {name for _, head in heads for name in head.stored}
        own |= {
            name for node in nodes if not isinstance(node, ast.stmt) for name in names_given(node)
        }
        return frozenset(self._form(head, own) for node, head in heads if not _is_text(node))

    def _head(self, node: ast.stmt, lines: list[bytes]) -> Head:
        key = type(node), _text(node, lines)
        if key not in self._heads:
            self._heads[key] = _read_head(node)
        return self._heads[key]

    def _form(self, head: Head, own: set[str]) -> str:
        key = head.dump, tuple(name for name in head.names if name in own)
        if key not in self._forms:
            self._forms[key] = _numbered(*key)
        return self._forms[key]


def names_given(tree: ast.AST) -> set[str]:
    """Names that the code gives a meaning of its own: arguments and what is assigned."""
    return {
        node.arg if isinstance(node, ast.arg) else node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.arg)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Every statement, and what stands between them and is part of none: after `except` and `case`."""
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


def _text(node: ast.stmt, lines: list[bytes]) -> bytes:
    """The statement as it is written, up to its body."""
    first = next(iter(getattr(node, "decorator_list", ())), node)
    line, column = first.lineno - 1, first.col_offset
    inner = getattr(node, "body", None) or [case.pattern for case in getattr(node, "cases", ())]
    end_line, end = (
        (inner[0].lineno, inner[0].col_offset) if inner else (node.end_lineno, node.end_col_offset)
    )
    last = (end_line or node.lineno) - 1
    if last == line:
        return lines[line][column:end]
    return b"\n".join([lines[line][column:], *lines[line + 1 : last], lines[last][:end]])


def _read_head(node: ast.stmt) -> Head:
    head = type(node)(
        **{field: [] if field in BODIES else value for field, value in ast.iter_fields(node)}
    )
    named = [part for part in ast.walk(head) if isinstance(part, ast.Name | ast.arg)]
    names = dict.fromkeys(part.arg if isinstance(part, ast.arg) else part.id for part in named)
    return Head(ast.dump(head), tuple(names), frozenset(names_given(head)))


def _numbered(dump: str, names: tuple[str, ...]) -> str:
    """The dump of a statement with these names as numbers."""
    for number, name in enumerate(names):
        dump = dump.replace(f"Name(id={name!r}", f"Name(id='_{number}'")
        dump = dump.replace(f"arg(arg={name!r}", f"arg(arg='_{number}'")
    return dump


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
