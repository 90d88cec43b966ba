"""Findings on values: the form is right, the numbers are not."""

from dataclasses import dataclass

import numpy as np

from course_utils.checks.compare import describe
from course_utils.checks.factors import name_factor
from course_utils.checks.forms import describe_form
from course_utils.checks.parts import origins, parts_of, series
from course_utils.checks.relations import KINDS, relations
from course_utils.checks.streams import other_stream
from course_utils.checks.tries import Try, shown_first
from course_utils.checks.words import sentence

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
    "rows": ("only {value} of {them} is wrong", "only"),
    "columns": ("only {value} of {them} is wrong", "only"),
    "entries": ("some entries of {them} are right and others wrong", "value"),
    "larger": ("{it} is too large each time", "value"),
    "smaller": ("{it} is too small each time", "value"),
}  # fmt: skip


@dataclass(frozen=True)
class Wrong:
    """A part that is wrong in a try. held: the `relations` between what came and what was wanted."""

    one: Try
    got: object
    wanted: object
    held: dict


def value_findings(tries, words):
    """One finding for each way in which parts are wrong that follow from no other wrong part."""
    right = [one for one in tries if not one.difference]
    seen = _wrong_parts([one for one in tries if one.difference])
    ways = {}  # by relation: the parts
    for name in origins(list(seen)):
        ways.setdefault(_relation(seen[name]), []).append(name)
    return [_finding(kind, names, seen, right, words) for kind, names in ways.items()]


def _wrong_parts(wrong):
    """By part: its `Wrong`s, one for every try in which it is wrong."""
    seen = {}
    for one in wrong:
        got, wanted = parts_of(one.got.result, one.names), parts_of(one.wanted.result, one.names)
        for name, value in wanted.items():
            held = relations(got[name], value, one.rtol, one.atol) if name in got else {}
            if held != {"same": None}:
                seen.setdefault(name, []).append(Wrong(one, got.get(name), value, held))
    return seen


def _relation(wrongs):
    """The first relation that holds in every try and says something; "plain" where none does."""
    if _stream(wrongs):
        return "stream"
    holding = (kind for kind in KINDS if all(kind in wrong.held for wrong in wrongs))
    return next((kind for kind in holding if _says(kind, wrongs)), "plain")


def _says(kind, wrongs):
    """Whether a relation says something: between two single numbers many hold by chance."""
    if np.size(wrongs[0].wanted) > 1:
        return True
    if kind == "factor":
        return bool(_factor(wrongs))
    if kind == "offset":
        return len(wrongs) > 1 and _steady([wrong.held["offset"] for wrong in wrongs])
    return kind not in ("larger", "smaller") or len(wrongs) > 1


def _factor(wrongs):
    """The factor in words; "" where it has no name and changes."""
    values = [wrong.held["factor"] for wrong in wrongs]
    steady = _steady(values) and (len(values) > 1 or np.size(wrongs[0].wanted) > 1)
    return name_factor(values, [wrong.one.known for wrong in wrongs]) or (
        f"{values[0]:.4g}" if steady else ""
    )


def _steady(values):
    return bool(np.allclose(values, values[0], rtol=1e-6))


def _finding(kind, names, seen, right, words):
    wrongs = [wrong for name in names for wrong in seen[name]]
    one = shown_first([wrong.one for wrong in seen[names[0]]])
    shown = next(wrong for wrong in seen[names[0]] if wrong.one is one)
    template, key = WAYS[kind]
    them = series(names) or "the result"
    it = f"every entry of {them}" if np.size(shown.wanted) > 1 else them
    found = sentence(template.format(it=it, them=them, value=_value(kind, wrongs)))
    more = _condition(right, [wrong.one for wrong in wrongs]) or _rest(names, seen, one)
    label = f"{names[0]}: " if names[0] else ""
    expected = _shown(shown.wanted) if names[0] in one.open else describe_form(shown.wanted)
    got = _shown(shown.got) if one.public else f"{describe_form(shown.got)}, other values"
    return words.finding("value", one, f"{found} {more}".strip(), label + expected, label + got, key)


def _value(kind, wrongs):
    """What a relation says beyond its kind."""
    if kind == "stream":
        return _stream(wrongs)
    if kind == "factor":
        return _factor(wrongs) or "a number that changes"
    if kind in ("rows", "columns"):
        values, line = {wrong.held[kind] for wrong in wrongs}, kind.removesuffix("s")
        return (
            f"the {values.pop()} {line}"
            if len(values) == 1 and values != {"some"}
            else f"one {line} or another"
        )
    return ""


def _stream(wrongs):
    wrong = next((wrong for wrong in wrongs if wrong.one.public), wrongs[0])
    return other_stream(wrong.got, wrong.wanted)


def _condition(right, wrong):
    """When it is right, in words; "" where it never is."""
    if not right:
        return ""
    for name in wrong[0].known:
        good, bad = ({repr(one.known.get(name)) for one in tries} for tries in (right, wrong))
        if good & bad or "None" in good | bad:
            continue
        if len(good) == 1:
            return f"It is right where {name} {_is(right[0].known[name])}."
        if len(bad) == 1 and len(wrong) > 1:
            return f"It is wrong only where {name} {_is(wrong[0].known[name])}."
    return "It is right for some inputs, and wrong for others."


def _is(value):
    return f"is {value}" if isinstance(value, str) else f"= {value:g}"


def _rest(names, seen, one):
    """Which parts are right, where there are any."""
    parts = [name for name in parts_of(one.wanted.result, one.names) if name not in seen]
    if not parts or names == [""]:
        return ""
    if len(parts) <= 3:
        return f"{series(parts)} {'is' if len(parts) == 1 else 'are'} right."
    after = [name for name in seen if name not in names]
    return "What follows from it is wrong too; the rest is right." if after else "All other parts are right."


def _shown(value):
    if np.ndim(value):
        return f"{describe(value)}:\n{np.array2string(np.asarray(value), precision=8, threshold=40)}"
    return f"{value!r}"
