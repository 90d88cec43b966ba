"""Never returns, but keeps asking for calls: whoever only looks at the clock while nothing comes
never looks.
"""

OFF = "one process"
PATIENCE = 2
LIMITS = {"cell_seconds": 1, "submission_seconds": 4}
ASSIGNMENT = "gradient_checking"
FUNCTIONS = ["gradient_check"]
CODE = """
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    while True:
        forward_propagation(x, theta)
"""
