"""Opens the gradebook, which holds the scores of the whole class."""

OFF = "no sandbox"
EXTRA = """
import pathlib

for path in ("{COURSE}/gradebook.db", "{CANARY}/gradebook.db"):
    try:
        print(pathlib.Path(path).read_bytes())
    except OSError as error:
        print(error)
"""
