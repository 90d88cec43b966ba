"""nbgrader's own tests: which of them run here, which cannot apply, and the page that says so."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[3]
MODULES = (
    "generate_assignment", "autograde", "generate_feedback", "validate", "zip_collect", "export",
)  # fmt: skip
PAGE = ROOT / "docs" / "internals" / "nbgrader-tests.md"
CANNOT_APPLY = Path(__file__).with_name("cannot_apply.toml")
# What nbgrader's source notebooks lack: solutions, by file and by grade_id; an end of their own.
SOLUTIONS = {
    "submitted-unchanged.ipynb": {"set_a": "a = 1", "quux": "b = 2"},
    "infinite-loop.ipynb": {"": "pass"},
}


def path_of(module):
    """Where nbgrader's tests of one of its commands are installed."""
    (folder,) = find_spec("nbgrader").submodule_search_locations
    return Path(folder) / "tests" / "apps" / f"test_nbgrader_{module}.py"


def names_in(module):
    """The tests of a module, in its order, as MODULE::TEST."""
    text = path_of(module).read_text(encoding="utf-8")
    names = re.findall(r"^ +def (test_\w+)", text, re.MULTILINE)
    return [f"{module}::{name}" for name in dict.fromkeys(names)]


def node_id(name):
    """What pytest calls a test. name: MODULE::TEST"""
    module, _, test = name.partition("::")
    path = path_of(module)
    (group,) = re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return f"{path}::{group}::{test}"


def short_name(item):
    """MODULE::TEST of an item that pytest collected, without parameters."""
    return f"{item.path.stem.removeprefix('test_nbgrader_')}::{item.function.__name__}"


def groups():
    """The tests that cannot apply, by reason: each group has `title`, `why` and `tests`."""
    return tomllib.loads(CANNOT_APPLY.read_text(encoding="utf-8"))["group"]


def reasons():
    """Why a test cannot apply, by its name."""
    return {name: group["title"] for group in groups() for name in group["tests"]}


def run(*arguments, **options):
    """Run nbgrader's tests under our configuration, in a pytest of their own."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rfE"]
    command += ["-c", os.devnull, "--rootdir", str(path_of(MODULES[0]).parent)]
    command += ["-p", "tests.system.nbgrader_suite.plugin", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, **options)
