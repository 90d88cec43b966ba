"""Sleeps: no processor time is used, so that a limit on that is never reached."""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import time

{WRONG}
time.sleep(10**8)
"""
