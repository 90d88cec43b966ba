"""Words for pictures, and pictures in dark themes."""

import matplotlib.pyplot as plt
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

from course_utils.figures import describe, image_html
from course_utils.messages import in_language
from course_utils.plotting import plot_epsilon


def two_plots():
    figure = Figure()
    left, right = figure.subplots(1, 2)
    left.set(title="He", xlabel="iteration", ylabel="cost")
    right.set(xlabel=r"$\varepsilon$", ylabel="$W^{[1]}$")
    for name in "abcde":
        right.plot([0, 1], label=name)
    right.legend()
    return figure


def test_a_figure_is_described_by_its_titles_axes_and_legends():
    assert describe(two_plots()) == (
        "A picture with 2 plots. Title: He. Across: iteration. Up: cost. "
        "Across: epsilon. Up: W^[1]. Legend: a, b, c and 2 more."
    )


def test_a_plot_that_is_not_seen_or_says_nothing_is_not_described():
    figure = two_plots()
    figure.axes[1].set_visible(False)
    assert describe(figure) == ("A picture with one plot. Title: He. Across: iteration. Up: cost.")
    assert describe(Figure()) == "A picture with 0 plots."


def test_a_figure_is_described_in_the_language_in_use():
    with in_language("zh_CN"):
        assert describe(two_plots()).startswith("一张含 2 幅子图的图。标题：He。横轴：iteration。")


def test_what_a_plot_of_the_course_shows_is_described():
    ax = plot_epsilon({"both sides": ([1e-7, 1e-5], [1e-9, 1e-8])}, threshold=2e-7)
    plt.close(ax.figure)
    assert "Up: relative error. Legend: both sides and threshold 2e-07." in describe(ax.figure)


@pytest.mark.parametrize("template", ["lab", "classic"])
def test_a_web_page_keeps_the_words(template):
    words = 'A "picture" of <W1> & b1.'
    data = {"text/html": image_html("iVBO", words, width=300), "image/png": "iVBO"}
    output = new_output("display_data", data=data)
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output])])
    page, _ = HTMLExporter(template_name=template).from_notebook_node(notebook)
    (picture,) = BeautifulSoup(page, "html.parser").find_all("img")
    assert (picture["alt"], picture["width"]) == (words, "300")
