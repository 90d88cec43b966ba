"""Opens a TCP socket: its buffers are up to ten megabytes of the kernel's memory each."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
FAMILY, KIND = 2, 1
answer = libc.socket(FAMILY, KIND, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached AF_INET" if "REACHED" in outcome.printed else ""
