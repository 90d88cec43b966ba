"""Leaves a start-up file for IPython in the home folder: every later kernel would run it."""

OFF = "one process"
EXTRA = """
import pathlib

folder = pathlib.Path.home() / ".ipython/profile_default/startup"
folder.mkdir(parents=True, exist_ok=True)
(folder / "00-left.py").write_text("print('LEFT BEHIND')")
"""
AFTER = """
import pathlib

for path in (pathlib.Path.home() / ".ipython/profile_default/startup").glob("*.py"):
    exec(path.read_text())
"""
