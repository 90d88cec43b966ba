"""The processor time and the room that one page may take, whatever a student wrote.

Markdown, formulas and code are formatted by libraries that take quadratic time on some texts. So a
long text is not given to them, a clock stops them, and what is not formatted is shown as plain
text. The bound on the length is the one that always holds: a regular expression of a library
cannot be interrupted, and off the main thread there is no clock.
"""

import _weakrefset
import signal
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from grading.messages import message

PAGE_SECONDS = 1.0  # of processor time for formatting on one page; the rest of it takes its own
PIECE_SECONDS = 0.4  # of processor time for one text, formula or code cell
AGAIN_SECONDS = 0.02  # of processor time until a signal that could not be heard comes again
MAX_FORMATTED = 8_000  # characters of a text that is formatted; the longest released cell has 1,500
MAX_TEXT = 60_000  # characters shown of one text or output
MAX_PAGE = 1_500_000  # characters shown on one page
CLEAN_UP_FILES = (weakref.__file__, _weakrefset.__file__)

T = TypeVar("T")


class TimeUp(BaseException):
    """The processor time is used up. No Exception: a library must not take it for its own."""


class PageBudget:
    """What is left of the processor time and of the room of one page."""

    def __init__(self) -> None:
        self._seconds = PAGE_SECONDS
        self._room = MAX_PAGE

    def format(self, text: str, make: Callable[[str], T], plain: Callable[[str], T]) -> T:
        """What `make` makes of a text; what `plain` makes of it where that fails or takes long.

        plain gets the text shortened to the room that is left, and must take linear time
        """
        if len(text) <= min(MAX_FORMATTED, self._room) and self._seconds > 0:
            started = time.process_time()
            try:
                with _processor_limit(min(self._seconds, PIECE_SECONDS)):
                    made = make(text)
                self._room -= len(text)
                return made
            except (TimeUp, Exception):  # libraries fail in any way on a stranger's text
                pass  # it is shown as plain text
            finally:
                self._seconds -= time.process_time() - started
        return plain(self.shortened(text))

    def shortened(self, text: str) -> str:
        """A text with its middle left out where it is longer than what may be shown."""
        text = shorten(text, min(MAX_TEXT, self._room))
        self._room = max(0, self._room - len(text))
        return text


def shorten(text: str, longest: int) -> str:
    """A text whose middle is left out, with a note, so that `longest` characters of it are kept."""
    if len(text) <= longest:
        return text
    start, end = text[: longest // 2], text[len(text) - longest // 2 :]
    left_out = len(text) - len(start) - len(end)
    return f"{start}\n{message('page.left_out', number=left_out)}\n{end}"


@contextmanager
def _processor_limit(seconds: float) -> Iterator[None]:
    """Raise TimeUp in the block once it has used this much processor time of the process."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread hears signals
        return
    before = signal.signal(signal.SIGPROF, _raise_time_up)
    try:
        # Again and again: an exception in code that the garbage collector calls goes to nobody.
        signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN_SECONDS)
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_PROF, 0)
        finally:  # also where the signal came just before the line above
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def _raise_time_up(number: int, frame: FrameType | None) -> None:
    if not _is_clean_up(frame):  # there it would be printed and forgotten: the next signal counts
        raise TimeUp


def _is_clean_up(frame: FrameType | None) -> bool:
    """Whether code runs that Python calls when it takes an object away."""
    while frame is not None:
        if frame.f_code.co_name == "__del__" or frame.f_code.co_filename in CLEAN_UP_FILES:
            return True
        frame = frame.f_back
    return False
