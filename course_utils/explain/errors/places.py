"""Where in a student's code an error was raised: the line, its number, and the expression."""

from __future__ import annotations

import linecache
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, TracebackType

import course_utils
from course_utils.explain.errors.call_error import LONGEST_LINE, SourceLine

LONGEST_READ = 50_000  # characters of a cell that are read
COURSE = str(Path(course_utils.__file__).parent)
TIMED = "<timed exec>"  # the name of the file for all cells with %%time
LIBRARIES = (*sysconfig.get_paths().values(), COURSE, "<frozen", "<__array_function__")


@dataclass(frozen=True)
class Place:
    """One line in a function, or in a cell, of the student's own.

    code, frame: what ran there; lines: the source of the whole cell
    number: of the line in `lines`, from 1
    segment: the text of the expression that failed, or ""
    """

    code: CodeType
    frame: FrameType
    lines: tuple[str, ...]
    number: int
    segment: str = ""

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.lines[self.number - 1].strip()

    @property
    def line(self) -> SourceLine:
        """The line as its author sees it."""
        number = self.number + lines_before(self.lines)
        return SourceLine(number, self.text[:LONGEST_LINE])


def innermost_place(traceback: TracebackType | None, libraries: Iterable[str]) -> Place | None:
    """The innermost line of a traceback that is the student's own and can be shown.

    libraries: folders of which no file is the student's
    """
    steps = [step for step in _steps(traceback) if is_own(step.tb_frame.f_code, libraries)]
    return next(filter(None, map(_place, reversed(steps))), None)


def is_own(code: CodeType, libraries: Iterable[str] = ()) -> bool:
    """Whether code is the student's own: no installed package, nothing of the course."""
    return not code.co_filename.startswith((*LIBRARIES, *libraries))


def is_of_course(code: CodeType, libraries: Iterable[str] = ()) -> bool:
    """Whether code is the course's: `course_utils`, or one of these folders."""
    return code.co_filename.startswith((COURSE, *libraries))


def codes_of(traceback: TracebackType | None) -> list[CodeType]:
    """What was running, from the outermost call to the innermost."""
    return [step.tb_frame.f_code for step in _steps(traceback)]


def source_lines(code: CodeType) -> tuple[str, ...]:
    """The lines of the cell or file of some code; none where there are none, or too many."""
    lines = linecache.getlines(code.co_filename) or _timed_lines(code)
    return tuple(lines) if sum(map(len, lines)) <= LONGEST_READ else ()


def _timed_lines(code: CodeType) -> list[str]:
    """The lines below `%%time` in the last cell that fits; IPython itself keeps none."""
    first = code.co_firstlineno
    for _, written in past_cells():
        magic, _, body = written.lstrip().partition("\n")
        lines = body.splitlines(keepends=True)
        is_same = code.co_name == "<module>" or code.co_name in "".join(lines[first - 1 : first])
        if code.co_filename == TIMED and magic.startswith("%%") and is_same:
            return lines
    return []


def definition_line(code: CodeType) -> SourceLine | None:
    """The line with the `def` of a function."""
    lines = source_lines(code)
    for number in range(code.co_firstlineno, len(lines) + 1):
        text = lines[number - 1].strip()
        if text.startswith(("def ", "async def ")) or "lambda" in text:
            return SourceLine(number + lines_before(lines), text[:LONGEST_LINE])
    return None


def lines_before(lines: Iterable[str]) -> int:
    """The lines of a cell above those that IPython compiled: empty ones, `%%time`.

    JupyterLab counts them.
    """
    text = "".join(lines).strip()
    for compiled, written in past_cells():
        if compiled.strip() == text:
            return leading_empty_lines(written)
        if text and text in written:
            return written[: written.index(text)].count("\n")
    return 0


def leading_empty_lines(text: str) -> int:
    return text[: len(text) - len(text.lstrip())].count("\n")


def past_cells() -> Iterator[tuple[str, str]]:
    """(text that was compiled, text as it was written) of the cells that have run, last ones first.

    None outside IPython. It is not imported here: where no one else has done so, there are no
    cells.
    """
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    history = getattr(shell, "history_manager", None)
    if history is not None:
        yield from reversed([*zip(history.input_hist_parsed, history.input_hist_raw)])


def _steps(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _place(step: TracebackType) -> Place | None:
    code = step.tb_frame.f_code
    lines = source_lines(code)
    if not 0 < (step.tb_lineno or 0) <= len(lines):
        return None
    segment = _segment(step, lines)
    return Place(code, step.tb_frame, lines, step.tb_lineno, segment)


def _segment(step: TracebackType, lines: tuple[str, ...]) -> str:
    """The text of the expression that was being computed."""
    positions = list(step.tb_frame.f_code.co_positions())[step.tb_lasti // 2]
    first, last, start, end = (-1 if part is None else part for part in positions)
    if min(start, end) < 0 or not 0 < first <= last <= len(lines):
        return ""
    rows = [line.encode() for line in lines[first - 1 : last]]
    rows[-1] = rows[-1][:end]  # first the end: it may be one row
    rows[0] = rows[0][start:]
    return b"".join(rows).decode(errors="replace")
