"""The last run of the cell that defines a function: whether the function comes from it."""

from __future__ import annotations

import ast
import re
import sys
from typing import Any

from course_utils.explain.errors.call_error import CallError
from course_utils.explain.errors.places import past_cells, source_lines
from course_utils.explain.errors.read_error import read_cell_error


def error_of_last_run(function: object) -> CallError | None:
    """The error that ended the last run of the cell that defines a function of this name.

    None where that run made this very function, or where nothing is known of it.
    """
    name, code = getattr(function, "__name__", ""), getattr(function, "__code__", None)
    if code is None:
        return None
    definition = re.compile(rf"^[ \t]*def {re.escape(name)}\b", re.MULTILINE)
    runs = (run for run in past_cells() if definition.search(run[1]))
    compiled, written = next(runs, ("", ""))
    if not written or "".join(source_lines(code)).strip() == compiled.strip():
        return None
    error = _syntax_error(compiled) or _error_of_cell_before(written)
    return read_cell_error(error, written) if error else None


def _syntax_error(compiled: str) -> SyntaxError | None:
    """Why Python cannot read the text of a cell; None where it can."""
    try:
        compile(compiled, "<cell>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        return error
    return None


def _error_of_cell_before(written: str) -> BaseException | None:
    """What ended the cell that ran last, where this is its text."""
    shell: Any = sys.modules["IPython"].get_ipython()
    result = shell.last_execution_result
    is_it = result is not None and result.info is not None and result.info.raw_cell == written
    return result.error_in_exec if is_it else None
