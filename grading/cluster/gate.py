"""How many submissions are out at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets as many in as there is room for, or one alone; who comes when there is no room waits."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._room = self._inside = self._alone = 0
        self._error: Exception | None = None

    def make_room(self, room: int) -> None:
        """Room for so many from now on; those inside stay."""
        with self._changed:
            self._room = room
            self._changed.notify_all()

    def close(self, error: Exception) -> None:
        """Whoever waits, now or later, gets the error."""
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()

    def check(self) -> None:
        """Raise the error of a closed gate."""
        if self._error:
            raise self._error

    @contextmanager
    def enter(self, alone: bool = False) -> Iterator[None]:
        """Be inside for the length of a with block. alone: with nobody else inside; the others wait for it."""
        with self._changed:
            self._alone += alone
            self._changed.wait_for(lambda: self._error or self._free(alone))
            self._inside += 1
        try:
            self.check()
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._alone -= alone
                self._changed.notify_all()

    def _free(self, alone: bool) -> bool:
        return (
            self._room > 0 and self._inside == 0
            if alone
            else self._inside < self._room and not self._alone
        )
