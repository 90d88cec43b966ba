"""Many processes take memory, none of them more than one may."""

OFF = "one process"
EXTRA = """
import os
import time

for _ in range(6):
    if os.fork() == 0:
        held = bytearray(b"x") * 170_000_000
        time.sleep(3)
        os._exit(0)
for _ in range(6):
    time.sleep(0.25)
print("HELD")
"""


def won(outcome):
    return "its processes held a gigabyte of 0.6" if "HELD" in outcome.printed else ""
