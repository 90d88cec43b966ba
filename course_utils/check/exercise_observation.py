"""From a call of an exercise's function to an `Observation` with all that its spec knows."""

import functools
from collections.abc import Mapping
from dataclasses import replace

from course_utils.assignments import EXERCISES, assignment_of
from course_utils.explain import (
    Call,
    Observation,
    components_of,
    first_difference,
    first_shared,
    input_arrays,
    input_quantities,
    perturbation_code,
    try_call,
)
from course_utils.messages import message
from course_utils.messages.exercise_messages import ExerciseMessages
from course_utils.vectors import GRADIENT_THRESHOLD


def messages_of(name):
    """The questions and worked examples of an exercise, as `ExerciseMessages`."""
    return ExerciseMessages(name, assignment_of(name))


def try_example(function, name, example=None):
    """The `Call` of a student's function on a public example; on the one of the check without."""
    spec = EXERCISES[name]
    example = example or spec.example
    watched = spec.inference.watched_stub
    return try_call(
        function,
        example.arguments(),
        keywords=example.keywords,
        stubs=example.stubs,
        watched_stub=watched.name if watched else "",
        signature=spec.signature,
    )


def as_graded(name, call):
    """The `Call` with what counts of it.

    What the function prints of its own accord does not, where it is not asked for; nor what it
    writes to arguments that it may change, nor parts of a result that are not graded. Where each
    part must be an array of its own, it is told which is not.
    """
    spec = EXERCISES[name]
    if not spec.result.verdict:
        call = replace(call, verdict="")
    if spec.may_change_arguments:
        call = replace(call, changed=None, arguments_after=None)
    call = replace(call, result=spec.result.graded_part(call.result))
    if spec.separate_arrays:
        call = replace(call, shared=first_shared(call.result, spec.signature.component_names))
    return call


def observe_example(name, actual):
    """The `Observation` of a call of the public example, with what is public of the result.

    actual: the `Call`
    """
    spec = EXERCISES[name]
    expected = Call(spec.result.values(), verdict=spec.result.verdict)
    parts = _parts(spec, expected.result)
    actual, expected = _public_outcomes(spec, as_graded(name, actual), expected)
    return observe(
        name,
        spec.example,
        actual,
        expected,
        input_text=message(f"{name}.input"),
        tolerance=spec.result.tolerance,
        public_components=parts,
    )


def observe(name, example, actual, expected, *, input_text, tolerance, public_components=None):
    """The `Observation` of a call of the exercise `name`; see there for the arguments.

    example: what was called, with `arguments()` and `keywords`
    public_components: None where nothing of the result is public
    """
    spec = EXERCISES[name]
    quantities = _AtFirstUse(lambda: _quantities(spec, example, expected))
    return Observation(
        input_text=input_text,
        actual=actual,
        expected=expected,
        public=public_components is not None,
        signature=spec.signature,
        tolerance=tolerance,
        public_components=public_components or (),
        quantities=quantities,
        ingredients=_AtFirstUse(lambda: _ingredients(spec, example)),
        ratios=_AtFirstUse(lambda: spec.inference.ratios(quantities)),
        watched_stub=spec.inference.watched_stub,
    )


class _AtFirstUse(Mapping):
    """A mapping that is made when something is looked up in it: a right result needs none of it."""

    def __init__(self, make):
        self._make = make

    @functools.cached_property
    def _made(self):
        return self._make()

    def __getitem__(self, key):
        return self._made[key]

    def __iter__(self):
        return iter(self._made)

    def __len__(self):
        return len(self._made)


def _quantities(spec, example, expected):
    quantities = input_quantities(spec.signature, example.arguments(), example.keywords)
    if spec.result.is_measured:
        is_right = expected.result <= GRADIENT_THRESHOLD
        words = "name.gradient_right" if is_right else "name.gradient_wrong"
        quantities["the gradient"] = message(words)
    return quantities


def _ingredients(spec, example):
    arguments = example.arguments()
    return input_arrays(spec.signature, arguments) | spec.inference.derived_ingredients(*arguments)


def where_measured(name, call, arguments, keywords):
    """What is wrong with the points at which a call measured slopes, as a code; else ""."""
    spec = EXERCISES[name]
    observation = Observation(
        input_text=message(f"{name}.input"),
        actual=call,
        expected=Call(),
        quantities=input_quantities(spec.signature, arguments, keywords),
        ingredients=input_arrays(spec.signature, arguments),
        watched_stub=spec.inference.watched_stub,
    )
    return perturbation_code(observation)


def _public_outcomes(spec, actual, expected):
    """The actual and the expected `Call`, both cut down to the part whose values are public."""
    result = spec.result
    if not result.whole or actual.error:
        return actual, expected
    whole = Call(result.whole(), verdict=result.verdict)
    if first_difference(actual.result, whole.result, values=False):
        return actual, whole
    (part,) = _parts(spec, expected.result)
    return (
        replace(actual, result={part: result.public_part(actual.result)}),
        replace(expected, result={part: expected.result}),
    )


def public_parts(name):
    """The names of the parts of a result whose values on the public example are public."""
    return _parts(EXERCISES[name], EXERCISES[name].result.values())


def _parts(spec, values):
    names = spec.signature.component_names
    return names[:1] if spec.result.whole else tuple(components_of(values, names))
