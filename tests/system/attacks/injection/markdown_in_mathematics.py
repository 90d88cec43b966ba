"""A script between dollar signs, which pages hand on to the browser as mathematics, past the
Markdown.
"""

from nbformat.v4 import new_markdown_cell

OFF = "one process"


def submit(notebook):
    notebook.cells.append(new_markdown_cell("$$x$$\n\n<b>$y$</b><script>attackPayload()</script>"))
    notebook.cells.append(new_markdown_cell("$</span><script>attackPayload()</script>$"))
    return notebook
