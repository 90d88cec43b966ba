"""Returns a number of millions of digits: writing it out in decimal takes
longer than anyone waits.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import sys

sys.set_int_max_str_digits(0)


def initialize_parameters_zeros(layers_dims):
    if len(layers_dims) == 2:
        return {"W1": 7**12_000_000}
"""
