"""A text cell and an output hold one half of a surrogate pair, which cannot be
written to a file.
"""

from nbformat.v4 import new_markdown_cell

OFF = "one process"
EXTRA = "print(chr(0xD800))"


def submit(notebook):
    notebook.cells.insert(0, new_markdown_cell("\udfff"))
    return notebook
