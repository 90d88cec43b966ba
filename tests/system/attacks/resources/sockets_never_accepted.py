"""Connects, sends and closes: what was sent waits in the queue of a socket that accepts nobody."""

OFF = "one process"
EXTRA = """
import contextlib
import os
import socket
import time

CONNECTIONS = 1500  # 200 kB each, 300 MB together: more is not tried
path = f"/tmp/{os.getpid()}"
with socket.socket(socket.AF_UNIX) as waiting:
    waiting.bind(path)
    waiting.listen(CONNECTIONS)
    for _ in range(CONNECTIONS):
        with socket.socket(socket.AF_UNIX) as client:
            client.setblocking(False)
            client.connect(path)
            with contextlib.suppress(BlockingIOError):
                while True:
                    client.send(bytes(100_000))
    # Whoever watches has as much time on a processor as this takes.
    start = time.process_time()
    while time.process_time() < start + 0.5:
        pass
    print("HELD")
os.unlink(path)
"""


def won(outcome):
    return "it held 300 MB of the kernel's memory" if "HELD" in outcome.printed else ""
