"""Leaves its answers in the home folder."""

OFF = "one process"
EXTRA = """
import pathlib

(pathlib.Path.home() / "answers").write_text("LEFT BEHIND")
"""
AFTER = """
import pathlib

path = pathlib.Path.home() / "answers"
print(path.read_text() if path.exists() else "nothing")
"""
