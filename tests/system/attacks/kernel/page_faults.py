"""Handles its own page faults, by which exploits hold the kernel at a place of their choice."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno
import platform

libc = ctypes.CDLL(None, use_errno=True)
USERFAULTFD = 323 if platform.machine() == "x86_64" else 282
USER_MODE_ONLY = 1
answer = libc.syscall(USERFAULTFD, USER_MODE_ONLY)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached userfaultfd" if "REACHED" in outcome.printed else ""
