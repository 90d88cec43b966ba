"""The feedback page in a browser: on a phone, by keyboard, offline, and safe from hostile text."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.course import Course
from grading.pipeline.grade import grade
from grading.returns.feedback import write_feedback
from tests.classes import HE, NAME, cell_of, hand_in, sample, with_code
from tests.grading.returns.feedback.test_feedback import XAVIER
from tests.grading.returns.html.test_markdown import CODE, PAYLOADS

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PICTURE = """import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
1 / 0"""


@pytest.fixture(scope="module")
def pages(released_course, tmp_path_factory):
    """The addresses of three feedback pages, by student: "plain", "hostile" and "broken"."""
    course = Course.at(
        shutil.copytree(released_course.root, tmp_path_factory.mktemp("pages") / "course")
    )
    plain = with_code(HE, XAVIER)
    plain.cells.insert(3, new_code_cell(PICTURE, id="picture"))
    hand_in(course, "plain", plain)
    hand_in(course, "hostile", hostile())
    hand_in(course, "broken", "{")
    grade(course, NAME)
    assert write_feedback(course, NAME) == []
    return {
        student: (course.root / "feedback" / student / NAME / f"{NAME}.html").as_uri()
        for student in course.submissions(NAME)
    }


def hostile():
    """A notebook with markup and scripts in texts, outputs, errors, names and a docstring."""
    notebook = sample("all-right-a")
    at = notebook.cells.index(cell_of(notebook, HE))
    for number, payload in enumerate(PAYLOADS):
        notebook.cells.insert(at, new_markdown_cell(payload, id=f"text-{number}"))
        notebook.cells.insert(at, new_code_cell(f"P = {payload!r}\n{CODE}", id=f"code-{number}"))
    notebook.cells.insert(
        at, new_markdown_cell("[x](javascript:steal()) ![x](http://127.0.0.1:9/x.png)", id="link")
    )
    cell_of(notebook, HE).source = f"""# GRADED FUNCTION: initialize_parameters_he
def initialize_parameters_he(layers_dims):
    '''{PAYLOADS[0]}'''
    raise ValueError({PAYLOADS[1]!r})
"""
    return notebook


@pytest.mark.parametrize("student", ["plain", "broken", "hostile"])
@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(WIDE, "light", id="wide-light"),
        pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.long),
        pytest.param(WIDE, "dark", id="wide-dark", marks=pytest.mark.long),
        pytest.param(PHONE, "light", id="phone-light", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_to_complain_of(open_page, pages, student, scheme, viewport):
    page = open_page(pages[student], color_scheme=scheme, viewport=viewport)
    for summary in page.query_selector_all("summary"):
        summary.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("student", ["plain", "hostile"])
def test_nothing_is_wider_than_a_phone(open_page, pages, picture, student):
    page = open_page(pages[student], viewport=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    if student == "plain":
        page.get_by_role("navigation").get_by_role("link", name=HE).click()
        picture(page, "feedback-phone")


@pytest.mark.parametrize("student", ["plain", "hostile"])
def test_the_page_loads_nothing_and_runs_nothing(open_page, pages, student):
    page = open_page(pages[student])
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []
    assert page.query_selector_all("script, iframe, object, embed, form, link, base, svg") == []
    attributes = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap(node => [...node.attributes])"
        ".map(each => each.name + '=' + each.value)"
    )
    assert [
        text
        for text in attributes
        if text.startswith("on") or text.partition("=")[2].startswith("javascript")
    ] == []
    assert page.title() == f"Feedback on {NAME}, {student}"


def test_without_its_own_protection_the_hostile_text_is_still_only_text(open_page, pages):
    """The content security policy is a second wall; the first, escaping, must hold without it."""
    page = open_page(pages["hostile"], bypass_csp=True)
    page.wait_for_timeout(300)
    assert page.complaints == []
    assert page.query_selector_all("script, iframe, svg, [onerror], [onload], main style") == []


def test_a_student_can_read_the_page_by_keyboard_alone(open_page, pages, picture):
    page = open_page(pages["plain"], viewport={"width": 900, "height": 1200})
    picture(page, "feedback")
    card = page.get_by_role("region", name=HE)
    example = card.locator("details").first
    assert not example.evaluate("node => node.open")
    for _ in range(40):
        page.keyboard.press("Tab")
        if example.locator("summary").evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert example.evaluate("node => node.open")
    assert card.get_by_text("one and the same ratio").is_visible()


def test_the_page_says_what_a_screen_reader_needs(open_page, pages):
    page = open_page(pages["plain"])
    assert page.get_by_role("main").count() == 1
    navigation = page.get_by_role("navigation", name="On this page")
    assert navigation.get_by_role("link", name=HE).count() == 1
    assert page.get_by_role("heading", level=1).inner_text() == NAME
    assert page.get_by_role("table", name="What was tested").count() == 1
    assert all(picture.get_attribute("alt") for picture in page.query_selector_all("img"))
    assert page.query_selector_all("math")


def test_formulas_have_a_size(open_page, pages):
    box = open_page(pages["plain"]).locator("math").first.bounding_box()
    assert box["width"] > 5
    assert box["height"] > 5
