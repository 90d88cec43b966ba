"""Find the known mistake, or the two, that explain everything a function did."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from course_utils.explain import Call, Fingerprint, Tolerance
from grading.diagnosis.answer_table import Entry, Likely, kept_entry, mistakes_among, pairs_among
from grading.diagnosis.catalogue import Version, define, wrong_versions
from grading.diagnosis.merge_mistakes import Pair, merged_pairs
from grading.diagnosis.probes import Probe, further_probes_of, probes_of
from grading.isolation.serialization import Unsendable, pack
from grading.isolation.side_effects import NotGradable
from grading.messages import message
from grading.notebook.cells import Cell

Mistakes = tuple[Version, ...]


@dataclass
class MistakeMatcher:
    """The known mistakes of one function, ready to be compared with a student's.

    names: what their code may use: the reference solutions and what the notebook gives
    solution: the code of the reference solution
    """

    function: str
    names: dict[str, Any]
    solution: str

    @property
    def probes(self) -> tuple[Probe, ...]:
        return probes_of(self.function)

    @property
    def further_probes(self) -> tuple[Probe, ...]:
        return further_probes_of(self.function)

    @cached_property
    def expected_calls(self) -> list[Call]:
        """The calls of the reference solution, by probe."""
        return self._solved(self.probes)

    @cached_property
    def expected_further(self) -> list[Call]:
        """The same, by further probe."""
        return self._solved(self.further_probes)

    def _solved(self, probes: Sequence[Probe]) -> list[Call]:
        solution = LikeStudent(self.names[self.function])
        return [probe.call(solution) for probe in probes]

    def prepare(self) -> None:
        """Compute beforehand what is the same for every student."""
        _ = self.expected_calls, self.expected_further, self._kept  # computed when first read

    def match(self, calls: Sequence[Call]) -> Mistakes:
        """The one mistake that explains every call, else the two that do together.

        Empty where none does, or where mistakes of different ideas do.

        calls: of the student's function, by probe
        """
        fingerprints = self.fingerprints(calls)
        found: list[Mistakes] = [
            (likely.mistake,)
            for likely in self._mistakes_like(fingerprints)
            if likely.is_sure or self._explains(likely.mistake.code, fingerprints)
        ]
        # a result that is the same on every input has simpler reasons than two mistakes
        varies = len({fingerprint.numbers for fingerprint in fingerprints}) > 1
        if not found and varies:
            found = [
                pair.mistakes
                for pair in self._pairs_like(fingerprints[0])
                if self._explains(pair.code, fingerprints)
            ]
        ideas = {frozenset(mistake.idea for mistake in mistakes) for mistakes in found}
        return found[0] if len(ideas) == 1 else ()

    @cached_property
    def right_answers(self) -> list[Fingerprint]:
        """The reference solution's, by probe."""
        return self.fingerprints(self.expected_calls)

    def fingerprints(self, calls: Sequence[Call]) -> list[Fingerprint]:
        """Of calls by probe."""
        return [probe.fingerprint(call) for probe, call in zip(self.probes, calls)]

    def answers(self, code: str, probes: int | None = None) -> list[Fingerprint]:
        """What code of our own answers to the probes, or to the first few of them."""
        mistaken = self._define(code)
        return self.fingerprints([probe.call(mistaken) for probe in self.probes[:probes]])

    @cached_property
    def tolerances(self) -> list[Tolerance]:
        """How far an answer may be off that of a known mistake, by probe."""
        return [probe.fingerprint_tolerance for probe in self.probes]

    @cached_property
    def _kept(self) -> Entry | None:
        """What is kept of the answers of known mistakes; None where it is not of these."""
        return kept_entry(self.function, self.solution, self.right_answers, self.tolerances)

    def _mistakes_like(self, answers: Sequence[Fingerprint]) -> list[Likely]:
        """The mistakes that could give these answers."""
        if self._kept is None:
            return [Likely(mistake, is_sure=False) for mistake in wrong_versions(self.function)]
        return mistakes_among(self._kept, self.function, answers, self.tolerances)

    def _pairs_like(self, answer: Fingerprint) -> Iterable[Pair]:
        """The pairs of mistakes that could give this answer to the first probe."""
        if self._kept is None:
            return merged_pairs(self.function, self.solution)
        tolerance = self.tolerances[0]
        return pairs_among(self._kept, self.function, self.solution, answer, tolerance)

    def _explains(self, code: str, fingerprints: Sequence[Fingerprint]) -> bool:
        """Whether the code gives the same on every probe."""
        mistaken = self._define(code)
        return all(
            _alike(probe, probe.fingerprint(probe.call(mistaken)), fingerprint)
            for probe, fingerprint in zip(self.probes, fingerprints)
        )

    def _define(self, code: str) -> "LikeStudent":
        return LikeStudent(define(self.function, code, self.names))


def matchers_of(cells: Iterable[Cell], names: dict[str, Any]) -> dict[str, MistakeMatcher]:
    """A matcher for each solution cell whose function has known mistakes, by function."""
    return {
        cell.function: MistakeMatcher(cell.function, names, cell.source)
        for cell in cells
        if cell.solution and wrong_versions(cell.function)
    }


def _alike(probe: Probe, known: Fingerprint, actual: Fingerprint) -> bool:
    tolerance = probe.fingerprint_tolerance
    return known.like(actual, tolerance.rtol, tolerance.atol)


class LikeStudent:
    """A function of ours that answers as one in a student's process does.

    NotGradable is raised where its result could not cross from there.
    """

    def __init__(self, function: Callable):
        self._function = function
        self.__name__ = function.__name__
        self.__globals__ = getattr(function, "__globals__", {})

    def __call__(self, *arguments: Any, **keywords: Any) -> Any:
        result = self._function(*arguments, **keywords)
        try:
            pack(result)
        except Unsendable as error:
            raise NotGradable(message("returned.what", what=str(error))) from None
        return result
