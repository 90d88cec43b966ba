"""Fills pipes that nobody reads, in many processes."""

OFF = "one process"
EXTRA = """
import os
import time

PROCESSES, PIPES = 10, 110  # 64 kB each, 70 MB together: more is not tried
reading, writing = os.pipe()
for _ in range(PROCESSES):
    if os.fork() == 0:
        for _ in range(PIPES):
            _, end = os.pipe()
            os.write(end, bytes(65536))
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
    return "it held 1,100 full pipes" if "HELD" in outcome.printed else ""
