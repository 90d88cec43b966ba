"""Asks the kernel to be told of what others do with files."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno
import platform

libc = ctypes.CDLL(None, use_errno=True)
FANOTIFY_INIT = 300 if platform.machine() == "x86_64" else 262
REPORT_FID = 0x200
answer = libc.syscall(FANOTIFY_INIT, REPORT_FID, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached fanotify" if "REACHED" in outcome.printed else ""
