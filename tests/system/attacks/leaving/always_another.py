"""A process that lives for a moment and forks the next: who kills what a list of processes shows
comes too late.
"""

OFF = "no sandbox"
EXTRA = """
import ctypes
import os
import time

if os.fork() == 0:
    ctypes.CDLL(None).prctl(15, b"{MARK}", 0, 0, 0)
    for _ in range(1000):
        os.setsid() if os.getsid(0) != os.getpid() else None
        time.sleep(0.01)
        if os.fork():
            os._exit(0)
    os._exit(0)
time.sleep(0.1)
"""
