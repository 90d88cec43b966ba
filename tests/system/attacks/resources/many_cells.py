"""Hands in five thousand cells."""

from nbformat.v4 import new_code_cell

OFF = "not run: many cells are no trick against a grader without limits"
LIMITS = {"submission_seconds": 10}


def submit(notebook):
    cell = {
        "cell_type": "code",
        "source": "",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    return {**notebook, "cells": [*notebook.cells, *[cell] * 5000, new_code_cell("print('end')")]}
