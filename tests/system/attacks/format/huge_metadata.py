"""Megabytes of metadata, which would be copied into every file that is made of the submission."""

OFF = "one process"


def submit(notebook):
    notebook.metadata.ballast = "x" * 4_000_000
    notebook.cells[0].metadata.ballast = "x" * 4_000_000
    return notebook


def won(outcome):
    return "the result carries its ballast" if len(str(outcome.notebook)) > 2_000_000 else ""
