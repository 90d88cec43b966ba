"""A function that failed its check, on all public examples of its exercise."""

import numpy as np

from course_utils.assignments import EXERCISES
from course_utils.check.exercise_observation import as_graded, observe, try_example
from course_utils.check.public_results import entries_of, expected_call, expected_calls
from course_utils.explain import (
    CALL_SEED,
    Tolerance,
    components_of,
    describe_inputs,
    findings_from,
    is_misshapen,
)
from course_utils.messages import message

# Results of further examples are published with all their digits.
RTOL, ATOL = 1e-9, 1e-12


def calls_of(function, name):
    """The `Call` of each public example, the one of the check first.

    Each is made after the same seed, and the random state is put back in the end.
    """
    return _calls(function, name, examples_of(name))


def _calls(function, name, examples):
    if not examples:  # then the random state need not be read either, which takes long
        return []
    state = np.random.get_state()
    try:
        return [_call(function, name, example) for example in examples]
    finally:
        np.random.set_state(state)


def count_checked(name):
    """On how many examples the visible check of an exercise must pass."""
    return 1 + sum(example.checked for example in EXERCISES[name].inference.further_examples)


def observe_checked(function, name):
    """The `Observation` of each further example that belongs to the check itself."""
    published = zip(examples_of(name), entries_of(name))
    checked = [(example, entry) for example, entry in published if example.checked]
    calls = _calls(function, name, [example for example, _ in checked])
    return [
        _observe(name, example, call, expected_call(entry))
        for (example, entry), call in zip(checked, calls)
    ]


def observe_calls(name, calls):
    """The `Observation` of each public example, with all that it should give.

    calls: see `calls_of`. Empty where no results are published.
    """
    outcomes = zip(examples_of(name), calls, expected_calls(name))
    return [_observe(name, example, *calls) for example, *calls in outcomes]


def findings_on_example(observations, messages):
    """The `Finding`s on the first example, as far as they hold on the further ones.

    observations: see `observe_calls`
    """
    findings = findings_from(comparable(observations), messages) if observations else []
    return [each for each in findings if each.input_text == observations[0].input_text]


def comparable(observations):
    """Those that came as far as the first.

    Where that returned a result of the right form, nothing is said of an error elsewhere.
    """
    return [each for each in observations if _stage(each) >= _stage(observations[0])]


def _stage(observation):
    """How far a call came: to an error, to a result of the wrong form, to its values."""
    if observation.actual.error:
        return 0
    return 1 if is_misshapen(observation) else 2


def examples_of(name):
    """The public examples of an exercise, the one of the check first."""
    spec = EXERCISES[name]
    return (spec.example, *spec.inference.further_examples)


def _call(function, name, example):
    np.random.seed(CALL_SEED)
    return as_graded(name, try_example(function, name, example))


def _observe(name, example, actual, expected):
    names = EXERCISES[name].signature.component_names
    return observe(
        name,
        example,
        actual,
        expected,
        input_text=_describe(name, example),
        tolerance=_tolerance(name, example),
        public_components=tuple(components_of(expected.result, names)),
    )


def _describe(name, example):
    spec = EXERCISES[name]
    if example is spec.example:
        return message(f"{name}.input")
    return describe_inputs(spec.signature, example.arguments(), example.keywords)


def _tolerance(name, example):
    result = EXERCISES[name].result
    if example is EXERCISES[name].example or result.is_measured:
        return result.tolerance
    return Tolerance(rtol=RTOL, atol=ATOL, extra_keys=result.tolerance.extra_keys)
