"""Where the time of a submission goes: seconds by phase, a phase within another counted once."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

seconds: dict[str, float] = {}
_open: list[str] = []
_since = 0.0


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Count the time of a with block for `name`; the phase around it pauses."""
    _switch()
    _open.append(name)
    try:
        yield
    finally:
        _switch()
        _open.pop()


def _switch() -> None:
    """Credit the time since the last switch to the phase that was running."""
    global _since
    now = time.perf_counter()
    if _open:
        seconds[_open[-1]] = seconds.get(_open[-1], 0.0) + now - _since
    _since = now
