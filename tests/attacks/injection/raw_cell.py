"""A raw cell that says it is HTML, which pages take over as it stands."""

from nbformat.v4 import new_raw_cell

OFF = "one process"


def submit(notebook):
    cell = new_raw_cell("<script>attackPayload()</script>")
    cell.metadata.raw_mimetype = "text/html"
    notebook.cells.append(cell)
    return notebook
