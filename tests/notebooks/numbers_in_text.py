"""The numbers in a notebook's text that the notebook itself does not show.

The rule: whoever reads a number has seen it, or sees where it is set. A number of the text must
stand, with the same digits, in an output (printed, in a card, in the words for a picture), or in a
code cell as a setting (steps, sizes, a learning rate). 0.38 is not shown by 0.3828. Exempt are

- code in backticks, and whole numbers in formulas: they define;
- the paragraph of an exercise: it says what to write;
- numbers that only count or name: of headings, lists, sections and exercises; W1; years of papers;
  the minutes that the notebook takes.
"""

import ast
import re
from decimal import Decimal

FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`]*`")
TAG = re.compile(r"<[^>]*>")
ADDRESS = re.compile(r"\]\([^)]*\)")
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
WITH_POINT = re.compile(r"\d+\.\d+")
EXERCISE = re.compile(r"\*\*(?:Exercise|练习) \d.*?(?=\n\n|\Z)", re.DOTALL)
ONLY_NAMES = re.compile(
    r"^#+ \d+\.|^\d+\. |[Ss]ections? \d+|[Ee]xercises? \d+|第 ?\d+ ?节|练习 ?\d+"
    r"|(?<!\d)(?:19|20)\d\d(?![\d.,]\d)|\d+ (?:minutes|分钟)",
    re.MULTILINE,
)
NUMBER = re.compile(
    r"(?<![A-Za-z0-9_.])\d+(?:[,_]\d{3})*(?:\.\d+)?(?:[eE][-+]?\d+)?(?![A-Za-z0-9_])"
)


def numbers_not_shown(notebook):
    """The numbers of an executed notebook's text that break the rule, as they are written."""
    shown = {value for cell in notebook.cells for value in _shown_by(cell)}
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    written = [number for text in texts for number in numbers_of_text(text)]
    return [number for number in written if _value(number) not in shown]


def numbers_of_text(markdown):
    """The numbers of a text that must be shown, as they are written."""
    text = markdown
    for exempt in (FENCED, EXERCISE, CODE, TAG, ADDRESS):
        text = exempt.sub(" ", text)
    text = FORMULA.sub(lambda formula: " ".join(WITH_POINT.findall(formula[0])), text)
    return NUMBER.findall(ONLY_NAMES.sub(" ", text))


def _shown_by(cell):
    """The values that a code cell sets or that stand in its outputs."""
    if cell.cell_type != "code":
        return
    for node in ast.walk(ast.parse(cell.source)):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield _value(repr(node.value))
    for text in _texts_of(cell.outputs):
        yield from map(_value, NUMBER.findall(text))


def _texts_of(outputs):
    """What outputs say: streams, texts, cards, and the words for pictures."""
    for output in outputs:
        yield output.get("text", "")
        data = output.get("data", {})
        yield data.get("text/plain", "")
        yield TAG.sub(" ", data.get("text/html", ""))
        yield output.get("metadata", {}).get("image/png", {}).get("alt", "")


def _value(number):
    return Decimal(re.sub("[,_]", "", number))
