"""Reads memory by process_vm_readv, which works on any process of the same user."""

OFF = "no sandbox"
EXTRA = """
import ctypes
import errno
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
PROCESS_VM_READV = 310 if platform.machine() == "x86_64" else 270
answer = libc.syscall(PROCESS_VM_READV, os.getpid(), None, 0, None, 0, 0)
refused = ctypes.get_errno() == errno.EPERM and answer == -1
print("REFUSED" if refused else "REACHED")
"""


def won(outcome):
    return "it reached process_vm_readv" if "REACHED" in outcome.printed else ""
