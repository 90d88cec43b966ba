"""Opens a socket of AF_VSOCK, which no network namespace stops and which reaches the
host of a virtual machine.
"""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
FAMILY, KIND = 40, 1
answer = libc.socket(FAMILY, KIND, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached AF_VSOCK" if "REACHED" in outcome.printed else ""
