"""Sets its own limit of processor time to a second and burns it: the kernel ends the process during
later tests.
"""

OFF = "one process"
LIMITS = {"cell_seconds": 3}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import resource
import time

{WRONG}
resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + 1,) * 2)


def initialize_parameters_zeros(layers_dims):
    while True:
        pass
"""
