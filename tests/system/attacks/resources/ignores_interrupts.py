"""Loops for ever and ignores the signal that interrupts cells."""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import signal

{WRONG}
signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    pass
"""
