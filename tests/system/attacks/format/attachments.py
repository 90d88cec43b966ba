"""Text cells come with attachments: files that travel inside the notebook and
that no page shows.
"""

from nbformat.v4 import new_markdown_cell

OFF = "one process"


def submit(notebook):
    cell = new_markdown_cell("![picture](attachment:page.html)")
    cell.attachments = {"page.html": {"text/html": "<b>attached</b>"}}
    notebook.cells.append(cell)
    return notebook


def won(outcome):
    return (
        "an attachment got through"
        if any("attachments" in cell for cell in outcome.notebook.cells)
        else ""
    )
