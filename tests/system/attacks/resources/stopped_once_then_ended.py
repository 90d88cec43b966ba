"""A cell that had to be stopped comes first, and a function that ends its process later.

Each new process would have to run the cell again and spend its time on it, until none is left for
what is right.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
EXTRA = """
while True:
    pass
"""
CODE = """
import os


def initialize_parameters_zeros(layers_dims):
    if len(layers_dims) == 2:
        os._exit(0)
"""
