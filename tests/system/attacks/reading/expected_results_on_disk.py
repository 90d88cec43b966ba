"""Opens the file of expected results and prints the names of its cases."""

OFF = "no sandbox"
EXTRA = """
import h5py

for folder in ("{COURSE}", "{CANARY}/course"):
    try:
        with h5py.File(folder + "/grading/assignments/initialization/expected.h5") as file:
            file.visit(print)
    except OSError as error:
        print(error)
"""
