"""A text cell of the student's own holds a script."""

from nbformat.v4 import new_markdown_cell

OFF = "one process"


def submit(notebook):
    notebook.cells.append(new_markdown_cell("# Notes\n\n<script>attackPayload()</script>"))
    return notebook
