"""Where the time goes: seconds by phase.

Time in a phase within another counts once, for the inner one.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

seconds: dict[str, float] = {}
_running: list[str] = []  # the phases that have begun, the innermost last
_since = 0.0


@contextmanager
def phase(name: str) -> Iterator[None]:
    """Count the time of a with block for `name`; the phase around it pauses."""
    _credit_running()
    _running.append(name)
    try:
        yield
    finally:
        _credit_running()
        _running.pop()


def _credit_running() -> None:
    """Credit the time since the last switch to the phase that was running."""
    global _since
    now = time.perf_counter()
    if _running:
        seconds[_running[-1]] = seconds.get(_running[-1], 0.0) + now - _since
    _since = now
