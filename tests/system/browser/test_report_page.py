"""The class report in a browser: readable on a phone and on paper, and offline."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe

from grading.course import Course
from grading.returns.class_report import write_report

NAME = "regularization"


@pytest.fixture(scope="module")
def report(graded_class, tmp_path_factory):
    """The address of the report on the sample class."""
    of_all, _ = graded_class
    course = Course.at(shutil.copytree(of_all.root, tmp_path_factory.mktemp("report") / "course"))
    write_report(course, NAME)
    return (course.root / "reports" / f"{NAME}.html").as_uri()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1280, "light"),
        pytest.param(1280, "dark", marks=pytest.mark.long),
        pytest.param(390, "light", marks=pytest.mark.long),
        pytest.param(390, "dark", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_to_complain_of(open_page, report, width, scheme):
    page = open_page(report, color_scheme=scheme, viewport={"width": width, "height": 900})
    for summary in page.query_selector_all("summary"):
        summary.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_report_loads_nothing_and_runs_nothing(open_page, picture, report):
    page = open_page(report, viewport={"width": 1100, "height": 1500})
    picture(page, "report")
    assert [url for url in page.requests if not url.startswith(("file:", "data:"))] == []
    assert page.complaints == []
    assert page.query_selector_all("script, iframe, link") == []


def test_the_report_fits_on_paper(open_page, report):
    page = open_page(report)
    assert len(page.pdf(format="A4")) > 10_000
    page.emulate_media(media="print")
    assert page.get_by_role("heading", level=1).is_visible()
