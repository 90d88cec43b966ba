"""Stops all processes that it may signal, then itself."""

OFF = "not run: outside the sandbox it would stop every process on the machine"
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import signal


{WRONG}
os.kill(-1, signal.SIGSTOP)
os.kill(os.getpid(), signal.SIGSTOP)
"""
