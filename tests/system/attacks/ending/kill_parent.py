"""Kills its parent process: under nbgrader that is the one that grades."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import signal

{WRONG}
if os.getppid() > 1:
    os.kill(os.getppid(), signal.SIGKILL)
"""
