"""Through nbgrader's exchange: a student fetches, answers and submits, and gets a score."""

import getpass
import subprocess

import pytest

from grading.returns.score_table import read_table
from tests.harness import copy_course
from tests.server import jupyter_lab
from tests.system.browser.notebook import Notebook
from tests.system.browser.test_student import solutions

NAME = "initialization"
CONFIG = """c = get_config()
c.CourseDirectory.course_id = "deep-learning"
c.Exchange.root = {root!r}
c.Exchange.cache = {cache!r}
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose exchange holds the released assignment."""
    root = tmp_path_factory.mktemp("exchange")
    root.chmod(0o777)
    course = copy_course(tmp_path_factory.mktemp("course"))
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.Exchange.root = {str(root)!r}\n")
    run(course, "course", "build", NAME)
    run(course, "nbgrader", "release_assignment", NAME)
    return course


@pytest.fixture(scope="module")
def server(course, tmp_path_factory):
    """The student's JupyterLab."""
    folder = tmp_path_factory.mktemp("student")
    (folder / "nbgrader_config.py").write_text(
        CONFIG.format(root=course.config.Exchange.root, cache=f"{folder}/cache")
    )
    with jupyter_lab(folder, "--expose-app-in-browser") as server:
        yield server


def run(course, *command):
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)


def open_list(page):
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_text("Assignment List", exact=True).first.click()
    return page.locator(".nbgrader-mainarea, #assignments").first


@pytest.mark.long
def test_fetched_answered_submitted_collected_graded(open_page, course, server):
    page = open_page(server.page("/lab"), viewport={"width": 1280, "height": 900})
    assignments = open_list(page)
    assignments.get_by_role("button", name="Fetch", exact=True).click()
    assignments.get_by_role("button", name="Submit", exact=True).wait_for()
    lab = open_page(
        server.page(f"/lab/tree/{NAME}/{NAME}.ipynb"), viewport={"width": 1280, "height": 900}
    )
    notebook = Notebook(lab)
    for grade_id, source in solutions(NAME).items():
        notebook.write(grade_id, source)
    notebook.save()
    assignments.get_by_role("button", name="Submit", exact=True).click()
    page.get_by_text("There are no submitted assignments").wait_for(state="hidden")
    run(course, "nbgrader", "collect", NAME)
    run(course, "course", "grade", NAME)
    assert {row.student: row.score for row in read_table(course, NAME)} == {getpass.getuser(): 100}
    assert page.complaints + lab.complaints == []
