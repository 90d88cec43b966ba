"""Among the cells are a number, a list, nothing, a cell of an unknown kind, and one whose text is
made of numbers.
"""

OFF = "one process"


def submit(notebook):
    odd = [
        42,
        [],
        None,
        {"cell_type": "quantum", "source": "x"},
        {"cell_type": "code", "source": [1, "y = 2"]},
    ]
    return {**notebook, "cells": [*notebook.cells, *odd]}
