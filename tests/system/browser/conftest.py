"""Pages in a real browser: Chromium as Debian packages it, driven by Playwright."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

# Chromium must not talk to anyone but the test.
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
EXECUTABLES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture
def picture(request):
    """A function that keeps a picture of a page or a part of it: (page or locator, name).

    It does nothing without the option --pictures.
    """
    folder = request.config.getoption("--pictures")

    def keep(subject, name, **options):
        if folder:
            page = getattr(subject, "page", subject)
            page.mouse.move(0, 0)
            page.wait_for_timeout(400)  # until nothing fades or scrolls any more
            subject.screenshot(path=folder / f"{name}.png", **options)

    return keep


@pytest.fixture(scope="session")
def browser():
    path = next(filter(None, map(shutil.which, EXECUTABLES)), None)
    assert path, (
        "The browser tests need Chromium. "
        "Debian, Ubuntu: apt install chromium; then: make test-browser"
    )
    # Root must do without Chromium's own sandbox; the pages are ours.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=[*QUIET, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """A function that opens a page: (url, **context options) -> page.

    The page has two more lists: `requests`, the URLs that it asked for, and `complaints`, the
    errors and dialogs that it showed.
    """
    contexts = []

    def open_it(url, **options):
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on(
            "console",
            lambda message: message.type == "error" and page.complaints.append(message.text),
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (page.complaints.append(dialog.message), dialog.dismiss()))
        page.goto(url)
        return page

    yield open_it
    for context in contexts:
        context.close()
