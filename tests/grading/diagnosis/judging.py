"""What the grader makes of one wrong version: whether it acts otherwise at all, loses marks, and what is found."""

import contextlib
import functools
import io
import re
from dataclasses import dataclass, replace

import numpy as np

from course_utils.assignments import EXERCISES
from course_utils.explain.conditions import SOMETIMES
from course_utils.explain.fingerprint import fingerprint_of
from course_utils.explain.observation import Observation
from course_utils.explain.value_findings import WAYS
from grading.diagnosis import MistakeMatcher, diagnose
from grading.diagnosis.catalogue import define, wrong_versions
from grading.diagnosis.match_mistakes import LikeStudent
from grading.diagnosis.merge_mistakes import merged_pairs
from grading.notebook.cells import definitions, run_cells
from tests.grading.diagnosis.fresh import fresh_probes
from tests.harness import COURSE, assignment_of, cells_of, lost_marks

ROUNDED = 1e-6  # two versions that lose half of their digits lose them in other places
# By relation: the sentence that tells it.
SENTENCES = {
    kind: re.compile(re.sub(r"\{\w+\}", ".+", words), re.I) for kind, (words, _) in WAYS.items()
}


@dataclass(frozen=True)
class Verdict:
    """differs: whether it acts otherwise than the solution on any input; lost: ids of the tests that it fails
    found: the findings; falsely: whether it was named as a mistake that acts otherwise than it does
    """

    differs: bool
    lost: tuple = ()
    found: tuple = ()
    falsely: bool = False

    @property
    def told(self):
        """Whether a finding says more than that values differ: names a mistake, or what is wrong and where or when."""
        return any(_way(one) != "plain" or _more(one) for one in self.found)

    @property
    def way(self):
        """The kind of the first finding, for values the relation; "none" without one."""
        return _way(self.found[0]) if self.found else "none"

    @property
    def names_one(self):
        return self.way == "mistake"


def _way(finding):
    if finding.kind != "value":
        return finding.kind
    first = finding.found.partition(". ")[0].removesuffix(".")
    return next(kind for kind, sentence in SENTENCES.items() if sentence.fullmatch(first))


def _more(finding):
    """Whether anything follows the first sentence that says where or when it is wrong."""
    return finding.found.partition(". ")[2] not in ("", SOMETIMES)


@functools.cache
def suspects(function):
    """The known mistakes of a function, among the reference solutions."""
    assignment = assignment_of(function)
    names = run_cells(definitions(list(cells_of(assignment))), COURSE.source(assignment))
    return MistakeMatcher(function, names, solution_of(function))


def solution_of(function):
    """The solution cell of a function."""
    cells = cells_of(assignment_of(function))
    return next(cell.source for cell in cells if cell.solution and cell.function == function)


@functools.cache
def judge(function, code):
    """The `Verdict` on a version of a function."""
    known = suspects(function)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        defined = define(function, code, known.names)
        found = tuple(diagnose(defined, known))
        if not (found or acts_otherwise(function, code)):
            return Verdict(False)
        return Verdict(
            True, tuple(lost_marks(function, code)), found, _falsely(function, code, found)
        )


def acts_otherwise(function, code):
    """Whether a version gives another result than the solution, on inputs that no test has."""
    return not _agree(function, code, solution_of(function))


def _falsely(function, code, found):
    """Whether a version is named as a mistake, or two, that act otherwise than it does."""
    named = {finding.idea for finding in found if finding.kind == "mistake"}
    return bool(named) and not any(
        _agree(function, code, other, ROUNDED) for other in _making(function, named)
    )


def _making(function, ideas):
    """Code that makes just these mistakes."""
    if len(ideas) == 1:
        return [mistake.code for mistake in wrong_versions(function) if mistake.idea in ideas]
    return [
        code
        for mistakes, code in pairs_of(function)
        if {mistake.idea for mistake in mistakes} == ideas
    ]


def pairs_of(function):
    """Every two mistakes of the catalogue that can be made in one function, with code that makes both."""
    return merged_pairs(function, solution_of(function))


def _agree(function, one, two, rtol=0.0):
    probes = [replace(probe, rtol=max(rtol, probe.rtol)) for probe in fresh_probes(function)]
    return all(map(_right, probes, _calls(function, one), _calls(function, two)))


@functools.lru_cache(maxsize=200)
def _calls(function, code):
    answering = LikeStudent(define(function, code, suspects(function).names))
    return [probe.ask(answering) for probe in fresh_probes(function)]


def _right(probe, got, wanted):
    """Whether two calls came to the same: the result, what was changed and said, or the error."""
    if got.error or wanted.error:
        return got.error == wanted.error
    check = EXERCISES[probe.function]
    one = Observation(
        probe.tried, got, wanted, rtol=probe.rtol, atol=probe.atol, extra_keys=check.extra_keys
    )
    alike = not one.difference or fingerprint_of(got).like(
        fingerprint_of(wanted), probe.fingerprint_rtol, probe.fingerprint_atol
    )
    return alike and (got.changed, got.again, got.said) == (
        wanted.changed,
        wanted.again,
        wanted.said,
    )
