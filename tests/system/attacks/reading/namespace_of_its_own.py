"""Makes a user namespace, in which it would be root and could mount folders over the read-only
ones.
"""

OFF = "no sandbox"
EXTRA = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
if os.fork() == 0:
    os._exit(libc.unshare(0x10000000) == 0)
print("MADE A NAMESPACE" if os.waitstatus_to_exitcode(os.wait()[1]) else "refused")
"""


def won(outcome):
    return "it is root in a namespace of its own" if "MADE" in outcome.printed else ""
