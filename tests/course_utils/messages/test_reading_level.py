"""All English that students read is easy: US grade 8 or below, by Flesch and Kincaid."""

import tomllib

import pytest

from course_utils.assignments import EXERCISES
from course_utils.messages import catalogue
from course_utils.messages.catalogue import known_codes
from grading.messages import message
from tests.harness import ROOT
from tests.reading import grade_of, syllables, words_of

HIGHEST = 8.0
FEWEST_WORDS = 5  # the formula means nothing of a label such as "iteration"
MISTAKES = sorted((ROOT / "grading/assignments").glob("*/mistakes/*.toml"))


def too_hard(texts):
    """{grade and name: text} of those that are too hard. texts: by name"""
    grades = {name: grade_of(text) for name, text in texts.items()}
    return {
        f"{grade:.1f} {name}": texts[name]
        for name, grade in grades.items()
        if grade > HIGHEST and len(words_of(texts[name])) >= FEWEST_WORDS
    }


def test_every_sentence_is_easy_to_read():
    for code in (message("page.title").code, *(f"{name}.hint.question" for name in EXERCISES)):
        assert code in known_codes()
    forms = {code: catalogue._sentences("en")[code].forms for code in known_codes()}
    texts = {f"{code}[{i}]": form for code in forms for i, form in enumerate(forms[code])}
    assert too_hard(texts) == {}


@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_the_words_of_known_mistakes_are_easy_to_read(path):
    """Not their titles, which instructors read."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    english = {
        f"{mistake}.{part}": mistakes[mistake]["en"][part]
        for mistakes in table.values()
        for mistake in mistakes
        for part in ("found", "question")
        if part in mistakes[mistake].get("en", {})
    }
    assert too_hard(english) == {}


def test_the_grade_is_that_of_the_formula():
    assert grade_of("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59)
    two_sentences = "A division by zero overflows. Then `np.log(0)` is {value}."
    assert grade_of(two_sentences) == pytest.approx(0.39 * 7 / 2 + 11.8 * 12 / 7 - 15.59)
    hard = "Differentiation with respect to parameters necessitates considerable concentration."
    assert too_hard({"hard": hard, "label": "necessitates"}).keys() == {
        f"{grade_of(hard):.1f} hard"
    }


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "cost square squares called moved names size sign whole"),
        (2, "value values layer notebook doubled tables being reading lesson's"),
        (3, "idea idea's area division"),
        (2, "initialization derivative"),  # terms
    ],
)
def test_syllables_are_counted(count, words):
    assert {word: syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)
