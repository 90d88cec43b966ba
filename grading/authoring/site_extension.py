"""A Sphinx extension for this course's site: formulas as MathML, docstrings in plain words.

MathML needs no script, so that nothing is fetched. Our docstrings are no reStructuredText; they
have single backticks around code and one line for each argument.
"""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from grading.returns.html.mathml import mathml

CODE = re.compile(r"`([^`]+)`")
MARKS = re.compile(r"([\\*_|])")
NAMED = re.compile(r"([A-Za-z_][\w, ]*): (.*)", re.DOTALL)
RESULT = re.compile(r"(- |-> |returns?\b|raises?\b)")


def setup(app: Sphinx) -> dict[str, bool]:
    """What Sphinx calls."""
    app.add_html_math_renderer("mathml", (_visit_inline, None), (_visit_block, None))
    app.connect("autodoc-process-docstring", _rewrite)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _visit_inline(writer: Any, node: nodes.Element) -> None:
    writer.body.append(mathml(node.astext()))
    raise nodes.SkipNode


def _visit_block(writer: Any, node: nodes.Element) -> None:
    formula = mathml(node.astext(), "block")
    writer.body.append(f'<div class="formula" tabindex="0">{formula}</div>\n')
    raise nodes.SkipNode


def _rewrite(
    app: Sphinx, what: str, name: str, documented: Any, options: Any, lines: list[str]
) -> None:
    lines[:] = as_restructured_text(lines, _arguments(documented))


def _arguments(documented: Any) -> set[str]:
    """The names of the arguments of a function or a class; none of a module."""
    try:
        return set(inspect.signature(documented).parameters)
    except (TypeError, ValueError):
        return set()


def as_restructured_text(lines: list[str], arguments: set[str]) -> list[str]:
    """A docstring of this course for Sphinx: paragraphs, and arguments and results as a list."""
    written = []
    for paragraph in "\n".join(lines).strip().split("\n\n"):
        for item in _items(paragraph.split("\n"), arguments):
            written += [item, ""]
    return written


def _items(lines: list[str], arguments: set[str]) -> Iterator[str]:
    """A paragraph's beginning, then its items, each with the lines that go on with it."""
    items: list[list[str]] = [[]]
    for line in lines:
        if RESULT.match(line) or _names(line, arguments):
            items.append([])
        items[-1].append(line.strip())
    beginning, *others = (" ".join(item) for item in items)
    if beginning:
        yield _escaped(beginning)
    for item in others:
        found = _names(item, arguments)
        words = f"``{found[1]}``: {_escaped(found[2])}" if found else _escaped(item)
        yield f"- {words.removeprefix('- ')}"


def _names(line: str, arguments: set[str]) -> re.Match[str] | None:
    """Whether a line tells of one argument or of some: "X, Y: what they are"."""
    found = NAMED.match(line)
    return found if found and arguments.issuperset(found[1].split(", ")) else None


def _escaped(text: str) -> str:
    """Text in which nothing is a mark but the backticks of code."""
    words, *others = CODE.split(text)  # words, code, words, ...
    written = _unmarked(words)
    for code, words in zip(others[::2], others[1::2]):
        apart = "\\ " if words[:1].isalnum() else ""  # as in "`Finding`s"
        written += f"``{code}``{apart}{_unmarked(words)}"
    return written


def _unmarked(text: str) -> str:
    return MARKS.sub(r"\\\1", text)
