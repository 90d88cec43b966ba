"""Fills sockets that nobody reads: their content is the kernel's memory and counts as nobody's."""

OFF = "one process"
EXTRA = """
import contextlib
import os
import socket
import time

PROCESSES, PAIRS = 8, 120  # 200 kB each, 400 MB together: more is not tried


def fill(end):
    end.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            end.send(bytes(100_000))


reading, writing = os.pipe()
for _ in range(PROCESSES):
    if os.fork() == 0:
        ends = [end for _ in range(PAIRS) for end in socket.socketpair()]
        for end in ends:
            fill(end)
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
    return "it held 400 MB of the kernel's memory" if "HELD" in outcome.printed else ""
