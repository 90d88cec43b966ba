"""Metadata nested so deeply that a reader which follows it down runs out of stack."""

OFF = "one process"


def submit(notebook):
    deep = {}
    for _ in range(600):
        deep = {"deeper": deep}
    first = {**notebook.cells[0], "metadata": deep}
    return {**notebook, "cells": [first, *notebook.cells[1:]], "metadata": deep}
