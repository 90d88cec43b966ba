"""Find the known mistake, or the two, that explain everything a function did."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_utils.explain.call import Call
from course_utils.explain.fingerprint import Fingerprint, fingerprint_of
from grading.diagnosis.catalogue import Version, define, wrong_versions
from grading.diagnosis.merge_mistakes import merged_pairs
from grading.diagnosis.probes import Probe, probes_of
from grading.isolation.serialization import Unsendable, pack
from grading.isolation.side_effects import NotAnAnswer

Explanation = tuple[tuple[Version, ...], str]  # mistakes, and code that makes just them


@dataclass
class MistakeMatcher:
    """The known mistakes of one function, ready to be asked, and what the reference solution answers.

    names: what their code may use: the reference solutions and what the notebook gives; solution: the solution's code
    """

    function: str
    names: dict[str, Any]
    solution: str
    _wanted: list[Call] = field(default_factory=list)
    _first: dict[str, Fingerprint] = field(
        default_factory=dict
    )  # by code: the answer to the first probe

    @property
    def probes(self) -> tuple[Probe, ...]:
        return probes_of(self.function)

    def wanted(self) -> list[Call]:
        """What the reference solution answers, by probe."""
        if not self._wanted:
            right = LikeStudent(self.names[self.function])
            self._wanted = [probe.ask(right) for probe in self.probes]
        return self._wanted

    def prepare(self) -> None:
        """Do now what is the same for every student."""
        self.wanted()
        for mistake in wrong_versions(self.function):
            self._answers_first(mistake.code)

    def name(self, calls: Sequence[Call]) -> tuple[Version, ...]:
        """The one mistake that explains every call, else the two; none where none does, or others do as well.

        calls: what the student's function did, by probe
        """
        seen = [fingerprint_of(call) for call in calls]
        singles = (((mistake,), mistake.code) for mistake in wrong_versions(self.function))
        found = self._explaining(singles, seen)
        if (
            not found and len({sketch.numbers for sketch in seen}) > 1
        ):  # what never moves has simpler reasons than two
            found = self._explaining(merged_pairs(self.function, self.solution), seen)
        ideas = {frozenset(mistake.idea for mistake in mistakes) for mistakes in found}
        return found[0] if len(ideas) == 1 else ()

    def _explaining(
        self, known: Iterable[Explanation], seen: Sequence[Fingerprint]
    ) -> list[tuple[Version, ...]]:
        return [mistakes for mistakes, code in known if self._explains(code, seen)]

    def _explains(self, code: str, seen: Sequence[Fingerprint]) -> bool:
        first, *_ = self.probes
        if not _alike(first, self._answers_first(code), seen[0]):
            return False
        suspect = LikeStudent(define(self.function, code, self.names))
        return all(
            _alike(probe, fingerprint_of(probe.ask(suspect)), sketch)
            for probe, sketch in zip(self.probes, seen)
        )

    def _answers_first(self, code: str) -> Fingerprint:
        if code not in self._first:
            suspect = LikeStudent(define(self.function, code, self.names))
            self._first[code] = fingerprint_of(self.probes[0].ask(suspect))
        return self._first[code]


def _alike(probe: Probe, one: Fingerprint, two: Fingerprint) -> bool:
    return one.like(two, probe.fingerprint_rtol, probe.fingerprint_atol)


class LikeStudent:
    """A function of ours that answers as one in a student's process does: nothing comes back that cannot cross."""

    def __init__(self, function: Callable):
        self._function = function
        self.__name__ = function.__name__
        self.__globals__ = getattr(function, "__globals__", {})

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        result = self._function(*arguments, **keywords)
        try:
            pack(result)
        except Unsendable as error:
            raise NotAnAnswer(f"it returned {error}") from None
        return result
