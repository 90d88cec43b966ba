"""The inputs on which a function is diagnosed, and the calls on them."""

import functools
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_utils.assignments import EXERCISES
from course_utils.check.exercise_observation import (
    as_graded,
    observe,
    public_parts,
    where_measured,
)
from course_utils.explain import (
    CALL_SEED,
    Call,
    Fingerprint,
    Observation,
    Tolerance,
    describe_inputs,
    fingerprint_of,
    try_call,
    try_twice,
)
from course_utils.messages import Words, message
from grading.assignments.case import Case
from grading.assignments.registry import known_assignments, probe_cases

# The reference solution and a known mistake are computed in double precision.
COMPUTED = Tolerance(rtol=Case.rtol, atol=Case.atol)
# A known mistake is computed just as the student's function is, so that only the order of
# operations can tell them apart.
SAME_MISTAKE = Tolerance(rtol=1e-11, atol=1e-12)
FURTHER = 301  # seed of the inputs on which a claim is tried once more


@dataclass(frozen=True)
class Probe:
    """One input of a graded function.

    input_text: the input in words
    tolerance: how far a result may be off the expected one
    fingerprint_tolerance: how far it may be off that of a known mistake
    public: whether it is the example of the visible check, which is called twice
    """

    function: str
    input_text: Words
    arguments: Callable[[], list]
    keywords: Mapping[str, Any] = field(default_factory=dict)
    stubs: Mapping[str, Callable] = field(default_factory=dict)
    tolerance: Tolerance = COMPUTED
    fingerprint_tolerance: Tolerance = SAME_MISTAKE
    public: bool = False

    def call(self, function: Callable) -> Call:
        """The outcome of calling a function on this input."""
        spec = EXERCISES[self.function]
        watched = spec.inference.watched_stub if self.public else None
        np.random.seed(CALL_SEED)
        call = (try_twice if self.public else try_call)(
            function,
            self.arguments(),
            keywords=self.keywords,
            stubs=self.stubs,
            watched_stub=watched.name if watched else "",
            signature=spec.signature,
        )
        return as_graded(self.function, call.apart())

    def fingerprint(self, call: Call) -> Fingerprint:
        """The fingerprint of a call on this input, and of where it measured slopes."""
        seen = where_measured(self.function, call, self.arguments(), self.keywords)
        return fingerprint_of(call, seen)

    def observe(self, actual: Call, expected: Call) -> Observation:
        """What the inference engine is told of a call on this input."""
        return observe(
            self.function,
            self,
            actual,
            expected,
            input_text=self.input_text,
            tolerance=self.tolerance,
            public_components=public_parts(self.function) if self.public else None,
        )

    @property
    def size(self) -> int:
        """The size of the arguments in bytes, which is about what a call costs."""
        return len(pickle.dumps(self.arguments()))


@functools.cache
def probes_of(function: str) -> tuple[Probe, ...]:
    """The inputs, in the order of the calls, which matters for functions that remember calls.

    Small ones come first, since they tell most mistakes apart at least cost; the public example
    second, so that what a function remembers of its first call shows on it; the first once more at
    the end, where what it remembers of all shows.
    """
    hidden = [probe_of(case) for case in _cases_of(function)]
    first, *rest = sorted(hidden, key=lambda probe: probe.size)
    return (first, _public_probe(function), *rest, first)


@functools.cache
def further_probes_of(function: str) -> tuple[Probe, ...]:
    """More inputs of the same kinds, to try what was found: chance seldom holds on these too."""
    return tuple(
        probe_of(case.with_fresh_inputs(FURTHER))
        for case in _cases_of(function)
        if case.use_fresh_inputs
    )


def _cases_of(function: str) -> list[Case]:
    """The cases on which a function may be diagnosed."""
    cases = [case for name in known_assignments() for case in probe_cases(name)]
    return [case for case in cases if case.function == function and case.use_as_probe]


def probe_of(case: Case) -> Probe:
    """A case of the hidden tests as a probe."""
    spec = EXERCISES[case.function]
    extra_keys = spec.result.tolerance.extra_keys
    probe = Probe(
        function=case.function,
        input_text=describe_inputs(spec.signature, case.arguments(), case.keywords),
        arguments=case.arguments,
        keywords=case.keywords,
        stubs=case.stubs,
        tolerance=Tolerance(rtol=case.rtol, atol=case.atol, extra_keys=extra_keys),
    )
    is_measured = case.rtol > COMPUTED.rtol or case.atol > COMPUTED.atol
    return _measured(probe) if is_measured else probe


def _public_probe(function: str) -> Probe:
    spec = EXERCISES[function]
    probe = Probe(
        function=function,
        input_text=message(f"{function}.input"),
        arguments=spec.example.arguments,
        keywords=spec.example.keywords,
        stubs=spec.example.stubs,
        tolerance=spec.result.tolerance,
        public=True,
    )
    return _measured(probe) if spec.result.is_measured else probe


def _measured(probe: Probe) -> Probe:
    """The same, where the last digits of a known mistake are chance too: slopes are measured."""
    return replace(probe, fingerprint_tolerance=probe.tolerance)
