"""Markdown as safe HTML: markup and scripts in a student's text are shown, not obeyed.

Formulas become MathML and pictures are not fetched, so that feedback pages and formgrader's pages
work offline.
"""

import re
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape
from mistune.util import striptags
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grading.returns.html.html_message import html_message
from grading.returns.html.mathml import mathml
from grading.returns.html.page_budget import PageBudget

DEEPEST_HEADING = 6  # HTML has h1 to h6
# What notebooks fold away. No other markup is obeyed: this one can hold neither code nor address.
FOLD = re.compile(r"<details>\s*<summary><b>([^<>]*)</b></summary>\s*")
END_OF_FOLD = "</details>"


class _SafeRenderer(IPythonRenderer):
    """nbconvert's renderer, with every way to put markup or an address into the page closed."""

    def __init__(self, heading_shift: int):
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
        self._heading_shift = heading_shift
        self._open_folds = 0

    def block_html(self, html: str) -> str:
        """Begin or end what is folded away; any other markup is shown as it was written."""
        if fold := FOLD.fullmatch(html):
            self._open_folds += 1
            return f"<details><summary><b>{fold[1]}</b></summary>\n"
        if html.strip() == END_OF_FOLD and self._open_folds:
            self._open_folds -= 1
            return f"{END_OF_FOLD}\n"
        return super().block_html(html)

    def ends_of_folds(self) -> str:
        """For those that the text left open."""
        return self._open_folds * END_OF_FOLD

    def block_code(self, code: str, info: str | None = None) -> str:
        """A block of code that can be reached by keyboard: it may be wider than the page."""
        return super().block_code(code, info).replace("<pre>", '<pre tabindex="0">', 1)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        level = min(level + self._heading_shift, DEEPEST_HEADING)
        return f"<h{level}>{text}</h{level}>\n"

    def block_mermaidjs(self, code: str) -> str:
        """Show the code of a diagram: the diagram itself would be markup."""
        return self.block_code(code)

    def inline_math(self, text: str) -> str:
        return mathml(text)

    def block_math(self, text: str) -> str:
        return f'<span class="formula">{mathml(text, "block")}</span>'

    def multiline_math(self, text: str) -> str:
        return self.block_math(re.sub(r"^\$\$|\$\$$", "", text))

    def latex_environment(self, name: str, text: str) -> str:
        return self.block_math(rf"\begin{{{name}}}{text}\end{{{name}}}")

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Show the alternative text of a picture: the picture itself is not fetched."""
        return f"<em>{html_message('page.picture_of', text=striptags(text))}</em>"


def markdown(source: str, heading_shift: int = 0) -> Markup:
    """Safe HTML of a Markdown text.

    heading_shift: levels that headings move down, where the page has headings of its own above them
    """
    renderer = _SafeRenderer(heading_shift)
    return Markup(f"{MarkdownWithMath(renderer=renderer).render(source)}{renderer.ends_of_folds()}")


def markdown_as_text(source: str) -> Markup:
    """A Markdown text as it was written, for what cannot be formatted in the time of a page."""
    return Markup(
        f'<p class="small">{html_message("page.not_formatted")}</p>\n'
        f'<pre class="output">{escape(source)}</pre>'
    )


@pass_context
def safe_markdown(context: Context, source: str) -> str:
    """A Jinja filter that replaces nbconvert's `markdown2html`."""
    return PageBudget().format(source, markdown, markdown_as_text)
