"""The feedback page: the student's report on top, the notebook as graded below it.

It is one HTML file without scripts, and it fetches nothing.
"""

import functools
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbformat import NotebookNode
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from course_utils.messages import language
from grading.messages import message
from grading.notebook.cells import (
    GRADED,
    grade_id_of,
    is_demo,
    is_grade,
    is_solution,
    tested_function,
)
from grading.returns.feedback.outputs import HEADING_SHIFT, OutputPiece, output_pieces
from grading.returns.feedback.student_report import StudentReport
from grading.returns.html.html_message import html_message
from grading.returns.html.markdown import markdown, markdown_as_text
from grading.returns.html.page_budget import PageBudget
from grading.returns.html.redact_paths import redact_paths

TEMPLATE_FOLDER = Path(__file__).with_name("template")
KEPT = 500  # formatted texts
INLINE_CODE = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class PageCell:
    """A cell as the page shows it.

    kind: "text", "answer", "test", "own" (a cell that the student added) or "code"
    html: its text; function: the exercise that it answers or tests, or ""
    label: what stands above it, or ""; pieces: its outputs
    """

    kind: str
    html: Markup
    function: str = ""
    label: str = ""
    pieces: tuple[OutputPiece, ...] = ()


def render_page(report: StudentReport, notebook: NotebookNode) -> str:
    """HTML of the whole page. notebook: as graded, without the text of the hidden tests"""
    budget = PageBudget()
    cells = [_page_cell(cell, budget) for cell in notebook.cells]
    shown = _each_error_once(cells, {report.attention})
    return _template().render(report=report, cells=shown, language=language().replace("_", "-"))


def _page_cell(cell: NotebookNode, budget: PageBudget) -> PageCell:
    if cell.cell_type != "code":
        source = redact_paths(cell.source)
        return PageCell("text", budget.format(source, _page_markdown, markdown_as_text))
    test = is_grade(cell) and not is_solution(cell)
    graded = GRADED.search(cell.source) if is_solution(cell) else None
    function = graded[1] if graded else tested_function(grade_id_of(cell)) if test else ""
    return PageCell(
        kind=_kind(cell, test),
        html=budget.format(cell.source, _highlighted, escape),
        function=function,
        label=_label(cell, test, function),
        pieces=tuple(output_pieces(cell, test, budget)),
    )


def _each_error_once(cells: list[PageCell], said: set[str]) -> list[PageCell]:
    """The cells without the errors of test cells that stand on the page already. said: these"""
    shown = []
    for cell in cells:
        if cell.kind == "test":
            pieces = [piece for piece in cell.pieces if piece.content not in said]
            said |= {piece.content for piece in pieces if piece.kind == "error"}
            cell = replace(cell, pieces=tuple(pieces))
        shown.append(cell)
    return shown


def _kind(cell: NotebookNode, test: bool) -> str:
    if test:
        return "test"
    if is_solution(cell):
        return "answer"
    return "code" if grade_id_of(cell) or is_demo(cell) else "own"


def _label(cell: NotebookNode, test: bool, function: str) -> str:
    if test:
        return str(message("page.cell.test", function=function))
    if is_solution(cell):
        code = "page.cell.answer_to" if function else "page.cell.answer"
        return str(message(code, function=function))
    if is_demo(cell) and not cell.outputs:
        return str(message("page.cell.demo"))
    return ""


# Most of a page's text is the released notebook's, the same for every student.
@functools.lru_cache(maxsize=KEPT)
def _page_markdown(source: str) -> Markup:
    return markdown(source, HEADING_SHIFT)


@functools.lru_cache(maxsize=KEPT)
def _highlighted(source: str) -> Markup:
    return Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))


def _inline_code(text: str) -> Markup:
    """A sentence as HTML, with `code` for what stands between backticks."""
    return Markup(INLINE_CODE.sub(r"<code>\1</code>", str(escape(text))))


def _breakable(name: str) -> Markup:
    """A name that the browser may break after an underscore."""
    return Markup(str(escape(name)).replace("_", "_<wbr>"))


def _strong(text: str) -> Markup:
    return Markup("<strong>{}</strong>").format(text)


def _number(points: float) -> str:
    return f"{points:.2f}".rstrip("0").rstrip(".")


@functools.cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE_FOLDER),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    filters: dict[str, Any] = {
        "breakable": _breakable,
        "inline_code": _inline_code,
        "number": _number,
        "redact_paths": redact_paths,
        "strong": _strong,
    }
    environment.globals["say"] = html_message
    environment.filters.update(filters)
    return environment.get_template("page.html.j2")
