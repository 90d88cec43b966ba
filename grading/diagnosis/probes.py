"""The inputs on which a function is looked at, and what it makes of them."""

import copy
import functools
import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from course_utils.assignments import EXERCISES
from course_utils.explain.call import Call, try_call, try_twice
from course_utils.explain.inputs import in_words
from grading.assignments.case import Case
from grading.assignments.registry import known_assignments, probe_cases

STATE = 2024  # of the random numbers before every call, so that a function which sets no seed can be recognised


@dataclass(frozen=True)
class Probe:
    """One input. tried: in words; public: whether it is the example of the visible check, which is called twice.

    rtol, atol: how far a result may be off the right one; fingerprint_rtol, fingerprint_atol: off that of a known mistake,
    which is not printed with few digits but computed, and so agrees but for the last ones
    """

    function: str
    tried: str
    arguments: Callable[[], list]
    keywords: dict[str, Any] = field(default_factory=dict)
    stubs: dict[str, Callable] = field(default_factory=dict)
    rtol: float = 1e-9
    atol: float = 1e-12
    fingerprint_rtol: float = 1e-11
    fingerprint_atol: float = 1e-12
    public: bool = False

    def ask(self, function: Callable) -> Call:
        """What a function makes of this input."""
        np.random.seed(STATE)
        ask = try_twice if self.public else try_call
        watched = EXERCISES[self.function].watched if self.public else ""
        call = ask(function, self.arguments(), self.keywords, self.stubs, watched)
        call = copy.deepcopy(call)  # may change later
        return (
            call if EXERCISES[self.function].said else replace(call, said="")
        )  # what others print is their own

    @property
    def size(self) -> int:
        """How many numbers go in: what a call costs."""
        return len(pickle.dumps(self.arguments()))


@functools.cache
def probes_of(function: str) -> tuple[Probe, ...]:
    """The inputs, in the order in which every function is asked: one that remembers calls must meet them alike.

    Small ones first, since they tell most mistakes apart at least cost; the public example second, so that what a
    function remembers of its first call shows on it; the first once more at the end, where what it remembers of all shows.
    """
    cases = [case for name in known_assignments() for case in probe_cases(name)]
    hidden = [probe_of(case) for case in cases if case.function == function and case.use_as_probe]
    first, *rest = sorted(hidden, key=lambda probe: probe.size)
    return (first, _public(function), *rest, first)


def _public(function: str) -> Probe:
    check = EXERCISES[function]
    probe = Probe(
        function, check.given, check.arguments, check.keywords, check.stubs, check.rtol, check.atol, public=True
    )  # fmt: skip
    return _loose(probe) if check.measured else probe


def probe_of(case: Case) -> Probe:
    """A case as a probe."""
    tried = in_words(EXERCISES[case.function].takes, case.arguments(), case.keywords)
    probe = Probe(
        case.function, tried, case.arguments, case.keywords, case.stubs, case.rtol, case.atol
    )  # fmt: skip
    return _loose(probe) if case.rtol > 1e-9 or case.atol > 1e-12 else probe


def _loose(probe: Probe) -> Probe:
    """The same where the last digits of a known mistake are chance too: it rests on measured slopes."""
    return replace(probe, fingerprint_rtol=probe.rtol, fingerprint_atol=probe.atol)
