"""Prints the environment and the command line of the processes above its own."""

OFF = "one process"
EXTRA = """
import os

for pid in (os.getppid(), os.getpid()):
    for name in ("environ", "cmdline"):
        try:
            found = open(f"/proc/{pid}/{name}").read().split(chr(0))
            print([word for word in found if "TOKEN" in word])
        except OSError as error:
            print(error)
"""
