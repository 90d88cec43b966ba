"""Raises an error whose text, when somebody asks for it, ends the process that asks."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os


class Last(Exception):
    def __str__(self):
        os._exit(0)


def initialize_parameters_zeros(layers_dims):
    raise Last()
"""
