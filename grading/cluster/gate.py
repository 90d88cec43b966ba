"""How many submissions are out at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets as many threads in as there is room for, or one alone; the others wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._room = 0
        self._inside = 0
        self._waiting_alone = 0  # threads that are inside alone, or wait to be
        self._error: Exception | None = None

    def make_room(self, room: int) -> None:
        """Have room for so many from now on; those inside stay."""
        with self._changed:
            self._room = room
            self._changed.notify_all()

    def close(self, error: Exception) -> None:
        """Raise the error in every thread that waits, now or later."""
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()

    def check(self) -> None:
        """Raise the error of a closed gate."""
        if self._error:
            raise self._error

    @contextmanager
    def enter(self, alone: bool = False) -> Iterator[None]:
        """Be inside for the length of a with block. alone: while nobody else is inside"""
        with self._changed:
            self._waiting_alone += alone
            self._changed.wait_for(lambda: self._error or self._is_free(alone))
            self._inside += 1
        try:
            self.check()
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._waiting_alone -= alone
                self._changed.notify_all()

    def _is_free(self, alone: bool) -> bool:
        if alone:
            return self._room > 0 and self._inside == 0
        # Nobody else enters while someone waits to be alone: otherwise that might take for ever.
        return self._inside < self._room and not self._waiting_alone
