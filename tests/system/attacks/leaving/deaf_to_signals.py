"""A process in a session of its own that ignores every signal it can ignore."""

OFF = "one process"
EXTRA = """
import ctypes
import os
import signal
import time

if os.fork() == 0:
    os.setsid()
    for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(15, b"{MARK}", 0, 0, 0)
    time.sleep(20)
    os._exit(0)
time.sleep(0.1)
"""
