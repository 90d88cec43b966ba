"""Keeps data in files that exist in memory only: no process has them mapped, so that they count as
nobody's.
"""

OFF = "one process"
EXTRA = """
import os
import time

files = []
for number in range(18):
    files.append(os.memfd_create(str(number)))
    os.write(files[-1], bytes(60_000_000))
# Whoever watches has as much time on a processor as this takes.
start = time.process_time()
while time.process_time() < start + 0.5:
    pass
print("HELD")
"""


def won(outcome):
    return "it held a gigabyte of 0.6" if "HELD" in outcome.printed else ""
