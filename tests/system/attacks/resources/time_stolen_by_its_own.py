"""Thirty busy children compete with it for the processors, so that it waits most of the time, and
waiting is not counted.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1, "submission_seconds": 3}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import time

{WRONG}
for _ in range(30):
    if os.fork() == 0:
        while time.process_time() < 2:
            pass
        os._exit(0)
while True:
    pass
"""
