"""Words in pictures: in the language in use, or in English where no font can draw it."""

import subprocess
import sys

import matplotlib.pyplot as plt
import pytest

from course_utils import labels
from course_utils.labels import can_draw, drawable, label
from course_utils.messages import Verbatim, catalogue, in_language, register_catalogues

PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "plot.iteration"
msgstr "迭代"

msgid "trial.cost"
msgstr "{words}"
"""


@pytest.fixture
def chinese(tmp_path, monkeypatch):
    """Chinese as the language in use."""
    monkeypatch.setattr(catalogue, "_folders", list(catalogue._folders))
    monkeypatch.setitem(plt.rcParams, "font.family", ["sans-serif"])
    (tmp_path / "zh_CN.po").write_text(PO.format(words="代价"), encoding="utf-8")
    (tmp_path / "en.po").write_text(PO.format(words="cost"), encoding="utf-8")
    register_catalogues(tmp_path)
    with in_language("zh_CN"):
        yield
    catalogue._sentences.cache_clear()


def test_without_a_font_labels_are_english(chinese, monkeypatch):
    monkeypatch.setattr(labels, "CJK_FONTS", ())
    assert label("trial.cost") == "cost"
    assert plt.rcParams["font.family"] == ["sans-serif"]


def test_with_a_font_labels_are_in_the_language_in_use(chinese):
    """Where none of the fonts is installed, that is what the test before is about."""
    installed = any(can_draw("代价", [name]) for name in labels.CJK_FONTS)
    assert label("trial.cost") == ("代价" if installed else "cost")
    assert (len(plt.rcParams["font.family"]) == 2) == installed


def test_a_font_that_cannot_be_read_is_none(chinese, monkeypatch):
    def refuse(path):
        raise FileNotFoundError(path)

    monkeypatch.setattr(labels.font_manager, "get_font", refuse)
    assert label("trial.cost") == "cost"


def test_a_text_that_is_in_no_language_stays():
    assert drawable(Verbatim("iteration")) == "iteration"


def test_in_english_the_fonts_stay_as_they_were():
    code = (
        "import matplotlib.pyplot as plt; before = plt.rcParams['font.family']\n"
        "import course_utils.plotting; print(before == plt.rcParams['font.family'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
