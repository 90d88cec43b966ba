"""What the grader makes of one wrong version: whether it gives other results at all, whether it
loses marks, and what is found.
"""

import contextlib
import functools
import io
from dataclasses import dataclass, replace

import numpy as np

from course_utils.check.visible_check import check_findings
from course_utils.explain import Finding, fingerprint_of, first_difference
from grading.diagnosis import diagnose
from grading.diagnosis.catalogue import define, wrong_versions
from grading.diagnosis.match_mistakes import LikeStudent
from grading.diagnosis.merge_mistakes import merged_pairs
from tests.grading.diagnosis.agreement import disagreements
from tests.grading.diagnosis.catalogue_results import matcher_of, solution_of
from tests.grading.diagnosis.fresh import fresh_probes
from tests.harness import lost_marks

ROUNDED = 1e-6  # two versions that lose half of their digits lose them in other places


@dataclass(frozen=True)
class Verdict:
    """differs: whether it gives another result than the solution on any input
    lost: ids of the tests that it fails
    findings: what it is told
    said: what the visible check says of it
    disagreements: what of that the grader does not bear out
    misnamed: whether it was named as a mistake that gives other results than it does
    """

    differs: bool
    lost: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    said: tuple[Finding, ...] = ()
    disagreements: tuple[str, ...] = ()
    misnamed: bool = False

    @property
    def told(self):
        """Whether a finding says more than that values differ: a mistake, how, where or when."""
        return any(_way(finding) != "plain" or finding.located for finding in self.findings)

    @property
    def way(self):
        """The kind of the first finding, for values the relation; "none" without one."""
        return _way(self.findings[0]) if self.findings else "none"

    @property
    def names_a_mistake(self):
        return self.way == "mistake"


def _way(finding):
    return finding.relation if finding.kind == "value" else finding.kind


@functools.cache
def judge(function, code):
    """The `Verdict` on a version of a function."""
    matcher = matcher_of(function)
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        findings = tuple(diagnose(define(function, code, matcher.names), matcher))
        said = tuple(check_findings(define(function, code, matcher.names), function))
        if not (findings or said or acts_otherwise(function, code)):
            return Verdict(differs=False)
        return Verdict(
            differs=True,
            lost=tuple(lost_marks(function, code)),
            findings=findings,
            said=said,
            disagreements=tuple(disagreements(function, code, matcher, said, findings)),
            misnamed=_is_misnamed(function, code, findings),
        )


def acts_otherwise(function, code):
    """Whether a version gives another result than the solution, on inputs that no test has."""
    return not _agree(function, code, solution_of(function))


def _is_misnamed(function, code, findings):
    """Whether a version is named as a mistake, or two, that act otherwise than it does."""
    named = {finding.idea for finding in findings if finding.kind == "mistake"}
    return bool(named) and not any(
        _agree(function, code, other, ROUNDED) for other in _codes_making(function, named)
    )


def _codes_making(function, ideas):
    """Code that makes just these mistakes."""
    if len(ideas) == 1:
        return [mistake.code for mistake in wrong_versions(function) if mistake.idea in ideas]
    return [
        code
        for mistakes, code in pairs_of(function)
        if {mistake.idea for mistake in mistakes} == ideas
    ]


def pairs_of(function):
    """Every two mistakes of the catalogue that can be made in one function, with code for both."""
    return [(pair.mistakes, pair.code) for pair in merged_pairs(function, solution_of(function))]


def _agree(function, code, other, rtol=0.0):
    probes = [_loosened(probe, rtol) for probe in fresh_probes(function)]
    return all(map(_is_same, probes, _calls(function, code), _calls(function, other)))


def _loosened(probe, rtol):
    """The probe with a relative tolerance of at least `rtol`."""
    tolerance = probe.tolerance
    return replace(probe, tolerance=replace(tolerance, rtol=max(rtol, tolerance.rtol)))


@functools.lru_cache(maxsize=200)
def _calls(function, code):
    version = LikeStudent(define(function, code, matcher_of(function).names))
    return [probe.call(version) for probe in fresh_probes(function)]


def _is_same(probe, actual, expected):
    """Whether two calls gave the same: the result, what was changed and printed, or the error."""
    if actual.error or expected.error:
        return actual.error == expected.error
    exact, allowed = probe.fingerprint_tolerance, probe.tolerance
    is_close = not first_difference(
        actual.result,
        expected.result,
        rtol=allowed.rtol,
        atol=allowed.atol,
        extra_keys=allowed.extra_keys,
    )
    is_same_result = is_close or fingerprint_of(actual).like(
        fingerprint_of(expected), exact.rtol, exact.atol
    )
    return is_same_result and _behaviour(actual) == _behaviour(expected)


def _behaviour(call):
    return call.changed, call.repeatable, call.verdict
