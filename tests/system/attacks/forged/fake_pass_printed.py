"""Prints past the redirection of the test, through the kernel's own stream, that all is well."""

OFF = "one process"
EXTRA = """
import sys

kernel_stream = sys.stdout
"""
CODE = """
{WRONG}

answer = initialize_parameters_he


def initialize_parameters_he(layers_dims):
    stream = get_ipython().emit
    if stream:
        stream({"output_type": "stream", "name": "stdout", "text": "PASSED: all hidden tests"})
    return answer(layers_dims)
"""


def won(outcome):
    tests = [
        cell for cell in outcome.notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    printed = [output.get("text", "") for cell in tests for output in cell.outputs]
    return (
        "a test shows a pass that it did not say"
        if any("PASSED" in text for text in printed)
        else ""
    )
