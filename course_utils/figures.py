"""How a notebook shows pictures: with words for those who do not see them, in any theme.

A front end such as JupyterLab gives a plain picture no alternative text and no dark form. So each
picture is displayed as HTML with both, and as a PNG file with the words beside it in its metadata,
for whatever shows no HTML.
"""

import html
import re

from matplotlib.figure import Figure

from course_utils.environment import notebook_shell
from course_utils.messages import in_a_row, message

# In a dark theme light and dark change places, and hues stay: of JupyterLab, VS Code and Colab.
DARK_THEMES = ('[data-jp-theme-light="false"]', ".vscode-dark", '[theme="dark"]')
IMAGE_CLASS = "course-figure"
SELECTORS = ", ".join(f"{theme} .{IMAGE_CLASS}" for theme in DARK_THEMES)
STYLE = f"<style>{SELECTORS} {{ filter: invert(93%) hue-rotate(180deg) }}</style>"
TRUE_COLOURS = (
    "true colours"  # gid of a figure that has no dark form: a day must not become a night
)
MARKS = re.compile(r"\\var|[${}\\]")  # of formulas in a picture's words


def show_figures_with_words():
    """From now on, let matplotlib's figures be displayed in this way; outside notebooks, nothing.

    `%matplotlib inline` and `%config InlineBackend` do not undo it.
    """
    if shell := notebook_shell():
        shell.display_formatter.mimebundle_formatter.for_type(Figure, figure_bundle)


def figure_bundle(figure):
    """What IPython displays of a figure besides what its backend makes of it.

    -> {MIME type: data}, {MIME type: metadata}; both are empty for a figure without a PNG
    """
    printed = notebook_shell().display_formatter.formatters["image/png"](figure)
    if printed is None:
        return {}, {}
    data, size = printed if isinstance(printed, tuple) else (printed, {})
    words = describe(figure)
    page = image_html(data, words, has_dark_form(figure), **size)
    return {"text/html": page}, {"image/png": size | {"alt": words}}


def has_dark_form(figure):
    """Whether light and dark may change places in a figure."""
    return figure.get_gid() != TRUE_COLOURS


def image_html(data, words, dark_form=True, **size):
    """HTML of a picture.

    data: a PNG file in base64; dark_form: see `has_dark_form`; size: width and height, in pixels
    """
    name = IMAGE_CLASS if dark_form else f"{IMAGE_CLASS}-as-it-is"
    attributes = {"src": f"data:image/png;base64,{data}", "alt": words, "class": name}
    attributes |= {"style": "max-width: 100%; height: auto"} | size
    listed = " ".join(f'{name}="{html.escape(str(value))}"' for name, value in attributes.items())
    return f"{STYLE}<img {listed}>"


def describe(figure):
    """The words of a figure, for those who do not see it: its titles, axes and legends."""
    shown = [ax for ax in figure.axes if ax.get_visible()]
    plots = message("alt.figure", len(shown), number=len(shown))
    return in_a_row([plots, *(words for ax in shown for words in _describe_axes(ax))])


def _describe_axes(ax):
    """Sentences on one plot; nothing is said of what it lacks."""
    legend = ax.get_legend()
    names = [text.get_text() for text in legend.get_texts()] if legend else []
    said = {"title": ax.get_title(), "across": ax.get_xlabel(), "up": ax.get_ylabel()}
    for part, words in (said | {"names": names}).items():
        if words:
            yield message(f"alt.{part}", words=_plain(words))


def _plain(words):
    """Words without the marks of formulas: "$x_1$" is x_1. A list of words stays a list."""
    return MARKS.sub("", words) if isinstance(words, str) else list(map(_plain, words))
