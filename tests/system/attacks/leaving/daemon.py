"""Forks twice into a session of its own, so that nobody is its parent any more, and waits for the
next student.
"""

OFF = "no sandbox"
EXTRA = """
import ctypes
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(15, b"{MARK}", 0, 0, 0)
        time.sleep(20)
    os._exit(0)
os.wait()
time.sleep(0.1)
"""
