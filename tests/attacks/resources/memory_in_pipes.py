"""Keeps data in the buffers of many sockets, which are the kernel's and no process's."""

OFF = "one process"
EXTRA = """
import socket
import time

held = []
for _ in range(2000):
    try:
        pair = socket.socketpair()
    except OSError:
        break
    for end in pair:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
        end.setblocking(False)
        try:
            while True:
                end.send(bytes(100_000))
        except OSError:
            pass
    held.append(pair)
time.sleep(0.3)
print("HELD" if len(held) > 1000 else "refused")
"""


def won(outcome):
    return "it opened a thousand pairs of sockets" if "HELD" in outcome.printed else ""
