"""Run a cell as a notebook would, in this process."""

import base64
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from traitlets import Instance, Type
from traitlets.config import Config

from course_utils.explain import CallError, read_cell_error
from grading.isolation.outputs import (
    KEPT,
    MAX_ERROR_LENGTH,
    MAX_NAME_LENGTH,
    Emit,
    Output,
    error_output,
    streams_to,
)
from grading.messages import message

# Of IPython's own syntax within a cell: %magic, !command, help?, and at a line's start ,call ;call
# and /call. A cell without any of these is plain Python.
SIGNS = frozenset("%!?")
SIGNS_AT_START = ",", ";", "/"
GRADING = (str(Path(__file__).parents[1]),)  # the folders in which nothing is a student's


@dataclass(frozen=True)
class CellResult:
    """How a cell ended.

    error: name and message of what it raised, "" for nothing
    raised: the same as a value, with the line
    value: of its last line, where that is an expression
    missing: the name for lack of which it failed, "" where it did not
    """

    error: str = ""
    raised: CallError | None = None
    value: Any = None
    missing: str = ""

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
        # As it comes, it takes a cell for lines that are still being typed: an open bracket would
        # be "incomplete input", and no SyntaxError by its name since Python 3.13.
        self._shell.compile.reset_compiler_flags()

    @property
    def names(self) -> dict[str, Any]:
        """The namespace in which cells run."""
        return self._shell.user_ns

    def run(self, source: str, emit: Emit) -> CellResult:
        """Run one cell; every output goes to `emit` as it comes."""
        self._shell.emit, self._shell.missing = emit, ""
        try:
            with streams_to(emit):
                result = _cell_result(self._shell.run_cell(source, store_history=True), source)
            return replace(result, missing=self._shell.missing)
        finally:
            self._shell.emit = _discard


class _Publisher(DisplayPublisher):
    shell: Any

    def publish(self, data: Any, *args: Any, **kwargs: Any) -> None:
        if data:
            parts = _kept_parts(data)
            self.shell.emit({"output_type": "display_data", "data": parts, "metadata": {}})

    def clear_output(self, wait: bool = False) -> None:
        """Nothing is taken back: what has been shown stays in the record."""


class _Hook(DisplayHook):
    shell: Any

    def write_output_prompt(self) -> None:
        """No prompt: a notebook numbers its outputs itself."""

    def write_format_data(self, format_dict: dict, md_dict: Any = None) -> None:
        output = {"output_type": "execute_result", "data": _kept_parts(format_dict)}
        self.shell.emit(output | {"metadata": {}, "execution_count": None})

    def finish_displayhook(self) -> None:
        """Nothing to flush."""


class _QuickTransformer(TransformerManager):
    """Looks for IPython's own syntax only where there can be some: most cells are plain Python."""

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """The lines as Python. Without a sign of IPython's own they are that already."""
        is_plain = not any(
            SIGNS.intersection(line) or line.lstrip().startswith(SIGNS_AT_START) for line in lines
        )
        return lines if is_plain else super().do_token_transforms(lines)


class _RecordingShell(InteractiveShell):
    display_pub_class = Type(_Publisher)
    displayhook_class = Type(_Hook)
    input_transformer_manager = Instance(_QuickTransformer, ())
    emit: Any = None
    missing = ""

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        # Noted here, since a magic such as %%time shows an error and ends without one.
        self.missing = missing_name(evalue) or self.missing
        self.emit(error_output(etype.__name__, message_of(evalue), [str(line) for line in stb]))

    def should_run_async(self, raw_cell: str, **kwargs: Any) -> bool:
        """Whether a cell awaits something. Only where it may is it compiled to find that out."""
        may_await = "await" in raw_cell or "async" in raw_cell
        return may_await and super().should_run_async(raw_cell, **kwargs)

    def ask_exit(self) -> None:
        """exit() in a cell does nothing: there is no terminal to leave."""


def _discard(output: Output) -> None:
    """Where outputs go between cells."""


def _cell_result(result: ExecutionResult, source: str) -> CellResult:
    error = result.error_before_exec or result.error_in_exec
    if error is None:
        return CellResult(value=result.result)
    message = error.msg if isinstance(error, SyntaxError) else message_of(error)
    text = f"{type(error).__name__}: {message}"[:MAX_ERROR_LENGTH]
    return CellResult(text, read_cell_error(error, source, GRADING))


def missing_name(error: BaseException) -> str:
    """The name that is not defined, where that is the error, else ""."""
    name = getattr(error, "name", None) if type(error) is NameError else None
    return name[:MAX_NAME_LENGTH] if isinstance(name, str) else ""


def message_of(error: BaseException) -> str:
    """An error's message; the error's class may be the student's, and its `__str__` may fail."""
    try:
        return str(error)[:MAX_ERROR_LENGTH]
    except Exception:
        return str(message("error.unreadable"))


def _kept_parts(data: dict) -> dict[str, str]:
    """The parts of a rich output that are kept, as text."""
    return {mime: _as_text(data[mime]) for mime in KEPT if mime in data}


def _as_text(part: Any) -> str:
    return base64.b64encode(part).decode() if isinstance(part, bytes) else str(part)
