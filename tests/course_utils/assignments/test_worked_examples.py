"""The worked examples: short, and every number in them is what Python gives."""

import ast
import re

import numpy as np
import pytest

from course_utils.assignments import EXERCISES
from course_utils.check.exercise_observation import messages_of
from course_utils.messages import in_language, message
from course_utils.messages.catalogue import known_codes, known_languages
from course_utils.messages.exercise_messages import EXAMPLE_FALLBACKS

# By language: the words between a line of code and its value, and how long an example may be.
CLAIM_WORDS = {"en": "is|gives", "zh_CN": "等于|得到"}
LENGTHS = {"en": (15, 40), "zh_CN": (30, 120)}

NUMBER = r"-?[\d.]+(?:e-?\d+)?"
VALUE = rf"{NUMBER}|[\[(].*?[\])]|True|False|\"[^\"]*\"|inf|nan"
END = r"(?=[\s,.;:)，。；：）]|$)"

EXAMPLES = [
    pytest.param(code, language, id=f"{language}-{code}")
    for language in known_languages()
    for code in known_codes(language)
    if ".example." in code
]


def claims(text, language="en"):
    """(expression, value as written) for every claim "`expression` is value" in a text."""
    claim = re.compile(rf"`([^`]+)` ?(?:{CLAIM_WORDS[language]}) ?({VALUE}){END}")
    return [(expression, value.rstrip(".")) for expression, value in claim.findall(text)]


def words_of(code, language):
    with in_language(language):
        return str(message(code))


@pytest.mark.parametrize(("code", "language"), EXAMPLES)
def test_an_example_is_short(code, language):
    text = words_of(code, language)
    shortest, longest = LENGTHS[language]
    length = len(text.split()) if language == "en" else len(re.sub(r"`[^`]*`|\s", "", text))
    assert shortest <= length <= longest


@pytest.mark.parametrize(("code", "language"), EXAMPLES)
def test_every_claim_of_an_example_is_true(code, language):
    for expression, written in claims(words_of(code, language), language):
        value = eval(expression, {"np": np})
        claimed = float(written) if written in ("inf", "nan") else ast.literal_eval(written)
        if isinstance(claimed, str | bool):
            assert value == claimed, expression
            continue
        digits = len(written.partition(".")[2]) if isinstance(claimed, float) else 12
        rtol = 1e-3 if "e" in written else 0
        assert np.allclose(value, claimed, rtol=rtol, atol=0.51 * 10.0**-digits), expression


@pytest.mark.parametrize(("code", "language"), EXAMPLES)
def test_a_translation_makes_the_claims_of_the_english_text(code, language):
    assert claims(words_of(code, language), language) == claims(words_of(code, "en"))


@pytest.mark.parametrize("function", EXERCISES)
def test_every_function_has_examples_with_claims_for_every_observation(function):
    messages = messages_of(function)
    kinds = [code.removeprefix("question.") for code in known_codes() if "question." in code[:9]]
    for key in {*EXAMPLE_FALLBACKS.values(), "value"} - {"random", "keys"}:
        assert messages.example(key).code.endswith(f".example.{key}")
    own = {messages.example(key).code for key in [*kinds, *EXAMPLE_FALLBACKS.values()]}
    texts = [words_of(code, "en") for code in own]
    assert sum(bool(claims(text)) for text in texts) >= len(texts) / 2
