"""Markdown on the pages that show a student's notebook: what is markup or script in it is shown, not obeyed.

Formulas become MathML and pictures are not fetched, so that the pages work offline: formgrader's and the student's.
"""

import html
import re
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from mistune.util import striptags
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grading.returns.html.mathml import mathml


class _Renderer(IPythonRenderer):
    def __init__(self, deeper: int):
        super().__init__(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
        self._deeper = deeper

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        level = min(level + self._deeper, 6)
        return f"<h{level}>{text}</h{level}>\n"

    def block_mermaidjs(self, code: str) -> str:
        """A diagram would be markup: shown as the code that it is."""
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
        """What a picture from elsewhere shows is said."""
        return f"<em>[picture: {html.escape(striptags(text))}]</em>"


def markdown(source: str, deeper: int = 0) -> Markup:
    """Safe HTML. deeper: levels that headings move down, where the page has its own above them"""
    return Markup(MarkdownWithMath(renderer=_Renderer(deeper)).render(source))


@pass_context
def safe_markdown(context: Context, source: str) -> str:
    """In place of nbconvert's filter markdown2html."""
    return markdown(source)
