"""Whatever is wrong with a result, there are words for it, in every language."""

import numpy as np
import pytest

from course_utils.explain import Call, Observation, findings_from
from course_utils.messages import Verbatim, in_language
from course_utils.messages.catalogue import known_languages
from course_utils.messages.exercise_messages import ExerciseMessages

SHAPES = ((), (1, 1), (1, 3), (3, 1), (2, 3), (4, 5))
NAMES = ("W1", "b1", "dZ2", "cost", "A3 in the cache")
# What may become of a right part: drawn at random for each, the same in all observations.
CHANGES = (
    lambda value, rng: value,
    lambda value, rng: value * 0,
    lambda value, rng: -value,
    lambda value, rng: value * 2 / 7,
    lambda value, rng: value * rng.rand(),
    lambda value, rng: value + 1,
    lambda value, rng: value + rng.rand(),
    lambda value, rng: value**2,
    lambda value, rng: 1 - value,
    lambda value, rng: np.round(value, 3),
    lambda value, rng: value + 1e-8,
    lambda value, rng: np.float32(value) + 0.0,
    lambda value, rng: np.maximum(value, 0),
    lambda value, rng: np.asarray(value).T,
    lambda value, rng: np.atleast_1d(value)[..., :1],
    lambda value, rng: np.ravel(value),
    lambda value, rng: np.atleast_1d(value).tolist(),
    lambda value, rng: value * np.nan,
    lambda value, rng: None,
    lambda value, rng: value + rng.rand(*np.shape(value)),
    lambda value, rng: np.sort(value, axis=None).reshape(np.shape(value)),
    lambda value, rng: value * rng.rand(*np.shape(value)[:1], *(1,) * (np.ndim(value) - 1)),
)


def result_of(form, parts):
    """The parts as a dictionary, as a tuple, or the first of them alone."""
    if form == "dictionary":
        return parts
    return tuple(parts.values()) if form == "tuple" else next(iter(parts.values()))


def observations(rng, public):
    names = rng.permutation(NAMES)[: rng.randint(1, 5)]
    shapes = [SHAPES[rng.randint(len(SHAPES))] for _ in names]
    changes = [CHANGES[rng.randint(len(CHANGES))] for _ in names]
    form = ("dictionary", "tuple", "alone")[rng.randint(3)]
    for m in (5, 7):
        right = {name: rng.randn(*shape) for name, shape in zip(names, shapes)}
        wrong = {name: change(right[name], rng) for name, change in zip(names, changes)}
        yield Observation(
            Verbatim("it"),
            Call(result_of(form, wrong)),
            Call(result_of(form, right)),
            public=public,
            quantities={"m": m, "the layer sizes": "2-3-1"},
            ingredients={"S": rng.randn(2, 3), "b2": rng.randn(3, 1)},
        )


@pytest.mark.parametrize("language", known_languages())
@pytest.mark.parametrize("public", [True, False])
def test_every_finding_has_words(public, language):
    rng = np.random.RandomState(7)
    with np.errstate(all="ignore"), in_language(language):
        for _ in range(250):
            for finding in findings_from(list(observations(rng, public)), ExerciseMessages()):
                words = finding.as_text("f")
                assert finding.found_text
                assert "{" not in finding.found_text
                assert "Message(" not in words
