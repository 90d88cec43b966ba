"""An error together with the expression that raised it, and with what the names in that hold."""

from __future__ import annotations

import ast
import builtins
import operator
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import Any

import numpy as np

from course_utils.explain.errors.call_error import shortened
from course_utils.explain.errors.places import Place

UNKNOWN = object()  # the value of an expression that cannot be had without running code
LARGEST = 10**9  # numbers that are computed here stay below this
SIGNS: dict[type, str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.FloorDiv: "//",
    ast.Mod: "%",
    ast.Pow: "**",
    ast.MatMult: "@",
}
COMPUTED: dict[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
}


@dataclass(frozen=True)
class Raised:
    """One error and what can be seen around it.

    message: its text, shortened
    place: None where no line of the student's own was found
    """

    error: BaseException
    message: str
    place: Place | None = None

    @property
    def node(self) -> ast.AST | None:
        """The failing expression; of `a += b`, an operation like any other; None if unknown."""
        return self._parsed[1]

    @cached_property
    def _parsed(self) -> tuple[str, ast.AST | None]:
        """What was parsed, and the failing expression in it."""
        segment = self.place.segment if self.place else ""
        for source in (f"({segment}\n)", segment):  # in brackets it may have several lines
            with warnings.catch_warnings(action="ignore"):
                try:
                    (statement,) = ast.parse(source).body
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue
            if isinstance(statement, ast.Expr):
                return source, statement.value
            if isinstance(statement, ast.AugAssign):
                return source, ast.BinOp(statement.target, statement.op, statement.value)
            if isinstance(statement, ast.For):  # some versions of Python name the whole loop
                return source, statement.iter
        return "", None

    @property
    def expression(self) -> str:
        """The text of the failing expression in one line; of the whole line, where it is not known.

        "" where no line is known either.
        """
        if self.place is None:
            return ""
        text = self.text_of(self.node) if self.node else ""
        return text or shortened(self.place.text)

    def text_of(self, node: ast.AST) -> str:
        """The text of a part of the expression."""
        return shortened(ast.get_source_segment(self._parsed[0], node) or "")

    @property
    def called(self) -> str:
        """The name of the function that the expression calls, such as "np.zeros", or ""."""
        return self.text_of(self.node.func) if isinstance(self.node, ast.Call) else ""

    @property
    def helper(self) -> str:
        """The function that the expression calls, or from whose result the line makes something.

        "" for one of Python's own, and for one that is called with a dot, such as those of numpy.
        """
        node = self.node if isinstance(self.node, ast.Call) else self.right_side
        function = node.func if isinstance(node, ast.Call) else None
        is_helper = isinstance(function, ast.Name) and not hasattr(builtins, function.id)
        return shortened(function.id) if is_helper and isinstance(function, ast.Name) else ""

    @cached_property
    def right_side(self) -> ast.AST | None:
        """What stands on the right side of the line; None where the line is no whole statement."""
        with warnings.catch_warnings(action="ignore"):
            try:
                (statement,) = ast.parse(self.place.text if self.place else "").body
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return None
        return getattr(statement, "value", None)

    @property
    def names(self) -> Mapping[str, Any]:
        """The names that have a value in the student's function."""
        return self.place.frame.f_locals if self.place else {}

    def value_of(self, node: ast.AST | None) -> Any:
        """The value of a part of the expression, where that needs no code to run, else UNKNOWN."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, ast.Subscript):
            return _item(self.value_of(node.value), self.value_of(node.slice))
        if isinstance(node, ast.Attribute):
            return _attribute(self.value_of(node.value), node.attr)
        if isinstance(node, ast.BinOp):
            return _computed(node.op, self.value_of(node.left), self.value_of(node.right))
        if isinstance(node, ast.Call) and self.text_of(node.func) in ("str", "len"):
            return self._of_call(node)
        return UNKNOWN

    def _named(self, name: str) -> Any:
        if self.place is None:
            return UNKNOWN
        frame = self.place.frame
        for space in (frame.f_locals, frame.f_globals, vars(builtins)):
            if name in space:
                return space[name]
        return UNKNOWN

    def _of_call(self, node: ast.Call) -> Any:
        """Of `str(l)` and `len(layers_dims)`."""
        value: Any = self.value_of(node.args[0]) if len(node.args) == 1 else UNKNOWN
        if self.text_of(node.func) == "str":
            return str(value) if type(value) is int else UNKNOWN
        return len(value) if type(value) in (list, tuple, dict, str) else UNKNOWN


def shape_of(value: Any) -> str:
    """The shape of an array, such as "(2, 3)"; "" for anything else."""
    return f"{value.shape}" if type(value) is np.ndarray else ""


def type_of(value: Any) -> str:
    """The name of a value's type, or "" where the value is unknown."""
    return "" if value is UNKNOWN else type(value).__name__


def _item(container: Any, index: Any) -> Any:
    """An entry of a plain list, tuple or dictionary."""
    if type(container) is dict and type(index) in (str, int):
        return container.get(index, UNKNOWN)
    if type(container) in (list, tuple) and type(index) is int and index < len(container):
        return container[index] if index >= -len(container) else UNKNOWN
    return UNKNOWN


def _attribute(owner: Any, name: str) -> Any:
    if isinstance(owner, ModuleType):
        return vars(owner).get(name, UNKNOWN)
    if type(owner) is np.ndarray and name in ("T", "shape", "size", "ndim"):
        return getattr(owner, name)
    return UNKNOWN


def _computed(sign: ast.operator, left: Any, right: Any) -> Any:
    """Of two whole numbers, or of two texts one after the other."""
    compute = COMPUTED.get(type(sign))
    if type(left) is str and type(right) is str:
        return (left + right)[:200] if isinstance(sign, ast.Add) else UNKNOWN
    whole = all(type(side) is int and abs(side) < LARGEST for side in (left, right))
    if compute is None or not whole or (isinstance(sign, ast.FloorDiv) and right == 0):
        return UNKNOWN
    return compute(left, right)
