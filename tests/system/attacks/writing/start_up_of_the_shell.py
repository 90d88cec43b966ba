"""Adds a line to ~/.bashrc, for the next time that the instructor opens a terminal."""

OFF = "one process"
EXTRA = """
import pathlib

with (pathlib.Path.home() / ".bashrc").open("a") as file:
    file.write("echo left")
"""
