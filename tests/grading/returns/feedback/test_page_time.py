"""A page takes under two seconds of processor time, whatever a student wrote or printed."""

import random
import time

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from grading.returns.feedback.page import render_page
from grading.returns.feedback.student_report import StudentReport
from grading.returns.html.page_budget import MAX_FORMATTED, MAX_PAGE, MAX_TEXT

MAX_SECONDS = 2
REPORT = StudentReport("initialization", "one", 0.0, 100.0)
NUMBERS = str(list(range(150_000)))


def timed_page(*cells):
    """The page of a notebook of these cells, made in time."""
    notebook = new_notebook()
    notebook.cells = list(cells)
    started = time.process_time()
    page = render_page(REPORT, notebook)
    assert time.process_time() - started < MAX_SECONDS
    return page


def printed(text):
    return new_code_cell("print(x)", outputs=[new_output("stream", text=text)])


def displayed(form, content):
    return new_code_cell("x", outputs=[new_output("display_data", data={form: content})])


def raised(text):
    error = new_output("error", ename="ValueError", evalue=text, traceback=[text, "x" + text])
    return new_code_cell("f()", outputs=[error])


@pytest.mark.parametrize(
    "text",
    [NUMBERS, "\r" * 900_000, "1%\r\n" * 200_000, "\x1b[0" * 300_000, "a\r" * 400_000 + "end"],
    ids=["numbers", "returns", "lines", "escapes", "progress"],
)
def test_a_printed_line_of_a_megabyte(text):
    assert timed_page(printed(text), printed("the next cell")).count("the next cell") == 1


@pytest.mark.parametrize(
    "text",
    [
        " " * 300_000,
        "a" + " " * 300_000 + "b",
        "$x$" * 330_000,
        "a\n" * 100_000,
        "[" * 50_000,
        "`" * 7_999,
        "<!--" * 1_999,
    ],
    ids=["spaces", "gap", "formulas", "lines", "brackets", "backticks", "comments"],
)
def test_a_text_cell_that_no_formatter_bears(text):
    page = timed_page(new_markdown_cell(text), new_markdown_cell("**The next cell**"))
    assert "<strong>The next cell</strong>" in page


@pytest.mark.parametrize(
    "source",
    ["x = 1\n" * 200_000, "(" * 300_000, "'''" + "a" * 900_000, "f'{" * 2_600],
    ids=["lines", "brackets", "string", "nested"],
)
def test_code_that_no_highlighter_bears(source):
    assert "the next cell" in timed_page(new_code_cell(source), printed("the next cell"))


def test_many_texts_that_are_each_short_enough():
    cells = [new_markdown_cell(f"$x_{{{at}}}$" * 500) for at in range(100)]
    page = timed_page(*cells, printed("the next cell"))
    assert page.count("Here it is as it was written") > 50
    assert "the next cell" in page


def test_a_long_output_is_shown_from_both_its_ends_and_says_what_is_left_out():
    page = timed_page(printed(NUMBERS))
    assert "[0, 1, 2" in page
    assert "149999]" in page
    assert f"[{len(NUMBERS) - MAX_TEXT:,} characters are left out here" in page


def test_a_text_that_is_too_long_is_shown_as_it_was_written():
    text = "**bold** <b>" + "word " * MAX_FORMATTED
    page = timed_page(new_markdown_cell(text), displayed("text/markdown", text))
    assert "Here it is as it was written" in page
    assert page.count("**bold** &lt;b&gt;word") == 2


def test_all_outputs_together_are_bounded():
    cells = [printed("x" * MAX_TEXT) for _ in range(100)]
    many = new_code_cell("for", outputs=[new_output("stream", text="y")] * 5_000)
    page = timed_page(*cells, many)
    assert len(page) < 2 * MAX_PAGE
    assert "4,800 more outputs" in page


@pytest.mark.parametrize("value", [7, None, {"a": 1}, ["a", "b"]])
def test_a_displayed_value_of_any_type_is_a_page_all_the_same(value):
    forms = ("image/png", "text/markdown", "text/latex", "text/plain")
    cells = [displayed(form, "") for form in forms]
    for cell, form in zip(cells, forms):
        cell.outputs[0].data[form] = value  # nbformat itself would refuse it
    assert timed_page(*cells).count("an output that only JupyterLab shows") == len(forms)


FRAGMENTS = (
    *" \n\t\r`*_[]()<>&$\\|~#^!@%'\"{}=-+.:;,0aé😀",
    *("$x$", "$$", "](", "![", "<!--", "-->", "```\n", "~~~", "\\\\[", "\\\\(", "\\begin{a}"),
    *(
        "\\end{a}",
        "\\frac{",
        "\\left(",
        "&#x",
        "&amp;",
        "http://",
        "<a@b.",
        "\n> ",
        "\n- ",
        "\n1. ",
    ),
    *("\n# ", "\n---\n", "| a ", "\n|-|", "[^1]", "[a]: ", "\x1b[", "\r\n", "'''", 'f"{', "\\N{"),
    *("def f(", "import a.", "0x", "1e", "b'\\", "@a\n", "#", "    ", "\n\n", "-" * 20, "\u202e"),
)
LENGTHS = (50, MAX_FORMATTED // 4, MAX_FORMATTED - 100, 300_000)
PLACES = (
    new_markdown_cell,
    new_code_cell,
    printed,
    raised,
    *(
        lambda text, form=form: displayed(form, text)
        for form in ("text/markdown", "text/latex", "text/plain", "image/png")
    ),
)


def fuzzed_text(chance):
    """A few fragments, each repeated, the whole repeated: what slow expressions stumble over."""
    length = chance.choice(LENGTHS)
    parts = [
        chance.choice(FRAGMENTS) * chance.choice((1, 1, 3, length // 4))
        for _ in range(chance.randint(1, 4))
    ]
    unit = "".join(parts)
    return (unit * (length // len(unit) + 1))[:length]


@pytest.mark.parametrize("seed", range(40))
def test_fuzzed_cells_are_a_page_in_time(seed):
    chance = random.Random(seed)
    cells = [chance.choice(PLACES)(fuzzed_text(chance)) for _ in range(6)]
    assert "</html>" in timed_page(*cells)
