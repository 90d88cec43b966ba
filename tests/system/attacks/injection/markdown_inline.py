"""A text cell with handlers and a frame: markup that runs scripts without a script element."""

from nbformat.v4 import new_markdown_cell

OFF = "one process"


def submit(notebook):
    text = (
        '<img src="x" onerror="attackPayload()"> '
        '<iframe srcdoc="<script>attackPayload()</script>"></iframe>'
    )
    notebook.cells.append(new_markdown_cell(text))
    return notebook
