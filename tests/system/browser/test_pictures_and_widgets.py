"""Pictures and widgets in JupyterLab: in a light and a dark theme, seen and read aloud."""

import nbformat
import pytest

from tests.server import jupyter_lab
from tests.system.browser.notebook import Notebook

CELLS = {
    "figure": "from course_utils.plotting import plot_points\n"
    "import numpy as np\n"
    "plot_points(np.eye(2), np.array([[0, 1]]), names=('blue team', 'orange team'));",
    "explorer": "from course_utils.explorers import explore_regularization\n"
    "explore_regularization()",
    "guess": "from course_utils.questions import guess, reveal, self_test\n"
    "guess('initialization/zeros')",
    "reveal": "reveal('initialization/zeros', first=0.6931, last=0.6931)",
    "self-test": "self_test('initialization')",
}
FILTER = "image => getComputedStyle(image).filter"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS.values()]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    for theme in THEMES:
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
        nbformat.write(notebook, folder / f"{theme}.ipynb")
    with jupyter_lab(folder, "--expose-app-in-browser") as server:
        yield server


@pytest.fixture(
    scope="module", params=[pytest.param("light", marks=pytest.mark.long), "dark"], ids=str
)
def theme(request):
    return request.param


@pytest.fixture
def notebook(open_page, server, theme):
    """The notebook in one theme, after all its cells ran."""
    # A workspace of its own: else JupyterLab opens the other theme's notebook again beside it.
    address = server.page(f"/lab/workspaces/{theme}/tree/{theme}.ipynb")
    page = open_page(address, viewport={"width": 1280, "height": 900})
    notebook = Notebook(page)
    change = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
    page.evaluate(change, THEMES[theme])
    notebook.run_all()
    return notebook


def start_of(name):
    return CELLS[name].partition("\n")[0]


def test_pictures_and_widgets_can_be_seen_and_read_aloud(notebook, theme):
    figure = notebook.cell(start_of("figure")).locator("img")
    words = "Across: x_1. Up: x_2. Legend: blue team and orange team."
    assert figure.get_attribute("alt") == f"A picture with one plot. {words}"
    assert (figure.evaluate(FILTER) == "none") == (theme == "light")
    a_slider_says_its_name_and_value(notebook, theme)
    a_guess_is_told_beside_the_outcome(notebook)
    an_answer_says_why(notebook)
    assert notebook.page.complaints == []


def a_slider_says_its_name_and_value(notebook, theme):
    explorer = notebook.cell(start_of("explorer"))
    slider = explorer.get_by_role("slider", name="keep_prob")
    said = []
    for key in ("Home", "ArrowRight", "ArrowRight"):
        slider.press(key)
        notebook.page.wait_for_timeout(500)
        said.append(slider.get_attribute("aria-valuetext"))
    assert said == ["1", "0.95", "0.86"]
    assert "keep_prob = 0.86" in explorer.get_by_role("status").inner_text()
    assert (explorer.locator("img").evaluate(FILTER) == "none") == (theme == "light")


def a_guess_is_told_beside_the_outcome(notebook):
    asked = notebook.cell(start_of("guess"))
    group = asked.get_by_role("radiogroup", name="All weights start at zero.")
    group.get_by_role("radio", name="It stays where it is").check()
    asked.get_by_role("status").get_by_text("It stays where it is").wait_for()
    notebook.run(start_of("reveal"))
    notebook.wait_for_output(start_of("reveal"), "You saw it coming")
    notebook.wait_for_output(start_of("reveal"), "0.6931 before the first step")


def an_answer_says_why(notebook):
    cell = notebook.cell(start_of("self-test"))
    group = cell.get_by_role("radiogroup", name="1. ")
    group.get_by_role("radio").first.check()
    status = cell.get_by_role("status").first
    status.get_by_text("Not quite.").or_(status.get_by_text("Right.")).wait_for()
