"""Recognise known mistakes in a student's own notebook by what they give on a few public inputs.

`assignments/NAME/fingerprints.json` is made by the instructor's `course expected`. It holds no
code, and of every wrong result three numbers only, which tell it from others but not what it is.
"""

import functools

import numpy as np

from course_utils.assignments import EXERCISES
from course_utils.assignments.registry import merged_files
from course_utils.check.exercise_observation import where_measured
from course_utils.check.public_examples import examples_of
from course_utils.explain import Tolerance, fingerprint_of
from course_utils.messages import DEFAULT_LANGUAGE, language

# A sum of computed numbers moves by about 1e-15 of its size from one machine to another.
COMPUTED = Tolerance(rtol=1e-9, atol=1e-11)
SUMMED = 4  # times the tolerance of one number: what a sum of them may be off


def recognise_mistake(name, calls):
    """The one known mistake that gives the same on every example; None for none, or for several.

    calls: of the student's function on all public examples
    -> {"found": ..., "question": ..., "example": ...}, in the language in use
    """
    answers = answers_of(name, calls)
    mistakes = _known_mistakes().get(name, ())
    matching = [mistake for mistake in mistakes if alike(name, mistake["answers"], answers)]
    # Mistakes that are told in the same words count as one.
    if len({mistake["words"][DEFAULT_LANGUAGE]["found"] for mistake in matching}) != 1:
        return None
    words = matching[0]["words"]
    said = words.get(language()) or words[DEFAULT_LANGUAGE]
    return said | {"example": matching[0]["example"]}


def answers_of(name, calls):
    """The short fingerprints of the calls of a function on the public examples."""
    seen = [
        where_measured(name, call, example.arguments(), example.keywords)
        for example, call in zip(examples_of(name), calls)
    ]
    return [fingerprint_of(*outcome).short() for outcome in zip(calls, seen)]


def alike(name, known_answers, answers):
    """Whether two lists of short fingerprints of the same inputs agree."""
    result = EXERCISES[name].result
    tolerance = result.tolerance if result.is_measured else COMPUTED
    return len(known_answers) == len(answers) and all(
        known[0] == answer[0] and sums_are_close(known[1:], answer[1:], tolerance)
        for known, answer in zip(known_answers, answers)
    )


def sums_are_close(known, answer, tolerance):
    """Compare [two sums, length]; the length is the size that the tolerance is relative to."""
    room = SUMMED * (tolerance.rtol * max(known[-1], answer[-1]) + tolerance.atol)
    return bool(np.all(np.abs(np.subtract(known, answer)) <= room))


@functools.cache
def _known_mistakes():
    """By function, the mistakes in the files of all assignments."""
    return merged_files("fingerprints.json")
