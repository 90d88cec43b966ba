"""What is left out of nbgrader at first is there when something asks for it."""

import subprocess
import sys

from tests.harness import ROOT

PROGRAM = """
import sys, zipfile, pathlib, tempfile
from grading.quick_nbgrader import import_whole, leave_out_extensions
leave_out_extensions()
import nbgrader.api
slow = "setuptools", "urllib3", "nbgrader.server_extensions"
print([name in sys.modules for name in slow])
folder = pathlib.Path(tempfile.mkdtemp())
with zipfile.ZipFile(folder / "a.zip", "w") as archive:
    archive.writestr("a.txt", "content")
nbgrader.utils.unzip(str(folder / "a.zip"), str(folder))
print((folder / "a.txt").read_text())
try:
    nbgrader.auth.jupyterhub.requests.request("GET", "http://")
except Exception as error:
    print(type(error).__name__)
import_whole()
print([name in sys.modules for name in slow])
"""


SETTINGS = """
import sys
from pathlib import Path
from grading.quick_nbgrader import leave_out_extensions
leave_out_extensions()
from grading.course import Course
steps = Course.at(Path.cwd()).config.Autograde.autograde_preprocessors
print(all(isinstance(step, str) for step in steps))
print([name in sys.modules for name in ("nbconvert", "numpy", "sqlalchemy", "nbgrader.apps")])
"""


def test_reading_the_settings_imports_no_step():
    """Every command reads them, and most run no step."""
    done = subprocess.run(
        [sys.executable, "-c", SETTINGS], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.splitlines() == ["True", "[False, False, False, False]"], done.stderr


def test_what_was_left_out_comes_when_it_is_asked_for():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True)
    assert done.stdout.splitlines() == [
        "[False, False, False]",
        "content",
        "InvalidURL",
        "[True, True, True]",
    ], done.stderr
