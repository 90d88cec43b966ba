"""Markup in a student's work has no effect on the pages that instructors and students open."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.pipeline.grade import grade
from grading.returns.feedback import write_feedback
from grading.returns.html.markdown import markdown
from tests.classes import HE, NAME, cell_of, hand_in, sample

PAYLOADS = (
    "<script>steal()</script>",
    "<img src=x onerror=steal()>",
    "<svg onload=steal()></svg>",
    "<iframe src='javascript:steal()'></iframe>",
    "<a href='javascript:steal()'>x</a>",
    "<style>body{display:none}</style>",
    "```mermaid\\n<img src=x onerror=steal()>\\n```",
    "$<img src=x onerror=steal()>$ and $$<script>steal()</script>$$",
)
CODE = """
from IPython.display import HTML, SVG, Javascript, Markdown, Latex, display
class Shy:
    def _repr_html_(self): return P
    def __repr__(self): return P
for show in (HTML, Javascript, Markdown, Latex):
    display(show(P))
NOT_BASE64 = "\'\"><script>steal()</script>"
display({"text/html": P, "image/svg+xml": P, "text/plain": P, "image/png": NOT_BASE64}, raw=True)
print(P)
print(P, file=__import__("sys").stderr)
display(Shy())
raise type("<script>steal()</script>", (Exception,), {})(P)
"""


@pytest.fixture
def page(own_released_course):
    notebook = sample("all-right-a")
    at = notebook.cells.index(cell_of(notebook, HE))
    for number, payload in enumerate(PAYLOADS):
        notebook.cells.insert(at, new_markdown_cell(payload, id=f"text-{number}"))
        notebook.cells.insert(at, new_code_cell(f"P = {payload!r}\n{CODE}", id=f"code-{number}"))
    notebook.cells.insert(at, new_markdown_cell("[x](javascript:steal())", id="link"))
    hand_in(own_released_course, "hostile", notebook)
    assert grade(own_released_course, NAME).attention == {}
    assert write_feedback(own_released_course, NAME) == []
    return (own_released_course.root / "feedback" / "hostile" / NAME / f"{NAME}.html").read_text()


def test_no_markup_of_a_student_s_is_live_on_the_feedback_page(page):
    body = page[page.index("<body") :]
    live = re.findall(
        r"<(script|iframe|svg|style|img)[^>]*steal|<[^>]+\son\w+\s*=\s*[\"']?steal|<style>body",
        body,
    )
    assert live == []
    assert not re.search(r"<[^>]+href=[\"']?\s*javascript:", body)
    assert "&lt;script&gt;steal()&lt;/script&gt;" in body


FOLD = "<details>\n<summary><b>Why?</b></summary>\n\nBecause.\n\n"


def test_what_a_notebook_folds_away_is_folded_away_on_a_page():
    assert markdown(f"{FOLD}</details>\n") == (
        "<details><summary><b>Why?</b></summary>\n<p>Because.</p>\n</details>\n"
    )


def test_a_fold_neither_stays_open_nor_closes_one_that_is_not_its_own():
    assert markdown(FOLD).endswith("</details>")
    assert "</details>" not in markdown("</details>\n")
    assert "<details" not in markdown("<details open onclick='steal()'>\n\nx\n")
    assert "<i>" not in markdown("<details>\n<summary><b><i>x</i></b></summary>\n\nx\n")


def test_a_block_of_code_can_be_reached_by_keyboard():
    for fence in ("```python", "```"):
        assert '<pre tabindex="0"' in markdown(f"{fence}\nx = 1\n```\n")
