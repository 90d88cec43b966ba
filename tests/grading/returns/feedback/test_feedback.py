"""The feedback page and feedback.json, of submissions made for these tests."""

import json
import re
import subprocess

import jsonschema
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from course_utils.explain import KINDS
from grading.gradebook.connection import open_gradebook
from grading.notebook.cells import read_notebook
from grading.pipeline.grade import grade
from grading.pipeline.run_summary import GENERIC_TITLES
from grading.returns.feedback import write_feedback
from grading.returns.feedback.outputs import output_pieces
from grading.returns.feedback.student_report import STUDENT_FIELDS
from grading.returns.html.markdown import markdown
from grading.returns.html.mathml import mathml
from grading.returns.html.page_budget import PageBudget
from grading.returns.html.redact_paths import redact_paths
from tests.classes import HE, NAME, cell_of, hand_in, sample, with_code
from tests.harness import COURSE, ROOT

XAVIER = """# GRADED FUNCTION: initialize_parameters_he
def initialize_parameters_he(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        scale = np.sqrt(1 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
    return parameters
"""
XAVIER_LINE = "scale = np.sqrt(1 / layers_dims[l - 1])"
NEEDS_A_FILE = """from course_utils.datasets import load_images
print("\\x1b[31mred\\x1b[0m", 1, end="\\r")
print("bar")
def mine():
    load_images("digits.h5")
mine()
"""


@pytest.fixture
def course(own_released_course):
    return own_released_course


def feedback(course, content, student="one"):
    """Hand in, grade, write the page: the page and the report."""
    hand_in(course, student, content)
    grade(course, NAME)
    return returned(course, student)


def returned(course, student="one"):
    assert write_feedback(course, NAME) == []
    folder = course.root / "feedback" / student / NAME
    return (folder / f"{NAME}.html").read_text(), json.loads((folder / "feedback.json").read_text())


def function_of(report, name=HE):
    return next(function for function in report["functions"] if function["name"] == name)


def test_a_known_mistake_is_named_on_the_page_and_in_formgrader_and_by_the_visible_check(course):
    page, report = feedback(course, with_code(HE, XAVIER))
    finding = function_of(report)["finding"]
    assert finding["kind"] == "mistake"
    autograded = course.autograded("one", NAME).read_text()
    for sentence in (finding["found"], finding["question"]):
        assert sentence.replace("'", "&#39;") in page
        assert sentence in autograded
    assert set(finding) == set(STUDENT_FIELDS)
    assert finding["code"] == "mistake"
    assert "Xavier" not in json.dumps(report)  # the catalogue's title would give the answer away


def test_every_kind_of_finding_has_words_for_the_summary_and_a_place_in_the_schema():
    schema = json.loads((ROOT / "docs/instructors/feedback.schema.json").read_text())
    assert set(schema["$defs"]["finding"]["properties"]["kind"]["enum"]) == set(KINDS)
    assert GENERIC_TITLES.keys() | {"mistake"} == set(KINDS)


def test_the_line_of_an_error_is_on_the_page(course):
    line = "scale = root(2 / layers_dims[l - 1])"
    page, report = feedback(course, with_code(HE, XAVIER.replace(XAVIER_LINE, line)))
    finding = function_of(report)["finding"]
    assert finding["line"] == {"number": 6, "text": line}
    assert finding["code"].startswith("error.name")
    assert f"line 6: <code>{line}</code>" in page
    schema = json.loads((ROOT / "docs/instructors/feedback.schema.json").read_text())
    jsonschema.validate(report, schema)


@pytest.mark.long  # nbgrader_suite tries the same command
def test_nbgrader_s_own_command_writes_the_same_files(course):
    page, report = feedback(course, with_code(HE, XAVIER))
    command = ["nbgrader", "generate_feedback", NAME, "--student", "one", "--force"]
    subprocess.run(command, cwd=course.root, check=True, capture_output=True)
    folder = course.root / "feedback" / "one" / NAME
    assert (folder / f"{NAME}.html").read_text() == page
    assert json.loads((folder / "feedback.json").read_text()) == report


def test_a_function_with_all_its_points_is_not_commented_on(course):
    _, report = feedback(course, sample("all-right-a"))
    assert report["score"] == 100
    assert all(function["finding"] is None for function in report["functions"])


def test_points_and_words_of_the_instructor_s_count(course):
    hand_in(course, "one", with_code(HE, XAVIER))
    grade(course, NAME)
    with open_gradebook(course) as gradebook:
        for test in function_of(returned(course)[1])["tests"]:
            gradebook.find_grade(test["id"], NAME, NAME, "one").manual_score = test["max_score"]
        gradebook.find_comment(
            HE, NAME, NAME, "one"
        ).manual_comment = "Seen <b>together</b> in class."
        gradebook.db.commit()
    page, report = returned(course)
    he = function_of(report)
    assert (he["score"], he["finding"], he["comment"]) == (
        he["max_score"],
        None,
        "Seen <b>together</b> in class.",
    )
    assert "Seen &lt;b&gt;together&lt;/b&gt; in class." in page


def test_a_submission_that_cannot_be_graded_says_why_and_what_to_do(course):
    page, report = feedback(course, "{")
    assert report["score"] == 0
    assert report["attention"].startswith("The notebook is not JSON")
    assert "This could not be graded:" in page
    assert "hand it in again" in page


def test_tracebacks_are_the_student_s_own_frames_and_no_path_of_this_machine_is_shown(course):
    notebook = sample("all-right-a")
    at = notebook.cells.index(cell_of(notebook, HE))
    notebook.cells.insert(at, new_code_cell(NEEDS_A_FILE, id="own"))
    notebook.cells.insert(
        at, new_code_cell("import course_utils\nprint(course_utils.__file__)", id="path")
    )
    page, _ = feedback(course, notebook)
    assert "in mine()" in page
    assert "DataFileError: digits.h5: there is no such file" in page
    assert "images.py" not in page
    assert "require_file" not in page
    assert "&lt;course&gt;/course_utils/__init__.py" in page
    assert str(ROOT) not in page
    assert "\x1b" not in page


def test_folders_are_named_where_a_text_ends_or_goes_on_below_them():
    assert redact_paths({"a": [f"in {ROOT}: {ROOT}/x.py", 3]}) == {
        "a": ["in <course>: <course>/x.py", 3]
    }
    assert not redact_paths(f"{ROOT}er").startswith("<course>")


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<script>steal()</script>}",
        r"\href{javascript:steal()}{x}",
        r"\text{<img src=x onerror=steal()>}",
        "x" * 3000,
        r"\frac{1}{",
        "{" * 500,
    ],
)
def test_what_is_more_or_less_than_a_formula_is_shown_as_text(latex):
    drawn = mathml(latex)
    assert drawn.startswith("<code>")
    assert "<" not in drawn.removeprefix("<code>").removesuffix("</code>")


@pytest.mark.parametrize(
    "latex", [r"\frac{\lambda}{2m} w^2", r"W^{[l]}", r"\sqrt{\frac{2}{n^{[l-1]}}}", "a < b"]
)
def test_formulas_are_drawn(latex):
    drawn = mathml(latex, "block")
    assert drawn.startswith("<math")
    assert 'display="block"' in drawn


@pytest.mark.parametrize("name", COURSE.assignments)
def test_every_formula_of_the_notebooks_is_drawn(name):
    cells = [
        cell for cell in read_notebook(COURSE.release(name)).cells if cell.cell_type == "markdown"
    ]
    formulas = sum(
        cell.source.count("$$") // 2 + cell.source.replace("$$", "").count("$") // 2
        for cell in cells
    )
    assert formulas > 5
    assert sum(markdown(cell.source).count("<math") for cell in cells) == formulas


def test_markdown_keeps_formulas_and_loads_nothing():
    page = markdown(
        "# One $a_1$\n\n$$\\begin{aligned}a &= b\\\\c &= d\\end{aligned}$$\n\n"
        "![a cat](http://x/cat.png) <b>x</b>"
    )
    assert page.count("<math") == 2
    assert "<mtable" in page
    assert "<h1>" in page
    assert "picture: a cat" in page
    assert "&lt;b&gt;" in page
    assert "cat.png" not in page


def test_a_progress_bar_shows_its_last_state():
    cell = new_code_cell(outputs=[new_output("stream", text="1%\r50%\r100%\nend")])
    assert [piece.content for piece in output_pieces(cell, False, PageBudget())] == ["100%\nend"]


def test_markdown_with_an_attachment_that_is_not_there_is_a_page_all_the_same(course):
    notebook = sample("all-right-a")
    notebook.cells.insert(1, new_markdown_cell("![x](attachment:nothing.png)", id="picture"))
    page, _ = feedback(course, notebook)
    assert "[picture: x]" in page


def test_a_reason_is_said_once(course):
    """Of a file that was cut off, of a syntax error and of a cell that was not answered."""
    page, report = feedback(course, '{"cells": [')
    assert page.count(report["attention"].split("(")[0]) == 1
    assert "NotGraded" not in page
    page, _ = feedback(course, with_code(HE, f"# GRADED FUNCTION: {HE}\ndef {HE}(:"))
    rows = page.partition('id="notebook"')[0]
    said = re.findall(r'<span class="said">(.*?)</span>', rows)
    assert len(said) == len(set(said)) == 1
    page, report = feedback(course, sample("blank"))
    for function in report["functions"]:
        card = page.partition(f'id="{function["name"]}"')[2].partition("</section>")[0]
        said = re.findall(r'<span class="said">(.*?)</span>', card)
        assert (
            len(said) == len(set(said)) == len({test["said"] for test in function["tests"]} - {""})
        )
