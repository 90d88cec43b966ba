"""Fixtures: copies of the course's folder, and one class graded for the whole run."""

import os
import shutil
import sys
import warnings
from pathlib import Path

import matplotlib
import pytest

from grading.authoring.build import build_release
from grading.course import Course
from tests.harness import copy_course

matplotlib.use("agg")

# nbgrader starts `alembic` by its bare name; make runs pytest in an environment that nobody activated
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.fixture
def course(tmp_path):
    """A fresh copy of the course."""
    return copy_course(tmp_path)


@pytest.fixture(scope="session")
def released_course(tmp_path_factory):
    """A copy of the course with all assignments in its gradebook; shared, so tests must not change it."""
    course = copy_course(tmp_path_factory.mktemp("released"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own
        for name in course.assignments:
            build_release(course, name)
    return course


@pytest.fixture
def own_released_course(released_course, tmp_path):
    """A copy of the released course, gradebook and all, that a test may change."""
    return Course.at(shutil.copytree(released_course.root, tmp_path / "course"))
