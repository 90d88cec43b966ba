"""Cells of the instructor's, run in this process: compiled once for an assignment, run for every submission."""

import ast
import traceback
from dataclasses import dataclass
from functools import cached_property
from types import CodeType
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.core.inputtransformer2 import TransformerManager

from grading.isolation.shell import Emit, Ran, error_output, message_of, streams_to

Names = dict[str, Any]


@dataclass(frozen=True)
class TestCell:
    """A locked or a test cell: plain Python, with IPython's magics translated."""

    source: str
    name: str

    @cached_property
    def _parts(self) -> tuple[CodeType, CodeType | None]:
        """All statements but a last expression, and that expression, whose value is the cell's."""
        tree = self._tree
        last = tree.body[-1] if tree.body and not self.source.rstrip().endswith(";") else None
        filename = f"<{self.name}>"
        if not isinstance(last, ast.Expr):
            return compile(tree, filename, "exec"), None
        head = ast.Module(tree.body[:-1], type_ignores=[])
        return compile(head, filename, "exec"), compile(
            ast.Expression(last.value), filename, "eval"
        )

    @cached_property
    def _tree(self) -> ast.Module:
        return ast.parse(TransformerManager().transform_cell(self.source))

    @cached_property
    def loaded(self) -> list[str]:
        """The names that the cell reads."""
        return list(
            dict.fromkeys(
                node.id for node in self._nodes(ast.Name) if isinstance(node.ctx, ast.Load)
            )
        )

    @cached_property
    def bound(self) -> set[str]:
        """The names that the cell gives a meaning of its own."""
        names = {node.id for node in self._nodes(ast.Name) if not isinstance(node.ctx, ast.Load)}
        names |= {(node.asname or node.name).partition(".")[0] for node in self._nodes(ast.alias)}
        names |= {
            node.name for node in self._nodes(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        }
        return names | {node.arg for node in self._nodes(ast.arg)}

    def _nodes(self, *kinds: type) -> list[Any]:
        return [node for node in ast.walk(self._tree) if isinstance(node, kinds)]

    def prepare(self) -> None:
        """Do now what can be done before the first run."""
        _ = self._parts, self.loaded, self.bound

    def run(self, names: Names, emit: Emit) -> Ran:
        """Run the cell on these names. However it ends, that is said: by a value, or by an error that is also put out."""
        body, last = self._parts
        names.setdefault("get_ipython", get_ipython)
        with streams_to(emit):
            try:
                exec(body, names)
                return Ran(value=eval(last, names) if last else None)
            except BaseException as error:
                emit(error_output(type(error).__name__, message_of(error), _lines(error)))
                return Ran(f"{type(error).__name__}: {message_of(error)}")


def _lines(error: BaseException) -> list[str]:
    """How a notebook shows the error: by its own words where it has some."""
    render = getattr(error, "_render_traceback_", None)
    return render() if render else traceback.format_exception(error, limit=-3)
