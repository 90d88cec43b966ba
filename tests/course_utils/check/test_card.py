"""The card of a check: an addition to its text, with everything of the student's escaped."""

import pytest
from bs4 import BeautifulSoup

from course_utils.check import CheckFailed, card, check


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed, as in a notebook."""
    kept = []
    monkeypatch.setattr(card, "notebook_shell", lambda: "a kernel's shell")
    monkeypatch.setattr("IPython.display.display", kept.append)
    return kept


def right(x, theta):
    return x * theta


def test_a_passing_check_shows_the_same_words_as_a_card(displayed, capsys):
    right.__name__ = "forward_propagation"
    check(right)
    assert capsys.readouterr().out == ""
    bundle = displayed[0]._repr_mimebundle_()
    assert bundle["text/plain"].startswith(
        "✓ forward_propagation: the check passes on its one example. The"
    )
    assert (
        "✓ forward_propagation: the check passes on its one example.</strong>"
        in bundle["text/html"]
    )
    assert "The hidden tests also try" in bundle["text/html"]


def test_a_failing_check_still_raises_its_whole_text_and_the_card_says_it_too(displayed):
    def forward_propagation(x, theta):
        raise ValueError("<script>alert('me & you')</script>")

    with pytest.raises(CheckFailed) as caught:
        check(forward_propagation)
    text = str(caught.value)
    assert text.startswith("✗ forward_propagation: not yet\n  input     x = 2, theta = 4")
    assert caught.value._render_traceback_() == text.split("\n")
    page = displayed[0]._repr_mimebundle_()["text/html"]
    assert "✗ forward_propagation: not yet" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    for line in text.split("\n")[1:]:
        assert card.prose(line[12:]) in page


def test_without_a_notebook_a_failing_check_shows_nothing_but_its_error(capsys):
    def forward_propagation(x, theta):
        return x

    with pytest.raises(CheckFailed):
        check(forward_propagation)
    assert capsys.readouterr() == ("", "")


def test_every_state_has_a_symbol_and_a_colour_of_its_own():
    for look in zip(*card.LOOKS.values()):
        assert len(set(look)) == 3


def test_words_between_backticks_become_code():
    assert card.prose("a `b < c` & d") == "a <code>b &lt; c</code> &amp; d"


ARRAYS = """W1: an array of shape (2, 2) and dtype float64:
[[ 1.  -0.5]
 [ 0.   2. ]]
b1 < 0:
[3. 4.]"""


def test_arrays_keep_their_columns_on_a_card():
    page = BeautifulSoup(card.table([("expected", ARRAYS)]), "html.parser")
    arrays = page.find_all("div", style=lambda style: "monospace" in style)
    assert [array.text for array in arrays] == ["[[ 1.  -0.5]\n [ 0.   2. ]]", "[3. 4.]"]
    assert all("white-space: pre;" in array["style"] for array in arrays)
    assert "dtype float64:b1 < 0:" in page.text.replace(arrays[0].text, "")


@pytest.mark.parametrize("text", ["layers_dims = [2, 4, 1]", "You add [1, 2]\nand [3]."])
def test_lists_within_a_sentence_are_words(text):
    assert "monospace" not in card.table([("input", text)])
