"""Makes a user namespace of its own, in which it would be root."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno
import os

libc = ctypes.CDLL(None, use_errno=True)
NEW_USER = 0x10000000
reading, writing = os.pipe()
if os.fork() == 0:
    answer = libc.unshare(NEW_USER)
    os.write(writing, bytes([answer == 0, ctypes.get_errno()]))
    os._exit(0)
os.wait()
made, error = os.read(reading, 2)
answer = 0 if made else -1
ctypes.set_errno(error)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "only a limit of the kernel was in its way" if "REACHED" in outcome.printed else ""
