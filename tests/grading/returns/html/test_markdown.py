"""Markup in a student's work has no effect on the pages that instructors and students open."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from grading.pipeline.grade import grade
from grading.returns.feedback import write_feedback
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
