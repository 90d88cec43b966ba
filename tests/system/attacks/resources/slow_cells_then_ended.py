"""Two slow cells that together take longer than one may, and a function that ends its process.

Bringing a new process to where the last one was takes longer than a cell may take.
"""

from nbformat.v4 import new_code_cell

OFF = "one process"
LIMITS = {"cell_seconds": 1.2}
FUNCTIONS = ["initialize_parameters_zeros"]
CODE = """
import os


def initialize_parameters_zeros(layers_dims):
    if len(layers_dims) == 2:
        os._exit(0)
"""


def submit(notebook):
    slow = [new_code_cell(f"import time\ntime.sleep(0.8)  # {number}") for number in range(2)]
    notebook.cells[:0] = slow
    return notebook
