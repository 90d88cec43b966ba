"""The student's page: the report on top, the notebook as graded below it. One file, no script, nothing from elsewhere."""

import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from grading.notebook.cells import (
    GRADED,
    grade_id_of,
    is_demo,
    is_grade,
    is_solution,
    tested_function,
)
from grading.returns.feedback.outputs import HEADINGS, Piece, pieces_of
from grading.returns.feedback.report import Report
from grading.returns.html.markdown import markdown
from grading.returns.html.redact_paths import redact_paths

FOLDER = Path(__file__).with_name("template")
CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Shown:
    """A cell as the page shows it. kind: "text", "answer", "test", "own" (the student's) or "code"
    function: which exercise it answers or tests, or ""
    """

    kind: str
    html: Markup
    function: str = ""
    label: str = ""
    pieces: tuple[Piece, ...] = ()


def page_of(report: Report, notebook: NotebookNode) -> str:
    """HTML of the whole page. notebook: as graded, without the hidden tests' text"""
    return _template().render(report=report, cells=[_shown(cell) for cell in notebook.cells])


def _shown(cell: NotebookNode) -> Shown:
    if cell.cell_type != "code":
        return Shown("text", markdown(redact_paths(cell.source), HEADINGS))
    test = is_grade(cell) and not is_solution(cell)
    pieces = tuple(pieces_of(cell, test))
    graded = GRADED.search(cell.source) if is_solution(cell) else None
    function = graded[1] if graded else tested_function(grade_id_of(cell)) if test else ""
    return Shown(
        _kind(cell, test), _code(cell.source), function, _label(cell, test, function), pieces
    )


def _kind(cell: NotebookNode, test: bool) -> str:
    if test:
        return "test"
    if is_solution(cell):
        return "answer"
    return "code" if grade_id_of(cell) or is_demo(cell) else "own"


def _label(cell: NotebookNode, test: bool, function: str) -> str:
    if test:
        return f"Test of {function}"
    if is_solution(cell):
        return f"Your answer: {function}" if function else "Your answer"
    if is_demo(cell) and not cell.outputs:
        return "Demonstration (not run when grading)"
    return ""


def _code(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


def _inline(words: str) -> Markup:
    """Words in which `code` stands between backticks."""
    return Markup(CODE.sub(r"<code>\1</code>", str(escape(words))))


def _breakable(name: str) -> Markup:
    """A long name that may be broken after an underscore."""
    return Markup(str(escape(name)).replace("_", "_<wbr>"))


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


@functools.cache
def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(FOLDER)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.trim_blocks = environment.lstrip_blocks = True
    filters: dict[str, Any] = {"breakable": _breakable, "inline": _inline, "number": _number}
    environment.filters.update(filters | {"private": redact_paths})
    return environment.get_template("page.html.j2")
