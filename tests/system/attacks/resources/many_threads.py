"""Starts three hundred threads with small stacks: what counts processes may not count them."""

OFF = "one process"
EXTRA = """
import threading
import time

threading.stack_size(65536)
for _ in range(300):
    threading.Thread(target=time.sleep, args=(1,), daemon=True).start()
time.sleep(0.5)
print("HELD")
"""


def won(outcome):
    return "it held 300 threads of 64" if "HELD" in outcome.printed else ""
