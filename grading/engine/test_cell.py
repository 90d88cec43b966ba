"""Cells of the instructor's, run in the test process: compiled once, run for every submission."""

import ast
import traceback
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any, ClassVar

from IPython.core.getipython import get_ipython
from IPython.core.inputtransformer2 import TransformerManager

from grading.isolation.outputs import Emit, error_output, streams_to
from grading.isolation.shell import CellResult, message_of

Namespace = dict[str, Any]


@dataclass(frozen=True)
class TestCell:
    """A locked cell or a test cell: plain Python, with IPython's magics translated."""

    __test__: ClassVar = False  # pytest would take it for a class of tests

    source: str
    grade_id: str

    @cached_property
    def _parts(self) -> tuple[CodeType, CodeType | None]:
        """All statements but a last expression, and that expression, whose value is the cell's.

        As in IPython, a semicolon at the end says that the value is not wanted.
        """
        tree = self._tree
        last = tree.body[-1] if tree.body and not self.source.rstrip().endswith(";") else None
        filename = f"<{self.grade_id}>"
        if not isinstance(last, ast.Expr):
            return compile(tree, filename, "exec"), None
        statements = ast.Module(tree.body[:-1], type_ignores=[])
        expression = ast.Expression(last.value)
        return compile(statements, filename, "exec"), compile(expression, filename, "eval")

    @cached_property
    def _tree(self) -> ast.Module:
        return ast.parse(TransformerManager().transform_cell(self.source))

    @cached_property
    def names_read(self) -> list[str]:
        """The names that the cell reads, each once, in order."""
        names = [node.id for node in self._nodes(ast.Name) if isinstance(node.ctx, ast.Load)]
        return list(dict.fromkeys(names))

    @cached_property
    def names_bound(self) -> set[str]:
        """The names to which the cell gives a meaning of its own."""
        definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        names = {node.id for node in self._nodes(ast.Name) if not isinstance(node.ctx, ast.Load)}
        names |= {(node.asname or node.name).partition(".")[0] for node in self._nodes(ast.alias)}
        names |= {node.name for node in self._nodes(*definitions)}
        return names | {node.arg for node in self._nodes(ast.arg)}

    def _nodes(self, *kinds: type) -> list[Any]:
        return [node for node in self._all_nodes if isinstance(node, kinds)]

    @cached_property
    def _all_nodes(self) -> list[ast.AST]:
        return list(ast.walk(self._tree))

    def prepare(self) -> None:
        """Do now what can be done before the first run."""
        _ = self._parts, self.names_read, self.names_bound

    def run(self, namespace: Namespace, emit: Emit) -> CellResult:
        """Run the cell. An error ends it and nothing else; it goes to `emit` too."""
        statements, expression = self._parts
        namespace.setdefault("get_ipython", get_ipython)
        with streams_to(emit):
            try:
                exec(statements, namespace)
                return CellResult(value=eval(expression, namespace) if expression else None)
            # SystemExit and KeyboardInterrupt too: whatever a test raises is a failed test
            except BaseException as error:
                emit(error_output(type(error).__name__, message_of(error), _traceback(error)))
                return CellResult(f"{type(error).__name__}: {message_of(error)}")


def names_made(source: str) -> frozenset[str]:
    """The names to which a cell of the course gives a meaning; none where it does not parse."""
    try:
        return frozenset(TestCell(source, "").names_bound)
    except SyntaxError:
        return frozenset()


def _traceback(error: BaseException) -> list[str]:
    """The lines that a notebook shows of an error: its own rendering where it has one."""
    render = getattr(error, "_render_traceback_", None)
    return render() if render else traceback.format_exception(error, limit=-3)
