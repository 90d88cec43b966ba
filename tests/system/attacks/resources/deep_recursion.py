"""Takes Python's guard away and calls itself until the stack is full: the process ends with a
segmentation fault.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import sys


def initialize_parameters_zeros(layers_dims):
    if len(layers_dims) == 2:
        sys.setrecursionlimit(10**9)
        return repr_of_itself([])


def repr_of_itself(nested):
    for _ in range(10**6):
        nested = [nested]
    return repr(nested)
"""
