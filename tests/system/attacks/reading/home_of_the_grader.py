"""Reads start-up files in the home folder of whoever grades."""

OFF = "one process"
EXTRA = """
import pathlib

for home in (pathlib.Path.home(), pathlib.Path("{CANARY}/home")):
    try:
        print((home / ".bashrc").read_text())
    except OSError as error:
        print(error)
"""
