"""Findings on values: the form is right, the numbers are not."""

import numpy as np

from course_utils.explain.compare import describe
from course_utils.explain.components import components_of, origins, series
from course_utils.explain.conditions import SOMETIMES, condition
from course_utils.explain.explanation import WrongComponent, explain_component
from course_utils.explain.observation import shown_first
from course_utils.explain.relations import relations
from course_utils.explain.structure_findings import describe_structure
from course_utils.messages.exercise_messages import sentence

# By relation: what is said of {it} ("every entry of W1" or "the result") or of {them} ("W1"), and whose question is asked.
WAYS = {
    "plain": ("the values of {them} are not what they should be", "value"),
    "stream": ("{them} hold other random numbers: {value}", "random"),
    "zero": ("{it} is zero", "value"),
    "sign": ("{it} has the opposite sign", "sign"),
    "opposite": ("zeros and ones of {them} are the wrong way round", "mask"),
    "squared": ("{it} is the square of what it should be", "value"),
    "root": ("{it} is the root of what it should be", "value"),
    "reciprocal": ("{it} is one over what it should be", "value"),
    "complement": ("{it} is one minus what it should be", "sign"),
    "single": ("{it} has lost half of its digits", "rounded"),
    "rounded": ("{it} is rounded: digits are missing", "rounded"),
    "transposed": ("rows and columns of {them} have changed places", "order"),
    "factor": ("{it} is what it should be times {value}", "factor"),
    "offset": ("{it} is off by the same number", "offset"),
    "signs": ("the sizes of {them} are right, some signs are not", "sign"),
    "order": ("the numbers in {them} are right, but stand in the wrong places", "order"),
    "leak": ("the entries of {them} that should be zero are not; the others are right", "value"),
    "silent": ("some entries of {them} are zero that should not be; the others are right", "value"),
    "nearly": ("{it} is right in its first digits only", "rounded"),
    "slight": ("{it} is off by less than a millionth", "rounded"),
    "row offsets": ("each row of {them} is off by a number of its own", "offset"),
    "row factors": ("each row of {them} is what it should be times a number of its own", "factor"),
    "column offsets": ("each column of {them} is off by a number of its own", "offset"),
    "column factors": ("each column of {them} is what it should be times a number of its own", "factor"),
    "holds": ("the values of {them} are those of {value}{factor}", "made"),
    "term": ("the values of {them} are off by {value}{factor}", "offset"),
    "apart": ("apart from {value}, the values of {them} are what they should be times {factor}", "factor"),
    "swap": ("in {them} stand the numbers of {value} belong", "made"),
    "rows": ("only {value} of {them} is wrong", "only"),
    "columns": ("only {value} of {them} is wrong", "only"),
    "entries": ("some entries of {them} are right and others wrong", "value"),
    "larger": ("{it} is too large each time", "value"),
    "smaller": ("{it} is too small each time", "value"),
}  # fmt: skip


def value_findings(tries, words):
    """One finding for each way in which parts are wrong that follow from no other wrong part."""
    right = [one for one in tries if not one.difference]
    seen = _wrong_parts([one for one in tries if one.difference])
    ways = {}  # by `Explanation`: the parts
    for name in origins(list(seen)):
        ways.setdefault(explain_component(seen[name]), []).append(name)
    return [_finding(way, names, seen, right, words) for way, names in ways.items()]


def _wrong_parts(wrong):
    """By part: its `WrongComponent`s, one for every try in which it is wrong."""
    seen = {}
    for one in wrong:
        got, wanted = (
            components_of(one.got.result, one.names),
            components_of(one.wanted.result, one.names),
        )
        for name, value in wanted.items():
            held = relations(got[name], value, one.rtol, one.atol) if name in got else {}
            if held != {"same": None}:
                seen.setdefault(name, []).append(
                    WrongComponent(one, name, got.get(name), value, held)
                )
    return seen


def _finding(way, names, seen, right, words):
    wrongs = [wrong for name in names for wrong in seen[name]]
    one = shown_first([wrong.one for wrong in seen[names[0]]])
    shown = next(wrong for wrong in seen[names[0]] if wrong.one is one)
    template, key = WAYS[way.kind]
    them = series(names) or "the result"
    many = np.size(shown.wanted) > 1 or len(names) > 1
    it = f"every entry of {them}" if many else them
    found = sentence(template.format(it=it, them=them, value=way.value, factor=_times(way)))
    more = (
        condition(right, [wrong.one for wrong in wrongs])
        or _rest(names, seen, one)
        or (right and SOMETIMES)
    )
    label = f"{names[0]}: " if names[0] else ""
    expected = _shown(shown.wanted) if names[0] in one.open else describe_structure(shown.wanted)
    got = _shown(shown.got) if one.public else f"{describe_structure(shown.got)}, other values"
    return words.finding(
        "value", one, f"{found} {more or ''}".strip(), label + expected, label + got, key
    )


def _rest(names, seen, one):
    """Which parts are right, where there are any."""
    parts = [name for name in components_of(one.wanted.result, one.names) if name not in seen]
    if not parts or names == [""]:
        return ""
    if len(parts) <= 3:
        return f"{series(parts)} {'is' if len(parts) == 1 else 'are'} right."
    after = [name for name in seen if name not in names]
    return (
        "What follows from it is wrong too; the rest is right."
        if after
        else "All other parts are right."
    )


def _shown(value):
    if np.ndim(value):
        return (
            f"{describe(value)}:\n{np.array2string(np.asarray(value), precision=8, threshold=40)}"
        )
    return describe(value)


def _times(way):
    if way.kind == "apart":
        return way.factor
    return "" if way.factor == "1" else f", times {way.factor}"
