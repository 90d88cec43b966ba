"""Takes Python's guard away and calls itself until the stack is full: the process ends with a
segmentation fault. Since Python 3.12 nobody can move the limit of the depth in C; but the stack can
be made smaller than what that limit is for.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import resource
import sys


def initialize_parameters_zeros(layers_dims):
    if len(layers_dims) == 2:
        sys.setrecursionlimit(10**9)
        resource.setrlimit(resource.RLIMIT_STACK, (65_536, resource.RLIM_INFINITY))
        return repr_of_itself([])


def repr_of_itself(nested):
    for _ in range(10**6):
        nested = [nested]
    return repr(nested)
"""
