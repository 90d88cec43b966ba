"""`make site`: pages hold what a lesson shows, and nothing of its solutions and hidden tests."""

import base64
import html
import re
import shutil

import nbformat
import pytest

from course_utils.messages import DEFAULT_LANGUAGE
from grading.authoring import site_pages
from grading.authoring.build_site import build_site, main
from grading.authoring.first_cell import install_check
from grading.authoring.site_extension import as_restructured_text
from grading.authoring.site_outputs import still_output
from grading.notebook.cells import grade_id_of, is_solution, read_notebook
from tests.harness import COURSE, ROOT, secret_lines

NAME = "gradient_checking"
PIXEL = base64.b64encode((ROOT / "docs" / "pictures" / "scale.png").read_bytes()).decode()
PICTURE = f'<img src="data:image/png;base64,{PIXEL}" alt="a dot">'
WIDGET = "application/vnd.jupyter.widget-view+json"
TAG = re.compile(r"<[^>]+>")


def page_of(name):
    """A lesson's page, its notebook not run."""
    notebook = site_pages.without_tests(COURSE, read_notebook(COURSE.source(name)))
    return site_pages.without_solutions(notebook, read_notebook(COURSE.release(name)))


@pytest.fixture
def pages(tmp_path):
    """The folder that Sphinx gets, with one lesson that printed, drew and asked."""
    notebook = page_of(NAME)
    cell = next(cell for cell in notebook.cells if "demo" in cell.metadata.get("tags", []))
    folded = "<details><summary>yes</summary>Right.</details>"
    question = {"text/plain": "Is it?\n  ○ yes", "text/html": folded, WIDGET: {}}
    cell.outputs = [
        nbformat.v4.new_output("stream", text="cost 0.6931"),
        nbformat.v4.new_output("display_data", {"text/html": PICTURE, "image/png": PIXEL}),
        nbformat.v4.new_output("display_data", question),
    ]
    site_pages.write_pages(COURSE, {NAME: notebook}, tmp_path / "pages")
    return tmp_path / "pages"


@pytest.mark.parametrize("name", COURSE.assignments)
def test_a_page_shows_no_line_of_a_solution_or_a_hidden_test(name):
    lines = {line.strip() for cell in page_of(name).cells for line in cell.source.split("\n")}
    assert len(secret_lines(name)) > 10
    assert lines & secret_lines(name) == set()
    assert not [line for line in lines if "grading" in line or "idden test (" in line]


def test_a_solution_cell_shows_the_stub_of_the_release_and_no_output():
    released = {grade_id_of(cell): cell for cell in read_notebook(COURSE.release(NAME)).cells}
    solutions = [cell for cell in page_of(NAME).cells if is_solution(cell)]
    assert len(solutions) == 6
    for cell in solutions:
        assert cell.source == released[grade_id_of(cell)].source
        assert cell.outputs == []
    assert sum("YOUR CODE HERE" in cell.source for cell in solutions) == 4  # two are given


def test_a_page_says_what_it_is_and_does_not_ask_for_course_utils():
    about, first = page_of(NAME).cells[1:3]
    assert "solutions are left out" in about.source
    assert first.source.startswith("import ")
    assert install_check(COURSE, DEFAULT_LANGUAGE) not in first.source


def test_pictures_become_files_and_what_is_folded_becomes_words(pages):
    text = (pages / "lessons" / f"{NAME}.ipynb").read_text(encoding="utf-8")
    assert "cost 0.6931" in text
    assert PIXEL not in text
    assert "widget-view" not in text
    assert "<details" not in text
    assert "**Why the cube root?**" in text
    assert "<li>yes</li>" in text
    assert f"../_static/lessons/{NAME}/1.png" in text
    assert (pages / "_static" / "lessons" / NAME / "1.png").read_bytes().startswith(b"\x89PNG")


def test_below_a_picture_with_sliders_stands_that_there_are_sliders(tmp_path):
    moving, still = ({"text/html": PICTURE, **widget} for widget in ({WIDGET: {}}, {}))
    assert "sliders" in still_output(moving, tmp_path)["text/html"]
    assert "sliders" not in still_output(still, tmp_path)["text/html"]
    assert still_output({"text/plain": "3"}, tmp_path) == {"text/plain": "3"}


def test_all_docs_are_pages_and_links_to_what_the_site_lacks_are_words(pages):
    for path in (ROOT / "docs").rglob("*.md"):
        assert (pages / path.relative_to(ROOT)).is_file()
    scaling = (pages / "docs" / "instructors" / "scaling.md").read_text(encoding="utf-8")
    assert "](grading.md" in scaling
    assert "code_fingerprint.py)" not in scaling
    assert not [path for path in pages.rglob("*.py") if path.name != "conf.py"]


def test_a_docstring_becomes_paragraphs_and_a_list():
    lines = [
        "All `Finding`s of X_1 *at once*.",
        "",
        "Shapes: as they are.",
        "X, Y: arrays",
        "    of numbers",
        "-> a list",
    ]
    assert as_restructured_text(lines, {"X", "Y"}) == [
        r"All ``Finding``\ s of X\_1 \*at once\*.",
        "",
        "Shapes: as they are.",
        "",
        "- ``X, Y``: arrays of numbers",
        "",
        "- -> a list",
        "",
    ]


def words_of(page):
    """The lines that a reader of an HTML page sees."""
    text = html.unescape(TAG.sub("", page.read_text(encoding="utf-8")))
    return {line.strip() for line in text.split("\n")}


def leaks(site):
    """Lines of solutions and hidden tests that stand on a page of the site, by page.

    A lesson may be given a line that another one asks for. The docs may say how a hidden test gets
    its ideas: an import tells nothing of what it asks.
    """
    secret = {name: secret_lines(name) for name in COURSE.assignments}
    everything = set().union(*secret.values())
    docs = {line for line in everything if not line.startswith("from grading.hidden import")}
    found = {page: words_of(page) for page in site.rglob("*.html")}
    return {
        page: leaked
        for page, words in found.items()
        if (leaked := words & (secret[page.stem] if page.parent.name == "lessons" else docs))
    }


@pytest.mark.long  # Sphinx takes half a minute
def test_sphinx_builds_the_site_without_a_warning_a_leak_or_a_formula_left_as_text(tmp_path):
    lessons = {name: page_of(name) for name in COURSE.assignments}
    site = tmp_path / "site"
    assert build_site(COURSE, lessons, site) == 0
    assert leaks(site) == {}
    assert not [path for path in site.rglob("*") if path.suffix in (".ipynb", ".py", ".h5")]
    for name in COURSE.assignments:
        page = (site / "lessons" / f"{name}.html").read_text(encoding="utf-8")
        assert "<math" in page
        assert not re.search(r"(<mi>[a-z]</mi>){6}", page)  # a sentence that was taken for formula
        assert not re.search(r'(class="formula" tabindex="0"><code>|<code>[^<]*\\[a-z]+)', page)
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "course_utils.training.model" in index.replace('"', "") or "TrainingRun" in index
    loaded = r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//'
    assert not [
        path for path in site.rglob("*.html") if re.search(loaded, path.read_text(encoding="utf-8"))
    ]


@pytest.mark.long
def test_a_site_that_cannot_be_built_leaves_the_former_one(tmp_path):
    course = type(COURSE)(tmp_path / "course")
    shutil.copytree(ROOT / "site", course.root / "site")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("the former one")
    assert build_site(course, {}, tmp_path / "site") != 0
    assert (tmp_path / "site" / "index.html").read_text() == "the former one"


@pytest.mark.long  # all lessons are run
def test_the_lessons_that_were_run_are_in_the_site_with_pictures_and_no_leak(tmp_path):
    site = tmp_path / "site"
    assert main(str(site)) == 0
    assert leaks(site) == {}
    for name in COURSE.assignments:
        page = (site / "lessons" / f"{name}.html").read_text(encoding="utf-8")
        pictures = re.findall(r'src="\.\./(_static/lessons/[^"]+)"', page)
        assert len(pictures) > 3
        assert all((site / path).is_file() for path in pictures)
        assert "<details" not in page.split("<article", 1)[1].split("</article>")[0]
        assert "Traceback" not in page
