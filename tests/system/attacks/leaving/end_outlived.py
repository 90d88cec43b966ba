"""A process that asks not to be killed with its parent, and closes everything that ties it to the
grader.
"""

OFF = "one process"
EXTRA = """
import ctypes
import os
import time

if os.fork() == 0:
    libc = ctypes.CDLL(None)
    libc.prctl(1, 0, 0, 0, 0)
    os.setsid()
    os.closerange(0, 256)
    libc.prctl(15, b"{MARK}", 0, 0, 0)
    time.sleep(20)
    os._exit(0)
time.sleep(0.1)
"""
