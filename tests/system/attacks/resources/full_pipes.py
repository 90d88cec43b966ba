"""Fills pipes that nobody reads, in many processes."""

OFF = "one process"
EXTRA = """
import os
import time

PROCESSES, PIPES = 10, 110  # 64 kB each, 70 MB together: more is not tried
for _ in range(PROCESSES):
    if os.fork() == 0:
        for _ in range(PIPES):
            reading, writing = os.pipe()
            os.write(writing, bytes(65536))
        time.sleep(3)
        os._exit(0)
time.sleep(1.5)
print("HELD")
"""


def won(outcome):
    return "it held 1,100 full pipes" if "HELD" in outcome.printed else ""
