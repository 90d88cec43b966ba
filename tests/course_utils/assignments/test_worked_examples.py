"""The worked examples: short, and every number in them is what Python gives."""

import ast
import re

import numpy as np
import pytest

from course_utils.assignments import EXERCISES, WORKED_EXAMPLES
from course_utils.messages.exercise_messages import (
    EXAMPLE_FALLBACKS,
    GENERAL_QUESTIONS,
    ExerciseMessages,
)

EXAMPLES = [
    pytest.param(text, id=f"{function}.{key}")
    for function, texts in WORKED_EXAMPLES.items()
    for key, text in texts.items()
]
# `expression` is value
NUMBER = r"-?[\d.]+(?:e-?\d+)?"
VALUE = rf"{NUMBER}|[\[(].*?[\])]|True|False|\"[^\"]*\"|inf|nan"
CLAIM = re.compile(rf"`([^`]+)` (?:is|gives) ({VALUE})(?=[\s,.;:)]|$)")


def claims(text):
    """(expression, value as written) for every claim in a text."""
    return [(expression, value.rstrip(".")) for expression, value in CLAIM.findall(text)]


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_has_15_to_40_words(text):
    assert 15 <= len(text.split()) <= 40


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_claim_of_an_example_is_true(text):
    for expression, written in claims(text):
        value = eval(expression, {"np": np})
        claimed = float(written) if written in ("inf", "nan") else ast.literal_eval(written)
        if isinstance(claimed, str | bool):
            assert value == claimed, expression
            continue
        digits = len(written.partition(".")[2]) if isinstance(claimed, float) else 12
        rtol = 1e-3 if "e" in written else 0
        assert np.allclose(value, claimed, rtol=rtol, atol=0.51 * 10.0**-digits), expression


@pytest.mark.parametrize("function", EXERCISES)
def test_every_function_has_examples_with_claims_for_every_observation(function):
    texts = WORKED_EXAMPLES[function]
    assert sum(bool(claims(text)) for text in texts.values()) >= len(texts) / 2
    messages = ExerciseMessages(EXERCISES[function].texts.questions, texts)
    assert all(messages.example(kind) for kind in GENERAL_QUESTIONS)
    assert set(EXAMPLE_FALLBACKS.values()) - {"random", "keys"} <= texts.keys()
