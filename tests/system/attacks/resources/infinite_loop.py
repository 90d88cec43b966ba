"""Loops for ever while the cell runs."""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
{WRONG}
while True:
    pass
"""
