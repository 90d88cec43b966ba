"""The answer of a check as a card in a notebook: colour, symbol and words, in light and dark themes.

What is shown elsewhere stays plain text. Everything that may come from a student is escaped.
"""

import html
import re

from course_utils.environment import notebook_shell

LOOKS = {  # symbol, the word beside it, border, background
    "passed": ("✓", "passes", "#009E73", "rgba(0, 158, 115, 0.12)"),
    "failed": ("✗", "not yet", "#D55E00", "rgba(213, 94, 0, 0.12)"),
    "untried": ("○", "not tried", "#808080", "rgba(128, 128, 128, 0.12)"),
}
# The card says all that the error below it says, so JupyterLab need not show both; anywhere else the error stays.
INSTEAD_OF_ERROR = "<style>.jp-OutputArea-child:has(.course-check-failed) + .jp-OutputArea-child { display: none }</style>"


class Card:
    """Something with two looks: `text` where only text is shown, HTML in a notebook."""

    def __init__(self, text, body):
        self.text, self.html = text, body

    def __repr__(self):
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": self.text, "text/html": self.html}


def show(card, otherwise=print):
    """Display the card in a notebook; elsewhere do `otherwise` with its text."""
    if notebook_shell() is None:
        otherwise(card.text)
    else:
        from IPython.display import display

        display(card)


def passed(name, text):
    """The card of a check that is content; `text` is what it says elsewhere: the verdict, then what else is tested."""
    verdict, _, rest = text.removeprefix(f"✓ {name}: ").partition(". ")
    return Card(text, frame("passed", name, f"<div>{prose(rest)}</div>", verdict))


def failed(name, finding, more):
    """The card of a check that is not content. Its plain text is the worked example alone: the rest is in the error."""
    rows = {"input": finding.tried, "expected": finding.expected, "got": finding.got, "found": finding.found,
            "think": finding.question, "then": "once that is mended, there is more to look at" if more else ""}  # fmt: skip
    table = "".join(
        f'<div style="text-align: left; opacity: 0.8">{label}</div><div style="text-align: left; white-space: pre-wrap">{html.escape(words)}</div>'
        for label, words in rows.items()
        if words
    )
    body = f'<div style="display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px">{table}</div>'
    if finding.example:
        body += details("A worked example with small numbers", prose(finding.example))
    body += f"<div>Stuck? <code>hint({html.escape(name)})</code> gives hints in steps.</div>"
    text = f"A worked example with small numbers: {finding.example}" if finding.example else ""
    return Card(text, INSTEAD_OF_ERROR + frame("failed", name, body))


def frame(look, title, body, words=""):
    """HTML of a card with symbol, colour and words (or the usual word) of its state; `body` is HTML."""
    symbol, word, colour, background = LOOKS[look]
    style = (
        f"border-left: 5px solid {colour}; background: {background}; padding: 6px 12px; margin: 2px 0; line-height: 1.5; "
        "color: var(--jp-content-font-color1, inherit); font-family: var(--jp-content-font-family, sans-serif)"
    )
    head = f"<strong>{symbol} {html.escape(title)}: {html.escape(words or word)}</strong>"
    return f'<div class="course-check-{look}" role="status" style="{style}"><div>{head}</div>{body}</div>'


def details(summary, body):
    """HTML that stays closed until it is opened; `body` is HTML."""
    return f'<details><summary style="cursor: pointer">{html.escape(summary)}</summary><div>{body}</div></details>'


def prose(words):
    """Text as HTML, with what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(words))
