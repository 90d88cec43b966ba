"""What the catalogue says to whoever made a mistake."""

import pytest

from course_utils.assignments import assignment_of
from course_utils.messages.catalogue import has_sentence
from grading.diagnosis.catalogue import known_functions, wrong_versions

WRONG = [
    pytest.param(mistake, id=f"{name}.{mistake.name}")
    for name in known_functions()
    for mistake in wrong_versions(name)
]


@pytest.mark.parametrize("mistake", WRONG)
def test_the_words_of_a_mistake_are_short_lead_on_and_have_an_example(mistake):
    assert mistake.title
    assert mistake.topic
    assert mistake.found.endswith((".", "!"))
    assert mistake.question.endswith("?")
    assert 15 <= len(f"{mistake.found} {mistake.question}".split()) <= 40
    owners = (mistake.function, assignment_of(mistake.function))
    assert any(has_sentence(f"{owner}.example.{mistake.example}") for owner in owners)


@pytest.mark.parametrize("function", known_functions())
def test_mistakes_that_are_told_apart_have_words_of_their_own(function):
    ideas = {}
    for mistake in wrong_versions(function):
        ideas.setdefault(mistake.found, set()).add(mistake.idea)
    assert {found: names for found, names in ideas.items() if len(names) > 1} == {}
