"""Outputs of cells: recorded up to a limit, cleaned where the student process sent them."""

import contextlib
import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from course_utils.messages import Message
from grading.messages import message

Output = dict[str, Any]  # as nbformat has it
Emit = Callable[[Output], None]

# The parts of a rich output that are kept. Markup and scripts are left out: the page that shows an
# output is not the student's own.
KEPT = ("text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
MAX_NAME_LENGTH = 200  # characters of an error's name
MAX_ERROR_LENGTH = 4_000  # characters of an error's message, and of a line of its traceback
MAX_TRACEBACK_LINES = 200
MAX_ERRORS = 20  # of one cell
OUTPUT_OVERHEAD = 100  # what each output counts besides its text


class Stream(io.TextIOBase):
    """A text file that turns what is written to it into outputs of a notebook."""

    encoding = "utf-8"

    def __init__(self, name: str, emit: Emit):
        self._name, self._emit = name, emit

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._emit({"output_type": "stream", "name": self._name, "text": text})
        return len(text)

    def writable(self) -> bool:
        return True


@contextlib.contextmanager
def streams_to(emit: Emit) -> Iterator[None]:
    """Within a with block, turn what is written to standard output and error into outputs."""
    before = sys.stdout, sys.stderr
    streams: Any = Stream("stdout", emit), Stream("stderr", emit)
    sys.stdout, sys.stderr = streams
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


class Recorder:
    """Collects outputs up to a limit, joins text that belongs together and notes where it cut.

    flush: takes what has been collected, now and then; without it all stays in `outputs`
    """

    PAUSE = 0.05  # seconds between two flushes

    def __init__(self, limit: int, flush: Callable[[list[Output]], None] | None = None):
        self._outputs: list[Output] = []
        # Text that belongs to the last output. Adding each piece to it at once would copy all that
        # was printed before, for every line anew.
        self._pieces: list[str] = []
        self._room, self._limit, self._errors = limit, limit, 0
        self._flush, self._flushed_at = flush, 0.0
        self._last_kind = "stdout"  # an output of another kind than the last costs its overhead

    @property
    def outputs(self) -> list[Output]:
        """What has been collected, since the last flush."""
        if self._pieces:
            pieces, self._pieces = self._pieces, []
            self._outputs[-1]["text"] += "".join(pieces)
        return self._outputs

    def emit(self, output: Output) -> None:
        """Record an output; drop what goes over the limit, and errors beyond the first few."""
        if output["output_type"] == "error":
            self._record_error(output)
        elif self._room > 0 and (size := _size(output)):
            self._record(output, size)
        if self._flush and time.monotonic() - self._flushed_at > self.PAUSE:
            self.flush()

    def _record_error(self, error: Output) -> None:
        """Record an error, without its traceback where there is no room for that."""
        self._errors += 1
        if self._errors > MAX_ERRORS:
            return
        if (size := _size(error) + OUTPUT_OVERHEAD) < self._room:
            self._room -= size
            self.outputs.append(error)
        else:
            self.outputs.append(error_output(error["ename"], error["evalue"]))

    def _record(self, output: Output, size: int) -> None:
        last = self._outputs[-1] if self._outputs else {}
        stream = output.get("name", "")
        joins = output["output_type"] == "stream" and last.get("name") == stream
        self._room -= size if stream == self._last_kind else size + OUTPUT_OVERHEAD
        self._last_kind = stream or "picture"
        output = output if self._room >= 0 else _cut(output, size + self._room)
        if joins:
            self._pieces.append(output["text"])
        else:
            self.outputs.append(dict(output))
        if self._room <= 0:
            self.outputs.append(_note(message("output.cut", size=self._limit / 1e6)))

    def flush(self) -> None:
        if self._flush and self._outputs:
            self._flush(self.outputs)
            self._outputs, self._flushed_at = [], time.monotonic()


class OutputBudget:
    """What all cells of one submission may put out together, in characters."""

    def __init__(self, limit: int):
        self._room = self._limit = limit

    def kept(self, outputs: list[Output]) -> list[Output]:
        """The outputs of the next cell; only its errors where they do not fit any more."""
        self._room -= sum(map(_size, outputs))
        if self._room >= 0:
            return outputs
        errors = [output for output in outputs if output["output_type"] == "error"]
        note = _note(message("output.all_too_long", size=self._limit / 1e6))
        return [note, *(error_output(error["ename"], error["evalue"]) for error in errors)]


def _size(output: Output) -> int:
    """Characters of an output."""
    if output["output_type"] == "error":
        return len(output["ename"]) + len(output["evalue"]) + sum(map(len, output["traceback"]))
    return len(output.get("text", "")) + sum(len(part) for part in output.get("data", {}).values())


def _cut(output: Output, length: int) -> Output:
    """The beginning of a text; nothing of a picture, since a part of it cannot be shown."""
    if output["output_type"] == "stream":
        return output | {"text": output["text"][:length]}
    data = {"text/plain": str(message("output.too_large"))}
    return {"output_type": "display_data", "data": data, "metadata": {}}


def _note(words: Message) -> Output:
    """What the grader says among the outputs of a cell."""
    return {"output_type": "stream", "name": "stderr", "text": f"\n{words}\n"}


def error_output(name: str, message: str, lines: list[str] | None = None) -> Output:
    """An error as a notebook shows it. lines: its traceback; None: the message stands alone"""
    name, message = name[:MAX_NAME_LENGTH], message[:MAX_ERROR_LENGTH]
    if lines is None:
        traceback = [f"{name}: {message}"]
    else:
        traceback = [line[:MAX_ERROR_LENGTH] for line in lines[:MAX_TRACEBACK_LINES]]
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": traceback}


def sound_output(output: Any) -> Output | None:
    """The sound parts of what the student process sent as an output; None where it is none."""
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        lines = output.get("traceback")
        lines = lines[:MAX_TRACEBACK_LINES] if isinstance(lines, list) else []
        name, message = _text(output.get("ename")), _text(output.get("evalue"))
        return error_output(name, message, [_text(line) for line in lines])
    if kind in ("display_data", "execute_result"):
        data = _sound_data(output.get("data"))
        return {"output_type": "display_data", "data": data, "metadata": {}} if data else None
    return None


def _sound_data(data: Any) -> dict[str, str]:
    if not isinstance(data, dict):
        return {}
    texts = {mime: _text(data[mime]) for mime in KEPT if mime in data}
    return {mime: text for mime, text in texts.items() if _is_text(mime) or BASE64.fullmatch(text)}


def _is_text(mime: str) -> bool:
    return mime.startswith("text/")


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
