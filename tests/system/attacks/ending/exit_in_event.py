"""An event of the shell raises SystemExit after the cell, where nobody expects a student's
exception.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
def leave(result):
    raise SystemExit


{WRONG}
get_ipython().events.register("post_run_cell", leave)
"""
