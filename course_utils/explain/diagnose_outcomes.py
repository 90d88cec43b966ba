"""What can be seen of a wrong function without knowing the mistake: findings from its calls alone."""

from course_utils.explain.observation import shown_first
from course_utils.explain.perturbations import perturbation_finding
from course_utils.explain.structure_findings import KINDS, describe_structure, structure_findings
from course_utils.explain.value_findings import value_findings

TODO = "The exercise is still to be done."


def diagnose_outcomes(tries, words):
    """Findings from the tries of one function, the most fundamental first; none where all are right.

    words: the `ExerciseMessages` of the exercise
    """
    failed = [one for one in tries if one.got.error]
    if any(one.got.todo for one in failed):
        return [_todo(tries, words)]
    if halted := [one for one in failed if one.got.stopped]:
        return [_stopped(halted, words)]
    answered = [one for one in tries if not one.got.error]
    formless = [one for one in answered if (gap := one.difference) and gap.kind in KINDS]
    if failed:
        findings = [_error(failed, answered, words)]
    elif formless:
        findings = structure_findings(formless, words)
    else:
        findings = value_findings(answered, words)
    others = [
        look([one for one in answered if hit(one)], words)
        for hit, look in LOOKS
        if any(map(hit, answered))
    ]
    return [*(perturbation_finding(answered, words) if findings else []), *findings, *others]


def _todo(tries, words):
    one = shown_first(tries)
    expected = describe_structure(one.wanted.result)
    return words.finding("todo", one, TODO, expected, "nothing yet")


def _stopped(halted, words):
    one = shown_first(halted)
    found = "It came to no end by itself, or took its whole process down."
    return words.finding(
        "stopped", one, found, describe_structure(one.wanted.result), one.got.error[:300]
    )


def _error(failed, answered, words):
    one = shown_first(failed)
    found = "It stops with an error before it hands anything back."
    if answered:
        found = f"It stops with an error here, though it works with {shown_first(answered).tried}."
    return words.finding(
        "error", one, found, describe_structure(one.wanted.result), one.got.error[:300]
    )


def _changed(hit, words):
    one = shown_first(hit)
    position, where = one.got.changed
    name = one.takes[position] if position < len(one.takes) else f"argument {position + 1}"
    what = f"{name}[{where!r}]" if where and not where.startswith("result") else name
    found = f"The call writes to its caller's {what}: afterwards it is not what it was."
    return words.finding("changed", one, found, "every argument as it was", f"{what} changed")


def _again(hit, words):
    found = (
        "The same call made twice gives two different results: something from before plays a part."
    )
    one = shown_first(hit)
    return words.finding(
        "repeats", one, found, "the same result twice", "another result the second time"
    )


def _said(hit, words):
    one = shown_first(hit)
    printed = one.got.printed.strip()[:120]
    expected = (
        f"a verdict that the gradient is {one.wanted.said}"
        if one.public
        else "the verdict that fits"
    )
    found = "What it prints does not fit the difference that it found."
    return words.finding(
        "message", one, found, expected, f"printed: {printed!r}" if printed else "nothing printed"
    )


LOOKS = (
    (lambda one: bool(one.got.changed), _changed),
    (lambda one: not one.got.again, _again),
    (lambda one: one.got.said != one.wanted.said, _said),
)
