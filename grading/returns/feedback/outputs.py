"""What a cell put out, as safe pieces of a page."""

import re
from dataclasses import dataclass

from markupsafe import Markup
from nbformat import NotebookNode

from grading.returns.html.markdown import markdown
from grading.returns.html.mathml import mathml
from grading.returns.html.redact_paths import redact_paths

HEADINGS = 2  # levels that headings move down: the page has its own above them
OWN_WORDS = ("WrongAnswer", "CheckFailed")  # errors whose message is written for the student
FOREIGN = re.compile(r"File [~/<\w]")  # how IPython begins a frame that is not in a cell
RULE = re.compile(r"-{20,}")
ESCAPES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
IMAGE = re.compile(r"[A-Za-z0-9+/=\s]+")


@dataclass(frozen=True)
class Piece:
    """kind: "text", "warning" (standard error), "error", "image" or "rich"; content: text, a data URL, or safe markup."""

    kind: str
    content: str | Markup


def pieces_of(cell: NotebookNode, test: bool) -> list[Piece]:
    """The outputs of a code cell. test: whether it is a test cell, whose frames are the grader's."""
    return [_piece(output, test) for output in cell.outputs]


def _piece(output: NotebookNode, test: bool) -> Piece:
    if output.output_type == "stream":
        return Piece("warning" if output.name == "stderr" else "text", _clean(output.text))
    if output.output_type == "error":
        return Piece("error", _clean(_message(output) if test else _own_frames(output)))
    return _rich(output.data)


def _rich(data: dict[str, str]) -> Piece:
    for kind in ("image/png", "image/jpeg"):
        if IMAGE.fullmatch(data.get(kind, "")):
            return Piece("image", f"data:{kind};base64,{''.join(data[kind].split())}")
    if "text/markdown" in data:
        return Piece("rich", markdown(redact_paths(data["text/markdown"]), HEADINGS))
    if "text/latex" in data:
        return Piece("rich", Markup(mathml(redact_paths(data["text/latex"]).strip("$"), "block")))
    return Piece(
        "text", _clean(data.get("text/plain", "(an output that is shown in JupyterLab only)"))
    )


def _message(error: NotebookNode) -> str:
    """A traceback through a test would quote it: the message alone."""
    return error.evalue if error.ename in OWN_WORDS else f"{error.ename}: {error.evalue}"


def _own_frames(error: NotebookNode) -> str:
    """The traceback without the frames of files: what is left are the student's own cells."""
    frames = [ESCAPES.sub("", frame) for frame in error.traceback]
    kept = [frame for frame in frames if not FOREIGN.match(frame) and not RULE.fullmatch(frame)]
    return "\n".join(frame.rstrip("\n") for frame in kept) or f"{error.ename}: {error.evalue}"


def _clean(text: str) -> str:
    """Text as a page can show it: no colours of a terminal, no control characters, no paths of this machine."""
    text = ESCAPES.sub("", text)
    text = re.sub(
        r"[^\n]*\r(?!\n)", "", text
    )  # a progress bar writes over its line: the last state stays
    text = "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
    return redact_paths(text)
