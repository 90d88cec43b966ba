"""Opens performance counters, a part of the kernel with a long history of holes."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno
import platform

libc = ctypes.CDLL(None, use_errno=True)
PERF_EVENT_OPEN = 298 if platform.machine() == "x86_64" else 241
answer = libc.syscall(PERF_EVENT_OPEN, None, 0, -1, -1, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached perf_event_open" if "REACHED" in outcome.printed else ""
