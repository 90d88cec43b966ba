"""What the catalogue says to whoever made a mistake, in every language that it has."""

import pytest

from course_utils.assignments import assignment_of
from course_utils.messages.catalogue import has_sentence
from grading.diagnosis.catalogue import known_functions, wrong_versions

WRONG = [
    pytest.param(mistake, id=f"{name}.{mistake.name}")
    for name in known_functions()
    for mistake in wrong_versions(name)
]
SAID = [
    pytest.param(mistake.words[language], language, id=f"{language}-{name}.{mistake.name}")
    for name in known_functions()
    for mistake in wrong_versions(name)
    for language in mistake.words
]
# By language: how statements and questions end, and how long both are together.
FORMS = {"en": ((".", "!"), "?", 15, 40), "zh_CN": (("。", "！"), "？", 25, 90)}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_has_a_topic_and_an_example(mistake):
    assert mistake.topic
    owners = (f"{mistake.function}.", f"{assignment_of(mistake.function)}.", "")
    assert any(has_sentence(f"{owner}example.{mistake.example}") for owner in owners)


@pytest.mark.parametrize(("words", "language"), SAID)
def test_the_words_of_a_mistake_are_short_and_lead_on(words, language):
    statement, question, shortest, longest = FORMS[language]
    assert words.title
    assert words.found.endswith(statement)
    assert words.question.endswith(question)
    length = len(f"{words.found} {words.question}".split()) if language == "en" else None
    assert shortest <= (length or len(words.found + words.question)) <= longest


@pytest.mark.parametrize("function", known_functions())
def test_a_language_has_the_words_of_all_mistakes_of_an_assignment_or_of_none(function):
    assignment = assignment_of(function)
    languages = {
        language
        for name in known_functions()
        if assignment_of(name) == assignment
        for mistake in wrong_versions(name)
        for language in mistake.words
    }
    lacking = [mistake.name for mistake in wrong_versions(function) if languages - {*mistake.words}]
    assert lacking == []


@pytest.mark.parametrize("function", known_functions())
def test_mistakes_that_are_told_apart_have_words_of_their_own(function):
    ideas = {}
    for mistake in wrong_versions(function):
        for words in mistake.words.values():
            ideas.setdefault(words.found, set()).add(mistake.idea)
    assert {found: names for found, names in ideas.items() if len(names) > 1} == {}
