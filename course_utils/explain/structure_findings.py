"""Findings on the form of a result: type, keys, length, shape, dtype, NaN."""

import numpy as np

from course_utils.explain.compare import describe, first_difference
from course_utils.explain.components import components_of, origins, series
from course_utils.explain.observation import shown_first
from course_utils.messages.exercise_messages import sentence

WHOLE = ("type", "keys", "length")
KINDS = (*WHOLE, "shape", "dtype", "finite")


def structure_findings(formless, words):
    """One finding for each way in which the form is wrong. formless: tries whose results differ in form."""
    one = shown_first(formless)
    gap = one.difference
    if gap.kind == "keys":
        return [words.finding("keys", one, _key_words(one), gap.expected, gap.got)]
    if gap.kind in WHOLE and not _in_a_part(one, gap):
        return [
            words.finding(gap.kind, one, f"What comes back is {gap.got}.", gap.expected, gap.got)
        ]
    return _part_findings(one, words)


def describe_structure(value):
    """As `describe`, without values: for what is not public."""
    return "a number" if isinstance(value, (int, float, np.number)) else describe(value)


def _in_a_part(one, gap):
    """Whether the parts can be looked at one by one: the containers are as they should be."""
    return bool(gap.where) and len(components_of(one.got.result)) == len(
        components_of(one.wanted.result)
    )


def _key_words(one):
    got, wanted = list(one.got.result), list(one.wanted.result)
    missing = [str(key) for key in wanted if key not in got]
    extra = [str(key)[:20] for key in got if key not in wanted][:6]
    absent = f"{series(missing)} {'is' if len(missing) == 1 else 'are'} missing" if missing else ""
    more = f"there {'is' if len(extra) == 1 else 'are'} also {series(extra)}"
    return sentence(
        " and ".join(filter(None, [absent, more if extra and not one.extra_keys else ""]))
    )


def _part_findings(one, words):
    """One finding for each way in which parts have a wrong form."""
    got, wanted = (
        components_of(one.got.result, one.names),
        components_of(one.wanted.result, one.names),
    )
    gaps = {name: first_difference(got.get(name), right) for name, right in wanted.items()}
    ways = {}
    for name, gap in gaps.items():
        if (
            gap is not None and gap.kind in KINDS
        ):  # a difference in values follows from those in form
            ways.setdefault((gap.kind, _way(got.get(name), wanted[name], gap)), []).append(name)
    findings = []
    for (kind, way), names in ways.items():
        names = origins(names) if kind == "finite" else names
        gap, label = gaps[names[0]], f"{names[0]}: " if names[0] else ""
        found = sentence(f"{series(names) or 'the result'} {way}")
        findings.append(words.finding(kind, one, found, label + gap.expected, label + gap.got))
    return findings


def _way(got, right, gap):
    if gap.kind == "finite":
        return "held NaN or infinity"
    if gap.kind == "dtype":
        return f"came as {np.asarray(got).dtype} where floating-point numbers belong"
    if gap.kind != "shape":
        return f"came as {describe(got)}"
    if got.shape == right.shape[::-1]:
        return "came with rows and columns in each other's place"
    if got.size == right.size and got.ndim < right.ndim:
        return "came flat: one dimension is missing"
    if got.size == right.size:
        return "came with the right number of entries in another shape"
    return f"came {'smaller' if got.size < right.size else 'larger'} than it should be"
