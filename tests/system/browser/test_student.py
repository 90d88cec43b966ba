"""A student in JupyterLab: open, run, get it wrong, get it right, use an explorer, validate."""

import re
import shutil

import pytest

from grading.diagnosis.catalogue import wrong_versions
from tests.grading.diagnosis.catalogue_results import result_of
from tests.harness import COURSE, cells_of
from tests.server import jupyter_lab
from tests.system.browser.notebook import Notebook

NAMES = COURSE.assignments
MARKS = re.compile(
    r"^ *### STARTER\n(.*\n)*?(?= *### END)|^ *### (BEGIN|END) SOLUTION\n?", re.MULTILINE
)
LAST = "from course_utils.progress import"
WRONG = {
    "initialization": ("initialize_parameters_he", "np.sqrt(2", "np.sqrt(1"),
    "regularization": ("compute_cost_with_regularization", "(2 * m)", "m"),
    "gradient_checking": ("gradient_check", "(2 * epsilon)", "epsilon"),
    "car_detection": ("iou", "- inter_area", ""),
    "convolution": ("pool_backward", "+= share", "= share"),
    "deep_network": ("linear_backward", "np.dot(W.T, dZ)", "np.dot(W, dZ)"),
    "optimization": ("update_parameters_with_momentum", "(1 - beta) * grads", "grads"),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("student") / "course"
    shutil.copytree(COURSE.root / "release", folder)
    with jupyter_lab(folder, "--expose-app-in-browser") as server:
        yield server


def solutions(name):
    """The reference solutions as a student would have written them, by grade_id of their cells."""
    return {cell.id: MARKS.sub("", cell.source) for cell in cells_of(name) if cell.solution}


def given_before(name, grade_id):
    """The grade_ids of the given cells between the exercise before and this one."""
    ids = [cell.id for cell in cells_of(name) if not cell.grade]
    at = ids.index(grade_id)
    answered = solutions(name)
    start = max((i for i in range(at) if ids[i] in answered), default=-1) + 1
    return [given for given in ids[start:at] if given]


SHOWN = "initialization"  # the one that README shows


@pytest.mark.long  # CI has the student of test_hub.py
@pytest.mark.parametrize("name", NAMES)
def test_a_student_works_a_notebook_through(open_page, server, picture, name):
    page = open_page(
        server.page(f"/lab/tree/{name}/{name}.ipynb"), viewport={"width": 1280, "height": 860}
    )
    notebook = Notebook(page)
    tour = picture if name == SHOWN else lambda *_: None
    function, right, wrong = WRONG[name]
    answers = solutions(name)
    notebook.run_all()
    notebook.wait_for_output(
        f"{next(iter(answers))}-check", "still to be done"
    )  # and there it stops
    notebook.wait_until_idle()  # until the rest is called off: JupyterLab moves to what failed
    tour(page, "tour-1-to-do")
    for grade_id, source in answers.items():
        for given in given_before(name, grade_id):
            notebook.run(given)
        if grade_id == function:
            assert right in source
            notebook.write(grade_id, source.replace(right, wrong))
            notebook.run(f"{grade_id}-check")
            notebook.wait_for_output(f"{grade_id}-check", "not yet")
            notebook.wait_for_output(f"{grade_id}-check", "think")
            tour(page, "tour-2-not-yet")
        notebook.write(grade_id, source)
        notebook.run(f"{grade_id}-check")
        notebook.wait_for_output(f"{grade_id}-check", "the check passes")
        if grade_id == function:
            tour(page, "tour-3-passes")
    notebook.run_all(seconds=240)
    notebook.wait_for_output(LAST, f"{len(answers)} of {len(answers)} exercises done")
    tour(page, "tour-4-how-far")
    play(notebook)
    tour(page, "tour-5-explorer")
    notebook.save()
    page.locator(".jp-NotebookPanel:visible").get_by_text("Validate", exact=True).first.click()
    page.get_by_text("Success! Your notebook passes all the tests.").wait_for(timeout=120_000)
    assert page.complaints == []


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_three_mistakes_in_each_function_are_told_in_the_notebook(open_page, server, name):
    """Known ones from all over the catalogue: what the check says of each stands below it."""
    page = open_page(server.page(f"/lab/tree/{name}/{name}.ipynb"))
    notebook = Notebook(page)
    notebook.run_all()
    for grade_id, answer in solutions(name).items():
        for given in given_before(name, grade_id):
            notebook.run(given)
        for mistake in three_mistakes(grade_id):
            notebook.write(grade_id, f"# GRADED FUNCTION: {grade_id}\n{mistake.code}")
            notebook.run(f"{grade_id}-check")
            for sentence in result_of(mistake).said or ("the check passes",):
                notebook.wait_for_output(f"{grade_id}-check", sentence)
        notebook.write(grade_id, answer)
        notebook.run(f"{grade_id}-check")
        notebook.wait_for_output(f"{grade_id}-check", "the check passes")
    assert page.complaints == []


def three_mistakes(function):
    mistakes = wrong_versions(function)
    return mistakes[:: len(mistakes) // 3][:3]


def play(notebook):
    """Move the first slider of the explorer by a key: its sentence changes."""
    explorer = notebook.cell("from course_utils.explorers import")
    slider = explorer.get_by_role("slider").first
    slider.wait_for()
    before = notebook.output_of("from course_utils.explorers import")
    slider.focus()
    for key in 10 * ("ArrowRight", "ArrowLeft"):  # it may stand at an end
        notebook.page.keyboard.press(key)
        notebook.page.wait_for_timeout(100)
        if notebook.output_of("from course_utils.explorers import") != before:
            return
    raise AssertionError(f"the explorer did not answer: {before}")
