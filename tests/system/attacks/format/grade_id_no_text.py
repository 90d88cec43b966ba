"""A grade_id that is a list, which no dictionary can hold as a key, and one that is a number."""

from nbformat.v4 import new_code_cell

OFF = "one process"


def submit(notebook):
    for grade_id in (["initialize_parameters_he"], 5):
        about = {
            "grade": True,
            "solution": False,
            "locked": False,
            "points": 1,
            "grade_id": grade_id,
        }
        notebook.cells.insert(0, new_code_cell("pass", metadata={"nbgrader": about}))
    return notebook
