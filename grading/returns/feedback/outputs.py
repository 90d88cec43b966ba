"""The outputs of a cell, as safe pieces of the feedback page."""

import re
from dataclasses import dataclass

from markupsafe import Markup
from nbformat import NotebookNode

from grading.returns.html.markdown import markdown
from grading.returns.html.mathml import mathml
from grading.returns.html.redact_paths import redact_paths

HEADING_SHIFT = 2  # levels that headings move down: the page has its own headings above them
ERRORS_FOR_STUDENTS = ("WrongAnswer", "CheckFailed")  # their messages are written for the student
FILE_FRAME = re.compile(r"File [~/<\w]")  # how IPython begins a frame that is not in a cell
RULE = re.compile(r"-{20,}")
ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n)")  # what a later part of the same line is printed over
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
NO_TEXT = "(an output that is shown in JupyterLab only)"


@dataclass(frozen=True)
class OutputPiece:
    """One output as the page shows it.

    kind: "text", "warning" (standard error), "error", "image" or "rich"
    content: text, the data URL of an image, or safe markup
    """

    kind: str
    content: str | Markup


def output_pieces(cell: NotebookNode, test: bool) -> list[OutputPiece]:
    """The outputs of a code cell. test: whether it is a test cell, whose frames are the grader's"""
    return [_output_piece(output, test) for output in cell.outputs]


def _output_piece(output: NotebookNode, test: bool) -> OutputPiece:
    if output.output_type == "stream":
        kind = "warning" if output.name == "stderr" else "text"
        return OutputPiece(kind, _clean(output.text))
    if output.output_type == "error":
        return OutputPiece("error", _clean(_message(output) if test else _cell_frames(output)))
    return _display_piece(output.data)


def _display_piece(data: dict[str, str]) -> OutputPiece:
    """A displayed value, in the first of its formats that the page can show safely."""
    for kind in ("image/png", "image/jpeg"):
        if BASE64.fullmatch(data.get(kind, "")):
            return OutputPiece("image", f"data:{kind};base64,{''.join(data[kind].split())}")
    if "text/markdown" in data:
        return OutputPiece("rich", markdown(redact_paths(data["text/markdown"]), HEADING_SHIFT))
    if "text/latex" in data:
        latex = redact_paths(data["text/latex"]).strip("$")
        return OutputPiece("rich", Markup(mathml(latex, "block")))
    return OutputPiece("text", _clean(data.get("text/plain", NO_TEXT)))


def _message(error: NotebookNode) -> str:
    """The message of an error alone: a traceback through a test cell would quote the test."""
    return error.evalue if error.ename in ERRORS_FOR_STUDENTS else f"{error.ename}: {error.evalue}"


def _cell_frames(error: NotebookNode) -> str:
    """The traceback without the frames in files: the student's own cells are left."""
    frames = [ESCAPE_SEQUENCE.sub("", frame) for frame in error.traceback]
    kept = [frame for frame in frames if not FILE_FRAME.match(frame) and not RULE.fullmatch(frame)]
    return "\n".join(frame.rstrip("\n") for frame in kept) or f"{error.ename}: {error.evalue}"


def _clean(text: str) -> str:
    """Text that a page can show: without terminal colours, control characters and machine paths.

    A progress bar prints over its line again and again; its last state stays.
    """
    text = OVERWRITTEN.sub("", ESCAPE_SEQUENCE.sub("", text))
    text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    return redact_paths(text)
