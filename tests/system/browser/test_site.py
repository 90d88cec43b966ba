"""The site in a browser: readable on desktop and phone, in light and dark, offline, searchable."""

import functools
import http.server
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe

from grading.authoring.build_site import build_site
from grading.authoring.site_pages import lesson
from tests.harness import COURSE

NAME = "initialization"
PAGES = (
    "index",
    f"lessons/{NAME}",
    "docs/instructors/grading",
    "docs/authors/authoring",
    "docs/internals/dependencies",  # long names in headings
    "api",
    "api/course_utils.training",
)

pytestmark = pytest.mark.long  # a lesson is run, and Sphinx takes half a minute


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server of files that prints nothing."""

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a site with one lesson, on a server of its own."""
    folder = tmp_path_factory.mktemp("site") / "site"
    assert build_site(COURSE, {NAME: lesson(COURSE, NAME)}, folder) == 0
    handler = functools.partial(Quiet, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_readable_and_loads_only_from_the_site(open_page, site, name, width, scheme):
    url = f"{site}/{name}.html"
    page = open_page(url, color_scheme=scheme, viewport={"width": width, "height": 900})
    assert page.evaluate("document.documentElement.dataset.theme") == scheme
    assert [url for url in page.requests if not url.startswith((site, "data:"))] == []
    assert page.complaints == []
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_search_finds_a_lesson_and_a_function(open_page, site):
    for word, target in (
        ("saturates", f"lessons/{NAME}"),
        ("TrainingRun", "course_utils.training"),
    ):
        page = open_page(f"{site}/search.html?q={word}")
        page.wait_for_selector(f"#search-results a[href*='{target}']")
        assert [url for url in page.requests if not url.startswith((site, "data:"))] == []
