"""Calls abort(3) from a call, which no except clause catches."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os


def initialize_parameters_zeros(layers_dims):
    os.abort()
"""
