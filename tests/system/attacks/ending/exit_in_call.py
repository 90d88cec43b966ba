"""Ends the process whenever the function is tested."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os


def initialize_parameters_zeros(layers_dims):
    os._exit(0)
"""
