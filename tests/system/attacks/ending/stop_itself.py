"""Stops its own process with SIGSTOP in the middle of a call: whoever waits for the answer waits
for ever.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import signal


{WRONG}

answer = initialize_parameters_zeros


def initialize_parameters_zeros(layers_dims):
    if len(layers_dims) == 2:
        os.kill(os.getpid(), signal.SIGSTOP)
    return answer(layers_dims)
"""
