"""Run a cell as a notebook would, in this process, and record what it puts out."""

import base64
import contextlib
import io
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from traitlets import Type
from traitlets.config import Config

Output = dict[str, Any]
Emit = Callable[[Output], None]

# What an autograded notebook keeps of a rich output. Markup and scripts are left out: the page that shows them is the instructor's.
KEPT = ("text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg")
BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
LONGEST = 4_000  # characters of an error's message, and of a line of its traceback
MOST_LINES = 200  # of a traceback
MOST_ERRORS = 20  # of one cell
EACH = 100  # what an output counts besides its text


@dataclass(frozen=True)
class Ran:
    """How a cell ended. error: "" or the name and message of what it raised; line: of a syntax error, else 0."""

    error: str = ""
    line: int = 0
    value: Any = None

    @property
    def ok(self) -> bool:
        return not self.error


class Shell:
    """An IPython shell without a terminal, a history file or a way out by exit()."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        self._shell = _RecordingShell.instance(config=config)

    @property
    def names(self) -> dict[str, Any]:
        """The namespace in which cells run."""
        return self._shell.user_ns

    def run(self, source: str, emit: Emit) -> Ran:
        """Run one cell; every output goes to `emit` as it comes."""
        self._shell.emit = emit
        try:
            with streams_to(emit):
                return _ran(self._shell.run_cell(source, store_history=True))
        finally:
            self._shell.emit = _nowhere


class Stream(io.TextIOBase):
    """A text file whose lines become outputs of a notebook."""

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
    """Make outputs of what is written to standard output and error, for the length of a with block."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream("stdout", emit), Stream("stderr", emit)  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


class Recorder:
    """Collects outputs up to a limit, joins text that belongs together and notes where it cut.

    flush: is handed what has been collected, now and then and at the end; without one it all stays in `outputs`
    """

    PAUSE = 0.05  # seconds

    def __init__(self, limit: int, flush: Callable[[list[Output]], None] | None = None):
        self.outputs: list[Output] = []
        self._left, self._limit, self._errors = limit, limit, 0
        self._flush, self._flushed = flush, 0.0
        self._kind = "stdout"  # of the output before: only one of another kind makes a new entry

    def emit(self, output: Output) -> None:
        """Take one output; what goes over the limit is dropped, and so are errors beyond the first few."""
        if output["output_type"] == "error":
            self._errors += 1
            if self._errors <= MOST_ERRORS:
                self.outputs.append(output)
        elif self._left > 0 and (size := _size(output)):
            self._take(output, size)
        if self._flush and time.monotonic() - self._flushed > self.PAUSE:
            self.flush()

    def _take(self, output: Output, size: int) -> None:
        last = self.outputs[-1] if self.outputs else {}
        kind = output.get("name", "")
        joins = output["output_type"] == "stream" and last.get("name") == kind
        self._left -= size if kind == self._kind else size + EACH
        self._kind = kind or "picture"
        output = output if self._left >= 0 else _cut(output, size + self._left)
        if joins:
            last["text"] += output["text"]
        else:
            self.outputs.append(dict(output))
        if self._left <= 0:
            self.outputs.append(_note(self._limit))

    def flush(self) -> None:
        if self._flush and self.outputs:
            self._flush(self.outputs)
            self.outputs, self._flushed = [], time.monotonic()


def sound_output(output: Any) -> Output | None:
    """An output that came from the student process, with nothing in it but what belongs there; None for no output."""
    if not isinstance(output, dict):
        return None
    kind = output.get("output_type")
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": _text(output.get("text"))}
    if kind == "error":
        lines = output.get("traceback")
        lines = [_text(line) for line in lines[:MOST_LINES]] if isinstance(lines, list) else []
        return error_output(_text(output.get("ename")), _text(output.get("evalue")), lines)
    if kind in ("display_data", "execute_result"):
        data = _sound_data(output.get("data"))
        return {"output_type": "display_data", "data": data, "metadata": {}} if data else None
    return None


def _sound_data(data: Any) -> dict[str, str]:
    texts = (
        {mime: _text(data.get(mime)) for mime in KEPT if mime in data}
        if isinstance(data, dict)
        else {}
    )
    return {
        mime: text
        for mime, text in texts.items()
        if mime.startswith("text/") or BASE64.fullmatch(text)
    }


def error_output(name: str, message: str, lines: list[str] | None = None) -> Output:
    """An error as a notebook shows it; without `lines` its message stands alone."""
    name, message = name[:200], message[:LONGEST]
    lines = (
        [f"{name}: {message}"] if lines is None else [line[:LONGEST] for line in lines[:MOST_LINES]]
    )
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": lines}


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: Any, *args: Any, **kwargs: Any) -> None:
        if data:
            self.shell.emit({"output_type": "display_data", "data": _kept(data), "metadata": {}})

    def clear_output(self, wait: bool = False) -> None:
        """Nothing is taken back: what has been shown stays in the record."""


class _Hook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        """No prompt: a notebook numbers its outputs itself."""

    def write_format_data(self, format_dict: dict, md_dict: Any = None) -> None:
        data = _kept(format_dict)
        self.shell.emit(
            {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": None}
        )

    def finish_displayhook(self) -> None:
        """Nothing to flush."""


class _RecordingShell(InteractiveShell):
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    emit: Any = None

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.emit(error_output(etype.__name__, message_of(evalue), [str(line) for line in stb]))

    def ask_exit(self) -> None:
        """exit() in a cell does nothing: there is no terminal to leave."""


def _nowhere(output: Output) -> None:
    """Where outputs go between cells."""


def _ran(result: ExecutionResult) -> Ran:
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return Ran(value=result.result)
    line = error.lineno or 0 if isinstance(error, SyntaxError) else 0
    message = error.msg if isinstance(error, SyntaxError) else message_of(error)
    return Ran(f"{type(error).__name__}: {message}"[:LONGEST], line)


def message_of(error: BaseException) -> str:
    """An error's words, whatever the student has made of it."""
    try:
        return str(error)[:LONGEST]
    except Exception:
        return "(its message could not be read)"


def _kept(data: dict) -> dict[str, str]:
    return {
        mime: base64.b64encode(data[mime]).decode()
        if isinstance(data[mime], bytes)
        else str(data[mime])
        for mime in KEPT
        if mime in data
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _size(output: Output) -> int:
    return len(output.get("text", "")) + sum(len(part) for part in output.get("data", {}).values())


def _cut(output: Output, room: int) -> Output:
    """The beginning of a text; of a picture nothing, since half of one is none."""
    if output["output_type"] == "stream":
        return output | {"text": output["text"][:room]}
    return {
        "output_type": "display_data",
        "data": {"text/plain": "(an output too large to keep)"},
        "metadata": {},
    }


def _note(limit: int) -> Output:
    text = f"\n[grader: this cell put out more than {limit / 1e6:g} MB; the rest was cut]\n"
    return {"output_type": "stream", "name": "stderr", "text": text}
