"""An instructor in JupyterLab: formgrader grades, shows why marks were lost, returns the page."""

import json
import shutil

import pytest

from grading.authoring.sample_class import make_sample_class
from grading.course import Course
from grading.returns.score_table import read_table
from tests.server import jupyter_lab
from tests.system.browser.notebook import Notebook

NAME, STUDENT = "initialization", "sample-he-bias"
WINDOW = {"width": 1440, "height": 1000}


@pytest.fixture(scope="module")
def course(released_course, tmp_path_factory):
    """A released course with a sample class handed in, nothing graded."""
    folder = tmp_path_factory.mktemp("instructor") / "course"
    course = Course.at(shutil.copytree(released_course.root, folder))
    make_sample_class(course, NAME)
    return course


@pytest.fixture(scope="module")
def server(course):
    with jupyter_lab(course.root, "--expose-app-in-browser") as server:
        yield server


@pytest.fixture
def formgrader(open_page, server):
    """(page, its formgrader) on the list of submissions."""
    page = open_page(server.page("/lab"), viewport=WINDOW)
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.get_by_text("Formgrader", exact=True).first.click()
    frame = page.frame_locator("iframe").first
    frame.locator("tr", has_text=NAME).get_by_role("link", name="13", exact=True).click()
    return page, frame


def act(frame, kind):
    """Press one of the buttons in the student's row, read the message, close it."""
    frame.locator("tr", has_text=STUDENT).locator(f".{kind} a").click()
    message = frame.locator(".modal-body")
    message.get_by_text("Successfully").first.wait_for(timeout=60_000)
    frame.locator(".modal-header .close").click()
    message.wait_for(state="hidden")


@pytest.mark.long
def test_formgrader_grades_says_why_and_returns_the_page(open_page, course, formgrader):
    page, frame = formgrader
    act(frame, "autograde")
    row = frame.locator("tr", has_text=STUDENT)
    row.get_by_text("graded", exact=True).wait_for()
    shown = row.locator(".score").inner_text()
    score = next(row.score for row in read_table(course, NAME) if row.student == STUDENT)
    assert float(shown.partition("/")[0]) == score < 100
    act(frame, "generate-feedback")
    folder = course.root / "feedback" / STUDENT / NAME
    functions = json.loads((folder / "feedback.json").read_text())["functions"]
    finding = next(function["finding"] for function in functions if function["finding"])
    row.get_by_role("link").first.click()
    frame.get_by_role("link", name=NAME).last.click()
    frame.get_by_text(finding["question"]).first.wait_for()
    assert page.complaints == []
    returned = open_page((folder / f"{NAME}.html").as_uri())
    assert returned.get_by_text(finding["question"]).first.is_visible()


@pytest.mark.long
def test_create_assignment_knows_the_points(open_page, server):
    page = open_page(server.page(f"/lab/tree/source/{NAME}/{NAME}.ipynb"), viewport=WINDOW)
    Notebook(page)
    page.get_by_text("Create Assignment", exact=True).first.click()
    total = page.locator(".nbgrader-TotalPointsInput, .nbgrader-NotebookWidget input").first
    total.wait_for()
    assert float(total.input_value()) == 100
    assert page.complaints == []
