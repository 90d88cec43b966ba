"""Puts its own child under a debugger, by which calls were once changed after a
filter had seen them.
"""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
PTRACE = 101 if platform.machine() == "x86_64" else 117
TRACE_ME = 0
reading, writing = os.pipe()
if os.fork() == 0:
    answer = libc.syscall(PTRACE, TRACE_ME, 0, 0, 0)
    os.write(writing, bytes([answer == 0, ctypes.get_errno()]))
    os._exit(0)
os.wait()
traced, error = os.read(reading, 2)
answer = 0 if traced else -1
ctypes.set_errno(error)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached ptrace" if "REACHED" in outcome.printed else ""
