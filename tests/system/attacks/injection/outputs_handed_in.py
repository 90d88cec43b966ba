"""A cell comes with an output that holds a script, and with a tag that keeps it from being run."""

from nbformat.v4 import new_code_cell, new_output

OFF = "one process"


def submit(notebook):
    output = new_output("display_data", data={"text/html": "<script>attackPayload()</script>"})
    cell = new_code_cell("pass", outputs=[output])
    cell.metadata.tags = ["skip-execution"]
    notebook.cells.append(cell)
    return notebook
