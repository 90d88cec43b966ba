"""Many processes take memory, none of them more than one may."""

OFF = "one process"
EXTRA = """
import os
import time

PROCESSES = 6
reading, writing = os.pipe()
for _ in range(PROCESSES):
    if os.fork() == 0:
        held = bytearray(b"x") * 170_000_000
        os.write(writing, b".")
        time.sleep(10)
        os._exit(0)
os.close(writing)
held = b""
while len(held) < PROCESSES and (more := os.read(reading, 1)):
    held += more
# Whoever watches has as much time on a processor as this takes.
start = time.process_time()
while time.process_time() < start + 0.5:
    pass
if len(held) == PROCESSES:
    print("HELD")
"""


def won(outcome):
    return "its processes held a gigabyte of 0.6" if "HELD" in outcome.printed else ""
