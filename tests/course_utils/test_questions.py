"""Guesses and self-tests: a click is answered, and the still form can be read anywhere."""

import tomllib

import ipywidgets
import pytest
from bs4 import BeautifulSoup

from course_utils import questions
from course_utils.assignments.registry import FOLDER
from course_utils.check import card
from course_utils.messages.catalogue import known_codes
from course_utils.questions import guess, reveal, self_test

FILES = sorted(FOLDER.glob("*/questions.toml"))
TABLES = [
    pytest.param(f"{path.parent.name}.{kind}.{name}", table, id=f"{path.parent.name}-{kind}-{name}")
    for path in FILES
    for kind, tables in tomllib.loads(path.read_text(encoding="utf-8")).items()
    for name, table in tables.items()
]
NAME = "initialization/zeros"
ASKED = "All weights start at zero. What will the cost do in 15,000 steps?"


@pytest.fixture(autouse=True)
def nothing_guessed(monkeypatch):
    monkeypatch.setattr(questions, "_guessed", {})


@pytest.fixture
def in_notebook(monkeypatch):
    """What was displayed, as in a notebook."""
    for module in (questions, card):
        monkeypatch.setattr(module, "notebook_shell", lambda: "a kernel's shell")
    displayed = []
    monkeypatch.setattr("IPython.display.display", lambda it, **_: displayed.append(it))
    return displayed


def boxes(monkeypatch, ask):
    """The boxes of widgets that `ask` shows."""
    made = []
    make = ipywidgets.VBox

    def kept(children):
        made.append(make(children))
        return made[-1]

    monkeypatch.setattr(ipywidgets, "VBox", kept)
    ask()
    return made


@pytest.mark.parametrize(("code", "table"), TABLES)
def test_every_question_has_its_words(code, table):
    own = [known for known in known_codes() if known.startswith(f"{code}.")]
    parts = ["ask", *table["choices"]]
    if ".self_test." in code:
        parts += [f"{choice}.why" for choice in table["choices"]]
    else:
        parts.append("outcome")
    assert sorted(own) == sorted(f"{code}.{part}" for part in parts)
    assert table["right"] in table["choices"]
    assert len(table["choices"]) == len(set(table["choices"])) >= 2


def test_without_a_notebook_a_guess_is_text(capsys):
    guess(NAME)
    assert capsys.readouterr().out == (
        f"{ASKED}\n  ○ It falls, but slowly\n  ○ It stays where it is\n  ○ It rises\n"
    )


def test_a_saved_notebook_shows_the_choices(in_notebook, monkeypatch):
    boxes(monkeypatch, lambda: guess(NAME))
    (bundle,) = in_notebook
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert page.strong.text == ASKED
    assert [item.text for item in page.find_all("li")] == [
        "It falls, but slowly",
        "It stays where it is",
        "It rises",
    ]
    assert "application/vnd.jupyter.widget-view+json" in bundle


@pytest.mark.parametrize(
    ("choice", "heading", "said"),
    [
        ("stays", "✓ You saw it coming", "Your guess was: It stays where it is."),
        ("rises", "✗ It came out another way", "Your guess was: It rises."),
        (None, "○ How it came out", ""),
    ],
)
def test_after_the_experiment_the_guess_stands_beside_the_outcome(
    choice, heading, said, monkeypatch, in_notebook
):
    (box,) = boxes(monkeypatch, lambda: guess(NAME))
    _, buttons, below = box.children
    assert buttons.value is None
    if choice:
        buttons.value = choice
        assert "Now run the next cells" in below.value
    reveal(NAME, first=0.69, last=0.25)
    text = repr(in_notebook[-1])
    assert text.startswith(f"{heading}\n{said}")
    assert text.endswith(
        "The cost was 0.6900 before the first step, and 0.2500 at the end. It stayed."
    )


def test_every_answer_of_a_self_test_says_why(monkeypatch, in_notebook):
    for box in boxes(monkeypatch, lambda: self_test("initialization")):
        asked, buttons, below = box.children
        replies = []
        for _, choice in buttons.options:
            buttons.value = choice
            replies.append(BeautifulSoup(below.value, "html.parser").text)
        assert sum(reply.startswith("Right. ") for reply in replies) == 1
        assert sum(reply.startswith("Not quite. ") for reply in replies) == len(replies) - 1
        assert len(set(replies)) == len(replies)


def test_a_saved_self_test_opens_without_a_kernel(monkeypatch, in_notebook):
    monkeypatch.setattr(questions, "_import_ipywidgets", lambda: None)
    self_test("initialization")
    bundle = in_notebook[0]
    page = BeautifulSoup(bundle["text/html"], "html.parser")
    assert page.strong.text.startswith("1. ")
    assert [part.summary.text for part in page.find_all("details")]
    assert all("." in part.div.text for part in page.find_all("details"))
    assert set(bundle) == {"text/plain", "text/html"}


def test_an_unknown_question_names_the_known_ones():
    with pytest.raises(ValueError, match=r"'initialization/ones'\. There are: 'initialization/"):
        guess("initialization/ones")
    with pytest.raises(ValueError, match=r"The notebook 'nothing' has no such questions\."):
        self_test("nothing")
