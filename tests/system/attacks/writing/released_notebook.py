"""Changes the released notebook, from which submissions are rebuilt."""

OFF = "no sandbox"
EXTRA = """
import pathlib

path = pathlib.Path("{CANARY}/course/release/initialization/initialization.ipynb")
try:
    path.write_text(path.read_text().replace("check(initialize", "print(initialize"))
except OSError as error:
    print(error)
"""
