"""The outputs of a cell, as safe pieces of the feedback page."""

import re
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from nbformat import NotebookNode

from grading.messages import message
from grading.returns.html.markdown import markdown
from grading.returns.html.mathml import mathml
from grading.returns.html.page_budget import PageBudget
from grading.returns.html.redact_paths import redact_paths

HEADING_SHIFT = 2  # levels that headings move down: the page has its own headings above them
# Their messages are written for the student, so that the name of the error adds nothing.
ERRORS_FOR_STUDENTS = ("WrongAnswer", "CheckFailed", "Stopped", "NotGraded", "NoVerdict")
FILE_FRAME = re.compile(r"File [~/<\w]")  # how IPython begins a frame that is not in a cell
RULE = re.compile(r"-{20,}")
ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
MAX_PIECES = 200  # outputs of one cell that are shown


@dataclass(frozen=True)
class OutputPiece:
    """One output as the page shows it.

    kind: "text", "warning" (standard error), "error", "image" or "rich"
    content: text, the data URL of an image, or safe markup
    """

    kind: str
    content: str | Markup


def output_pieces(cell: NotebookNode, test: bool, budget: PageBudget) -> list[OutputPiece]:
    """The outputs of a code cell.

    test: whether it is a test cell, whose frames are the grader's; budget: of the whole page
    """
    pieces = [_output_piece(output, test, budget) for output in cell.outputs[:MAX_PIECES]]
    if left_out := len(cell.outputs) - len(pieces):
        note = message("page.output.more", left_out, number=left_out)
        pieces.append(OutputPiece("text", str(note)))
    return pieces


def _output_piece(output: NotebookNode, test: bool, budget: PageBudget) -> OutputPiece:
    if output.output_type == "stream":
        kind = "warning" if output.name == "stderr" else "text"
        return OutputPiece(kind, _clean(output.text, budget))
    if output.output_type == "error":
        text = _message(output) if test else _cell_frames(output)
        return OutputPiece("error", _clean(text, budget))
    return _display_piece(output.data, budget)


def _display_piece(data: dict[str, Any], budget: PageBudget) -> OutputPiece:
    """A displayed value, in the first of its formats that the page can show safely.

    data: texts by format; a student can put a value of any other type there
    """
    texts = {form: text for form, text in data.items() if isinstance(text, str)}

    def as_text(source: str) -> OutputPiece:
        return OutputPiece("text", _clean(source, budget))

    for form in ("image/png", "image/jpeg"):
        if BASE64.fullmatch(texts.get(form, "")):
            return OutputPiece("image", f"data:{form};base64,{''.join(texts[form].split())}")
    if "text/markdown" in texts:
        return budget.format(texts["text/markdown"], _markdown_piece, as_text)
    if "text/latex" in texts:
        return budget.format(texts["text/latex"], _latex_piece, as_text)
    return as_text(texts.get("text/plain", str(message("page.output.elsewhere"))))


def _markdown_piece(source: str) -> OutputPiece:
    return OutputPiece("rich", markdown(redact_paths(source), HEADING_SHIFT))


def _latex_piece(source: str) -> OutputPiece:
    return OutputPiece("rich", Markup(mathml(redact_paths(source).strip("$"), "block")))


def _message(error: NotebookNode) -> str:
    """The message of an error alone: a traceback through a test cell would quote the test."""
    return error.evalue if error.ename in ERRORS_FOR_STUDENTS else f"{error.ename}: {error.evalue}"


def _cell_frames(error: NotebookNode) -> str:
    """The traceback without the frames in files: the student's own cells are left."""
    frames = [ESCAPE_SEQUENCE.sub("", frame) for frame in error.traceback]
    kept = [frame for frame in frames if not FILE_FRAME.match(frame) and not RULE.fullmatch(frame)]
    return "\n".join(frame.rstrip("\n") for frame in kept) or f"{error.ename}: {error.evalue}"


def _clean(text: str, budget: PageBudget) -> str:
    """Text that a page can show: without terminal colours, control characters and machine paths."""
    lines = ESCAPE_SEQUENCE.sub("", text).replace("\r\n", "\n").split("\n")
    text = budget.shortened("\n".join(map(_last_state, lines)))
    if not text.replace("\n", "").replace("\t", "").isprintable():
        text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    return redact_paths(text)


def _last_state(line: str) -> str:
    """What stands on a line at its end: a progress bar prints over its line again and again."""
    return line.rpartition("\r")[2]
