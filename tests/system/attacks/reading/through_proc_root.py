"""Reaches files by way of /proc/PID/root, which leads to the root folder that
another process sees.
"""

OFF = "no sandbox"
EXTRA = """
import os

for pid in ("self", "1", "2", str(os.getppid())):
    for way in ("root", "cwd/../../../../../../.."):
        try:
            print(open(f"/proc/{pid}/{way}{CANARY}/gradebook.db").read())
        except OSError as error:
            print(error)
"""
