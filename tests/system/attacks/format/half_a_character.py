"""A cell holds one half of a surrogate pair, which is valid JSON and no valid text."""

from nbformat.v4 import new_code_cell

OFF = "one process"


def submit(notebook):
    notebook.cells.insert(0, new_code_cell("x = 1  # \ud800"))
    return notebook
