"""Which findings are about something else: those that one wrong line need not explain together."""

from collections.abc import Iterable

from course_utils.explain.components import follows, kind_of
from course_utils.explain.finding import Finding
from course_utils.explain.structure_findings import KINDS as OF_FORM


def independent(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, without those that may follow from what an earlier one is about."""
    kept: list[Finding] = []
    for finding in findings:
        if not any(_may_follow(finding, earlier) for earlier in kept):
            kept.append(finding)
    return kept


def _may_follow(finding: Finding, earlier: Finding) -> bool:
    """Whether one wrong line may explain both.

    Not where a call writes to its arguments, or does not repeat, and prints a wrong verdict on a
    right result; and not where the forms, or the gradients, of arrays of different kinds are wrong:
    no line makes both a W and a b.
    """
    if finding.kind == "message":
        return earlier.kind not in ("changed", "shared", "repeats")
    pairs = [(part, other) for part in finding.parts for other in earlier.parts]
    is_on_form = {finding.kind, earlier.kind} <= set(OF_FORM)
    is_on_gradients = all(part.startswith("d") for pair in pairs for part in pair)
    if not pairs or not (is_on_form or is_on_gradients):
        return True
    return any(kind_of(part) == kind_of(other) or follows(part, other) for part, other in pairs)
