"""Forks, ends the parent and goes on in the child: the process that is waited for is gone, its
channel is open.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import time

if os.fork():
    os._exit(0)
time.sleep(60)
"""
