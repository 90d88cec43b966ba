"""Reads address zero through ctypes while the cell runs."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import ctypes

{WRONG}
ctypes.string_at(0)
"""
