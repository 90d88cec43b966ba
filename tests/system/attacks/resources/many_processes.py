"""Starts two hundred processes, which do nothing but be there; a real fork bomb would go on."""

OFF = (
    "not run: processes without end would stop the machine, "
    "and the number here is only a sample of that"
)
EXTRA = """
import ctypes
import os
import time

for _ in range(200):
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(15, b"{MARK}", 0, 0, 0)
        time.sleep(5)
        os._exit(0)
time.sleep(1)
print("HELD")
"""


def won(outcome):
    return "it held 200 processes of 64" if "HELD" in outcome.printed else ""
