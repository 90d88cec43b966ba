"""One sum in C that takes hours and looks at no signal on its way."""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
{WRONG}
sum(range(10**15))
"""
