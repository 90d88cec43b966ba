"""Writes its own answers into the file of expected results."""

OFF = "no sandbox"
EXTRA = """
import h5py

try:
    with h5py.File("{CANARY}/course/grading/assignments/initialization/expected.h5", "a") as file:
        file["note"] = "changed"
except OSError as error:
    print(error)
"""
