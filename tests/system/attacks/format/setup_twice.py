"""A cell of the student's own bears the grade_id of a locked cell, and so might be run with the
tests.
"""

import copy

OFF = "one process"


def submit(notebook):
    [setup] = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "setup"
    ]
    again = copy.deepcopy(setup)
    again.source = "check = lambda function: None"
    notebook.cells.insert(notebook.cells.index(setup) + 1, again)
    return notebook
