"""Empties sys.modules and sys.path after its own imports: tests that import something fail."""

OFF = "one process"
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import sys

{WRONG}
for name in [name for name in sys.modules if name.startswith(("grading", "course_utils"))]:
    del sys.modules[name]
sys.path.clear()
sys.meta_path.clear()
"""
