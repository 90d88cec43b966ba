"""Makes memory that not even the kernel can look at, and that no watch counts."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
MEMFD_SECRET = 447
answer = libc.syscall(MEMFD_SECRET, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached memfd_secret" if "REACHED" in outcome.printed else ""
