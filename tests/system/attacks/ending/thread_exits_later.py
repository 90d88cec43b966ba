"""A thread ends the process a moment later, in the middle of a test; tests that were passed before
are lost with it.

It stands in the last function: a later cell of the same student's would rightly die with its own
process.
"""

OFF = "one process"
CODE = """
import os
import threading
import time

{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    time.sleep(0.01)
    return answer(layers_dims)


threading.Timer(0.01, os._exit, (0,)).start()
"""
