"""Makes a pipe hold 16 times as much of the kernel's memory as pipes do."""

OFF = "one process"
EXTRA = """
import fcntl
import os

SET_PIPE_SIZE, SIZE = 1031, 1 << 20
reading, writing = os.pipe()
os.set_blocking(writing, False)
fcntl.fcntl(writing, SET_PIPE_SIZE, SIZE)
if os.write(writing, bytes(SIZE)) == SIZE:
    print("HELD")
"""


def won(outcome):
    return "one pipe held a megabyte" if "HELD" in outcome.printed else ""
