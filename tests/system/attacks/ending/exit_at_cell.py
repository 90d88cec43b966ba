"""Ends the process while the cell runs, which leaves the tests of all later functions without a
kernel.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os

{WRONG}
os._exit(0)
"""
