"""A thread that writes to standard error without end: nbgrader takes points from tests that have
such output.

Here the other, right functions would lose theirs.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import sys
import threading
import time


def noise():
    for _ in range(2000):
        get_ipython().emit({"output_type": "stream", "name": "stderr", "text": "."})
        time.sleep(0.001)


threading.Thread(target=noise, daemon=True).start()
{WRONG}
"""
