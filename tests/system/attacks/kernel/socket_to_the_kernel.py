"""Opens a netlink socket, by which the kernel's network is asked and changed."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno

libc = ctypes.CDLL(None, use_errno=True)
FAMILY, KIND = 16, 3
answer = libc.socket(FAMILY, KIND, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached AF_NETLINK" if "REACHED" in outcome.printed else ""
