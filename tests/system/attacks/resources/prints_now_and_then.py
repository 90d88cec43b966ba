"""Prints a letter many times a second, for ever: whoever looks at the clock only while nothing
comes never looks.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1, "submission_seconds": 4}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import time

{WRONG}
while True:
    print("x")
    time.sleep(0.06)
"""
