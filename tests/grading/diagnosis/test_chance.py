"""What holds of the few inputs of a diagnosis by chance is not told."""

import functools

import pytest

from grading.diagnosis import diagnose
from grading.diagnosis.match_mistakes import LikeStudent
from tests.grading.diagnosis.catalogue_results import matcher_of
from tests.grading.diagnosis.odd_submissions import odd_submissions


@functools.cache
def told(function, what):
    """The findings of the grader on an odd submission, in words."""
    submission = next(s for s in odd_submissions() if (s.function, s.what) == (function, what))
    matcher = matcher_of(function)
    version = LikeStudent(submission.version.define(matcher.names))
    return " ".join(finding.found_text for finding in diagnose(version, matcher))


@pytest.mark.parametrize(
    ("function", "what", "chance"),
    [
        # right for one whole interval, of whatever length
        ("schedule_lr_decay", "the decay compounds from interval to interval", "time_interval"),
        # the one shallow network has 6 examples
        ("L_model_backward", "every hidden layer gets dAL", "m = 6"),
        # of a network of one kind, W4 is off by a multiple of a product of two biases
        ("L_layer_model", "two updates in every step", "product"),
        # the step with t = 1 has a rate of its own
        ("update_parameters_with_adam", "beta times t, where a power is meant", "learning_rate"),
        # the one network with a single example has the label 1
        ("compute_cost", "one minus the logarithm", "where m"),
    ],
)
def test_what_holds_by_chance_is_not_told(function, what, chance):
    assert chance not in told(function, what)


@pytest.mark.parametrize(
    ("function", "what", "reason"),
    [
        ("update_parameters_with_adam", "a fixed learning rate", "where learning_rate = 0.01."),
        ("update_parameters_with_adam", "beta times t, where a power is meant", "where t = 1."),
    ],
)
def test_what_holds_for_a_reason_is_told(function, what, reason):
    assert reason in told(function, what)


def test_every_function_has_further_inputs_to_try_a_claim_on():
    lacking = [
        function
        for function in {submission.function for submission in odd_submissions()}
        if not matcher_of(function).further_probes
    ]
    assert lacking == []
