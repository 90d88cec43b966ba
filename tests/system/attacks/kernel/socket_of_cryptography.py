"""Opens a socket of the kernel's cryptography, which has had holes."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
FAMILY, KIND = 38, 5
answer = libc.socket(FAMILY, KIND, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached AF_ALG" if "REACHED" in outcome.printed else ""
