"""A pytest plugin: nbgrader's own tests run under this course's nbgrader_config.py.

Their text is used as it is installed, but for two names. Here an assignment is one notebook of the
assignment's own name, where nbgrader's tests have ps1/p1.ipynb: so p1 becomes ps1 in it, and p2
beside it ps2. And the time limit is that of the step which runs notebooks here.

A test that cannot apply (`cannot_apply.toml`) must fail: one that passes all the same stands in the
list without need.
"""

import functools
import os
import re
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path

import nbformat
import pytest
from nbgrader import api

from tests.system.nbgrader_suite.suite import (
    MODULES,
    ROOT,
    SOLUTIONS,
    path_of,
    reasons,
    short_name,
)

PACKAGE = "nbgrader.tests.apps"
# In these modules notebooks are graded. "foo.ipynb" there is the only notebook of its assignment.
# In the others nbgrader's own Execute runs them.
GRADED = ("autograde", "generate_feedback", "export")
RENAMED = [
    (re.compile(r'"(ps\d)", "(?:p1|foo)((?: copy)?\.(?:ipynb|html))"'), r'"\1", "\1\2"'),
    (re.compile(r'"ps1", "p2\.'), '"ps1", "ps2.'),
    (re.compile(r'"p1", "(ps\d)"'), r'"\1", "\1"'),
    (re.compile(r'"--notebook", "p1"'), '"--notebook", "ps1"'),
    (re.compile(r"Execute\.timeout ?= ?(\d)"), r"RunIsolated.cell_seconds=\1"),
]
SOLUTION = "### BEGIN SOLUTION\n{}\n### END SOLUTION"


class RenamedTests(MetaPathFinder, Loader):
    """Imports nbgrader's modules of tests, with the notebooks named after their assignments."""

    def find_spec(self, fullname, path=None, target=None):
        name = fullname.removeprefix(f"{PACKAGE}.test_nbgrader_")
        if name not in MODULES:
            return None
        return ModuleSpec(fullname, self, origin=str(path_of(name)))

    def exec_module(self, module):
        path = Path(module.__spec__.origin)
        module.__file__ = str(path)
        source = path.read_text(encoding="utf-8")
        if module.__name__.endswith(GRADED):
            source = renamed(source)
        exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)


def renamed(source):
    for pattern, replacement in RENAMED:
        source = pattern.sub(replacement, source)
    return source


def pytest_configure():
    sys.meta_path.insert(0, RenamedTests())
    # For each new gradebook nbgrader asks `alembic`, by its bare name, for the version of its own
    # tables. A process need ask only once: it takes two seconds.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    api.get_alembic_version = functools.cache(api.get_alembic_version)


def pytest_collection_modifyitems(items):
    why = reasons()
    for item in items:
        if reason := why.get(short_name(item)):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


@pytest.fixture(autouse=True)
def our_configuration(temp_cwd, course_dir):
    """This course's settings, and then those that nbgrader's tests make for themselves.

    nbgrader reads them in the folder that it is called in, `course` in the course's.
    """
    settings = Path("nbgrader_config.py").resolve()
    theirs = settings.read_text().replace("c = get_config()", "")
    settings.write_text(f"{(ROOT / 'nbgrader_config.py').read_text()}\n{theirs}")
    (Path(course_dir) / settings.name).symlink_to(settings)


@pytest.fixture(autouse=True)
def solved_sources(monkeypatch, course_dir):
    """Source notebooks without solutions get some: the test process here needs them."""
    from nbgrader.tests.apps.base import BaseTestApp

    copy_file = BaseTestApp._copy_file

    def copy_and_solve(self, src, dest):
        copy_file(self, src, dest)
        if Path(dest).is_relative_to(Path(course_dir) / "source"):
            solve(Path(dest), SOLUTIONS.get(Path(src).name, {}))

    monkeypatch.setattr(BaseTestApp, "_copy_file", copy_and_solve)


def solve(path, solutions):
    """Write solutions into the cells of a notebook. solutions: by grade_id, "" where there is none

    A region is marked as the solution only in a cell that nbgrader knows.
    """
    if not solutions:
        return
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in solutions:
            cell.source = SOLUTION.format(solutions[name]) if name else solutions[name]
    nbformat.write(notebook, path)
