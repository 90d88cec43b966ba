"""The answer of a check as a card in a notebook: colour, symbol and words, in light and dark
themes.

What is shown elsewhere stays plain text. Everything that may come from a student is escaped.
"""

import html
import re
from typing import NamedTuple

from course_utils.environment import notebook_shell
from course_utils.messages import in_a_row, message


class Look(NamedTuple):
    """How a state is shown: its symbol, the colours of border and ground."""

    symbol: str
    border: str
    background: str


LOOKS = {
    "passed": Look("✓", "#009E73", "rgba(0, 158, 115, 0.12)"),
    "failed": Look("✗", "#D55E00", "rgba(213, 94, 0, 0.12)"),
    "untried": Look("○", "#808080", "rgba(128, 128, 128, 0.12)"),
}
# A printed array: a line that begins with a bracket, and lines below it that begin with a space.
ARRAY = re.compile(r"(?:^|\n)(\[.*(?:\n .*)*)(?:\n|$)")
CODE = re.compile(r"`([^`]+)`")
# The card says all that the error below it says, so JupyterLab need not show both; anywhere else
# the error stays.
INSTEAD_OF_ERROR = (
    "<style>.jp-OutputArea-child:has(.course-check-failed) + .jp-OutputArea-child "
    "{ display: none }</style>"
)


class Card:
    """Something with two forms: `text` where only text is shown, `html` in a notebook."""

    def __init__(self, text, body):
        self.text, self.html = text, body

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.text, "text/html": self.html}


def show(card, otherwise=print):
    """Display the card in a notebook; elsewhere call `otherwise` with its text."""
    if notebook_shell() is None:
        otherwise(card.text)
    else:
        from IPython.display import display

        display(card)


def passed(name, examples, rest):
    """The card of a check that passed.

    examples: how many the check tried; rest: the sentence below its heading
    """
    heading = message("check.passed", examples, function=name, examples=examples)
    return Card(
        in_a_row([heading, rest]), frame("passed", heading, f"<div>{prose(f'{rest}')}</div>")
    )


def failed(name, finding, more):
    """The card of a check that failed. more: how many findings wait behind this one

    Its plain text is the worked example alone: the rest is in the error.
    """
    body, text = table(finding.rows(more)), ""
    if finding.example:
        title = message("hint.example")
        body += details(f"{title}", prose(f"{finding.example}"))
        text = f"{message('hint.step', title=title, text=finding.example)}"
    stuck = message("check.stuck", function=name)
    body += f"<div>{prose(f'{stuck}')}</div>"
    heading = message("finding.heading", function=name)
    return Card(text, INSTEAD_OF_ERROR + frame("failed", heading, body))


def frame(state, heading, body):
    """HTML of a card with the colour of its state. body: HTML"""
    look = LOOKS[state]
    style = (
        f"border-left: 5px solid {look.border}; background: {look.background}; "
        "padding: 6px 12px; margin: 2px 0; line-height: 1.5; "
        "color: var(--jp-content-font-color1, inherit); "
        "font-family: var(--jp-content-font-family, sans-serif)"
    )
    return (
        f'<div class="course-check-{state}" role="status" style="{style}">'
        f"<div><strong>{html.escape(f'{heading}')}</strong></div>{body}</div>"
    )


def details(summary, body):
    """HTML that stays closed until it is opened. body: HTML"""
    summary = f'<summary style="cursor: pointer">{html.escape(summary)}</summary>'
    return f"<details>{summary}<div>{body}</div></details>"


def prose(text):
    """Text as HTML, with what stands between backticks as code."""
    return CODE.sub(r"<code>\1</code>", html.escape(text))


def _with_arrays(text):
    """`prose` in which arrays that are printed on lines of their own keep their columns."""
    style = "font-family: var(--jp-code-font-family, monospace); white-space: pre; overflow-x: auto"
    return ARRAY.sub(rf'<div style="{style}">\1</div>', prose(text))


def table(rows):
    """HTML of (label, text) in two columns."""
    cells = "".join(
        f'<div style="text-align: left; opacity: 0.8">{html.escape(label)}</div>'
        f'<div style="text-align: left; white-space: pre-wrap">{_with_arrays(text)}</div>'
        for label, text in rows
    )
    columns = "grid-template-columns: max-content minmax(0, 1fr)"
    return f'<div style="display: grid; {columns}; gap: 2px 12px">{cells}</div>'
