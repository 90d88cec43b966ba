"""Which relation between what came and what was wanted is told: the one that says most and holds in every try."""

from dataclasses import dataclass

import numpy as np

from course_utils.explain.composition import ENOUGH, compositions_of
from course_utils.explain.named_ratios import name_ratio
from course_utils.explain.observation import Observation
from course_utils.explain.random_draws import describe_other_draws
from course_utils.explain.relations import KINDS, WEAK

LINKS = {"swap": " where those of "}  # between the names of two arrays


@dataclass(frozen=True)
class WrongComponent:
    """The part `name`, wrong in a try. held: the `relations` between what came and what was wanted."""

    one: Observation
    name: str
    got: object
    wanted: object
    held: dict


@dataclass(frozen=True)
class Explanation:
    """kind: a relation; value, factor: what it says beyond that, in words"""

    kind: str
    value: str = ""
    factor: str = ""


def explain_component(wrongs):
    """The `Explanation` in which a part is wrong; "plain" where none holds in every try and says something."""
    if stream := _stream(wrongs):
        return Explanation("stream", stream)
    holding = [
        kind
        for kind in KINDS
        if all(kind in wrong.held for wrong in wrongs) and _says(kind, wrongs)
    ]
    if (not holding or holding[0] in WEAK) and (made := _made(wrongs)):
        return made
    return Explanation(holding[0], _value(holding[0], wrongs)) if holding else Explanation("plain")


def _says(kind, wrongs):
    """Whether a relation says something: between two single numbers many hold by chance."""
    if np.size(wrongs[0].wanted) > 1:
        return True
    if kind == "factor":
        return bool(_factor(wrongs))
    if kind == "offset":
        return len(wrongs) > 1 and _steady([wrong.held["offset"] for wrong in wrongs])
    return kind not in ("larger", "smaller") or len(wrongs) > 1


def _made(wrongs):
    """The way in which other arrays explain every try; None where none do."""
    large = max(np.size(wrong.wanted) for wrong in wrongs) >= ENOUGH
    if not large and len(wrongs) == 1:
        return None
    held = compositions_of([wrong.one for wrong in wrongs], wrongs[0].name)
    named = {key: words for key, factors in held.items() if (words := _in_words(factors, wrongs))}
    for kind, names in named or (held if large else ()):
        value = LINKS.get(kind, "").join(names)
        factor = named.get((kind, names), "a number that changes")
        return Explanation(
            kind, f"a share of {value}" if large and kind == "apart" else value, factor
        )
    return None


def _factor(wrongs):
    """The factor in words; "" where it has no name and changes."""
    values = [wrong.held["factor"] for wrong in wrongs]
    many = len(values) > 1 or np.size(wrongs[0].wanted) > 1
    return (
        _in_words(values, wrongs)
        if many
        else name_ratio(values, [wrong.one.known for wrong in wrongs])
    )


def _in_words(factors, wrongs):
    named = name_ratio(factors, [wrong.one.known for wrong in wrongs])
    return named or (f"{factors[0]:.4g}" if _steady(factors) else "")


def _steady(values):
    return bool(np.allclose(values, values[0], rtol=1e-6))


def _value(kind, wrongs):
    """What a relation says beyond its kind."""
    if kind == "factor":
        return _factor(wrongs) or "a number that changes"
    if kind in ("rows", "columns"):
        values, line = {wrong.held[kind] for wrong in wrongs}, kind.removesuffix("s")
        only = len(values) == 1 and values != {"some"}
        return f"the {values.pop()} {line}" if only else f"one {line} or another"
    return ""


def _stream(wrongs):
    wrong = next((wrong for wrong in wrongs if wrong.one.public), wrongs[0])
    return describe_other_draws(wrong.got, wrong.wanted)
