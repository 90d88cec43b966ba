"""Two students and an instructor on a real JupyterHub, while `course watch` runs.

Each test goes on with what those before it have left.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grading.course import Course
from tests.classes import scores
from tests.hub import HOW, INSTRUCTOR, is_own_user_possible, is_there, jupyterhub
from tests.system.browser.notebook import Notebook
from tests.system.browser.test_exchange import open_list
from tests.system.browser.test_student import WRONG, solutions
from tests.watching import COURSE, Class, watching

NAME = "initialization"
# Nothing here depends on how busy the machine is: the notebook waits for as long as it takes.
SUBMIT = """from course_utils.submit import answer, submit

answer.WAIT_SECONDS = 300
submit("initialization")
"""
SECONDS = 300
pytestmark = pytest.mark.skipif(not is_there(), reason=HOW)


@pytest.fixture(scope="module")
def hub(released_course):
    """The hub, its class and its watcher. Its folder is one that every user may enter."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-")))
        folder.chmod(0o755)
        course = Course.at(shutil.copytree(released_course.root, folder / "course"))
        course.root.chmod(0o700)
        classroom = Class.make(course, folder, pause=0, attempts_a_day=2)
        stack.enter_context(watching(classroom.course))
        servers = folder / "hub"
        servers.mkdir()
        arguments = (servers, course.root, COURSE, classroom.root, ["student1", "student2"])
        yield classroom, stack.enter_context(jupyterhub(*arguments))


def log_in(open_page, hub, user):
    """A page with the user's JupyterLab."""
    page = open_page("about:blank", viewport={"width": 1280, "height": 900})
    hub.log_in(page, user)
    return page


def fetch(page):
    """Fetch the assignment from the list."""
    assignments = open_list(page)
    assignments.get_by_role("button", name="Fetch", exact=True).click()
    assignments.get_by_role("button", name="Submit", exact=True).wait_for()


def open_notebook(page, hub, user):
    """Open what was fetched."""
    page.goto(hub.page(user, f"/lab/tree/{NAME}/{NAME}.ipynb?reset"))
    return Notebook(page)


def work(notebook, wrong=""):
    """Solve all exercises. wrong: the one with a known mistake"""
    for grade_id, source in solutions(NAME).items():
        function, right, mistake = WRONG[NAME]
        notebook.write(grade_id, source.replace(right, mistake) if grade_id == wrong else source)
    notebook.save()
    assert function


def append_submit(notebook):
    """Add a cell at the end that hands in."""
    page = notebook.page
    page.evaluate(
        """source => {
            const model = window.jupyterapp.shell.currentWidget.content.model.sharedModel;
            model.insertCell(model.cells.length, {cell_type: 'code', source});
        }""",
        SUBMIT,
    )


def test_fetch_work_hand_in_and_read_the_answer_in_the_notebook(open_page, hub, picture):
    classroom, server = hub
    page = log_in(open_page, server, "student1")
    fetch(page)
    notebook = open_notebook(page, server, "student1")
    append_submit(notebook)
    function = WRONG[NAME][0]
    work(notebook, wrong=function)
    notebook.run(SUBMIT, SECONDS)
    notebook.wait_for_output(SUBMIT, "73 of 100 points", SECONDS)
    notebook.wait_for_output(SUBMIT, "This was attempt 1 of 2 today.", SECONDS)
    notebook.wait_for_output(SUBMIT, f"{function}: ", SECONDS)
    notebook.wait_for_output(SUBMIT, "found", SECONDS)
    picture(notebook.cell(SUBMIT), "hub-answer")
    open_feedback(notebook, "73 of 100 points")
    assert scores(classroom.course) == {"student1": 73}
    assert page.complaints == []


def open_feedback(notebook, text):
    """Follow the link below the points: JupyterLab shows the page; then go back to the notebook."""
    page = notebook.page
    notebook.cell(SUBMIT).get_by_role("link", name="Open the feedback page").click()
    page.frame_locator("iframe").get_by_text(text).first.wait_for()
    page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text=f"{NAME}.ipynb").click()
    page.locator(".jp-NotebookPanel:visible").wait_for()


@pytest.mark.skipif(not is_own_user_possible(), reason="only root can give each a user")
def test_one_student_sees_nothing_of_the_other_s(hub):
    classroom, server = hub
    uid = server.users["student2"]
    answers = sorted((classroom.root / COURSE / "feedback").glob("*.json"))
    assert answers
    (hand_in,) = classroom.inbound.iterdir()
    assert hand_in.stat().st_uid == server.users["student1"]
    assert classroom.inbound.stat().st_mode & 0o777 == 0o733
    for folder in (
        classroom.inbound,
        classroom.root / COURSE / "feedback",
        server.homes / "student1",
        classroom.course.root,
    ):
        denied = as_user(uid, f"import os; os.listdir({str(folder)!r})")
        assert "PermissionError" in denied
    forged = as_user(uid, f"open({str(answers[0])!r}, 'w')")
    assert "PermissionError" in forged


def as_user(uid, code):
    """What a piece of Python says on standard error as another user."""
    become = f"import os; os.setgroups([]); os.setgid({uid}); os.setuid({uid}); "
    done = subprocess.run(
        [sys.executable, "-c", become + code], capture_output=True, text=True, env=os.environ
    )
    return done.stderr


@pytest.mark.long
def test_who_hands_in_again_reaches_the_limit_and_nobody_else_does(open_page, hub):
    classroom, server = hub
    page = log_in(open_page, server, "student1")
    notebook = open_notebook(page, server, "student1")  # as it was saved
    work(notebook)
    notebook.run(SUBMIT, SECONDS)
    notebook.wait_for_output(SUBMIT, "100 of 100 points", SECONDS)
    notebook.wait_for_output(SUBMIT, "the last of 2 answers today", SECONDS)
    notebook.run(SUBMIT, SECONDS)
    notebook.wait_for_output(SUBMIT, "Your work is here, and it counts.", SECONDS)

    other = log_in(open_page, server, "student2")
    fetch(other)
    blank = open_notebook(other, server, "student2")
    blank.run_all()
    append_submit(blank)
    blank.save()
    blank.run(SUBMIT, SECONDS)
    blank.wait_for_output(SUBMIT, "0 of 100 points", SECONDS)
    assert "student1" not in blank.output_of(SUBMIT)
    assert scores(classroom.course) == {"student1": 100, "student2": 0}
    hand_ins = classroom.inbound.iterdir()
    assert {path.stat().st_uid for path in hand_ins} == set(server.users.values())
    assert page.complaints + other.complaints == []


@pytest.mark.long
def test_the_instructor_sees_both_in_formgrader_while_the_watcher_runs(open_page, hub):
    classroom, server = hub
    page = log_in(open_page, server, INSTRUCTOR)
    page.goto(server.page(INSTRUCTOR, f"/formgrader/manage_submissions/{NAME}"))
    rows = page.locator("tbody tr")
    # The first student's third hand-in is taken in, and waits for its answer.
    rows.filter(has_text="student1").get_by_text("needs autograding").wait_for(timeout=120_000)
    rows.filter(has_text="student2").get_by_text("0 / 100").wait_for()
    assert page.complaints == []
    assert scores(classroom.course)["student1"] == 100
