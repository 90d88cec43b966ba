"""Imports the hidden cases, which lie in a package beside the one that students import."""

OFF = "no sandbox"
EXTRA = """
import sys

sys.path += ["{COURSE}", "{CANARY}/course"]
try:
    from grading.assignments.initialization.cases import CASES

    print([case.name for case in CASES])
except ImportError as error:
    print(error)
"""
