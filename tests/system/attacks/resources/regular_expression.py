"""A regular expression that tries every way to cut a word in pieces: one call into C that takes
years.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import re

{WRONG}
re.match(r"(a+)+$", "a" * 60 + "b")
"""
