"""Lowers its own limit of open files to nothing, so that the expected results can no longer be
opened.
"""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import resource

{WRONG}
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
"""
