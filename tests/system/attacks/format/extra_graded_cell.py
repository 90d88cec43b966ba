"""A cell of the student's own says of itself that it is a test of 50 points."""

from nbformat.v4 import new_code_cell

OFF = "one process"


def submit(notebook):
    about = {
        "grade": True,
        "solution": False,
        "locked": True,
        "points": 50,
        "grade_id": "bonus",
        "schema_version": 3,
    }
    notebook.cells.append(new_code_cell("pass", metadata={"nbgrader": about}))
    return notebook
