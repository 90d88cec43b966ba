"""Loops for ever and swallows every exception, the interrupt's too."""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
{WRONG}
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
