"""Formgrader in a real Jupyter server on the course's folder lists the class and grades."""

import json
import shutil
from pathlib import Path

import nbgrader
import pytest
from nbconvert.exporters import HTMLExporter

from grading.authoring.sample_class import make_sample_class
from grading.course import Course
from grading.nbgrader_plugins.formgrader import template_paths
from tests.harness import COURSE, ROOT
from tests.server import jupyter_lab

STUDENT = "sample-he-bias"
SCORE = next(
    row[2]
    for row in json.loads((ROOT / "tests/grading/pipeline/expected_table.json").read_text())
    if row[0] == STUDENT
)


@pytest.fixture(scope="module")
def server(released_course, tmp_path_factory):
    """A function that asks a Jupyter server in a released course: (method, path) -> answer."""
    folder = tmp_path_factory.mktemp("formgrader") / "course"
    course = Course.at(shutil.copytree(released_course.root, folder))
    make_sample_class(course, "initialization")
    with jupyter_lab(course.root) as server:

        def ask(method, path):
            body, kind = server.ask(method, path)
            return json.loads(body) if kind.startswith("application/json") else body

        yield ask


def test_the_templates_are_those_that_nbconvert_would_find():
    own = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[str(own)])
    first, *others = template_paths()
    assert (ROOT / "grading" / "nbgrader_plugins" / "formgrader") == Path(first)
    assert others == list(dict.fromkeys(exporter.template_paths))


def test_formgrader_lists_assignments_and_submissions(server):
    page = server("GET", "/formgrader")
    assert "<title>" in page
    listed = json.loads(server("GET", "/formgrader/api/assignments"))
    assert {entry["name"]: entry["max_score"] for entry in listed} == dict.fromkeys(
        COURSE.assignments, 100
    )
    submissions = json.loads(server("GET", "/formgrader/api/submissions/initialization"))
    assert STUDENT in {entry["student"] for entry in submissions}


def test_formgrader_s_autograde_gives_the_table_s_score(server):
    answer = json.loads(
        server("POST", f"/formgrader/api/submission/initialization/{STUDENT}/autograde")
    )
    assert answer["success"], answer["log"]
    graded = json.loads(server("GET", f"/formgrader/api/submission/initialization/{STUDENT}"))
    assert graded["autograded"]
    assert graded["score"] == SCORE
