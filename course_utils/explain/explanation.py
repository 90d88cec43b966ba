"""Choose which relation between actual and expected values is told.

It is the one that says most among those that hold in every observation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from course_utils.explain.candidates import Label
from course_utils.explain.composition import compositions_of
from course_utils.explain.named_ratios import name_ratio
from course_utils.explain.observation import Observation
from course_utils.explain.one_array import ENOUGH
from course_utils.explain.random_draws import OtherDraws, other_draws
from course_utils.explain.relations import RELATIONS, WEAK, Relations
from course_utils.explain.swaps import STEADY_RTOL

MANY = 6  # inputs on which a number is hardly always too large, or too small, by chance
# Relations that hold between many pairs of numbers: a single pair proves nothing.
ARITHMETIC = ("opposite", "squared", "root", "reciprocal", "complement")


@dataclass(frozen=True)
class WrongComponent:
    """The part `name`, wrong in one observation.

    relations: see `relations_between`, of its actual and its expected values
    """

    observation: Observation
    name: str
    actual: Any
    expected: Any
    relations: Relations


@dataclass(frozen=True)
class Explanation:
    """How a part is wrong.

    relation: a key of `RELATIONS`, or "plain", "stream", "holds", "term", "apart", "swap"
    factor: of the relations that have one, in symbols or digits; "" where it changes
    arrays: of the last four relations: what the part is made of
    place: of "rows" and "columns": "first" or "last"
    draws: of "stream"
    """

    relation: str
    factor: str = ""
    arrays: tuple[Label, ...] = ()
    place: str = ""
    draws: OtherDraws | None = None


PLAIN = Explanation("plain")  # nothing is known but that the values differ
CHANGING_FACTOR = Explanation("factor")  # one that has no name, and differs from input to input

Wrongs = Sequence[WrongComponent]  # of one part, at least one


def explain_component(wrongs: Wrongs) -> Explanation:
    """How a part is wrong; `PLAIN` where no relation holds in every observation and says something.

    wrongs: the part, once for each observation in which it is wrong
    """
    if draws := _other_draws(wrongs):
        return Explanation("stream", draws=draws)
    holding = [
        relation
        for relation in RELATIONS
        if all(relation in wrong.relations for wrong in wrongs)
        and _is_informative(relation, wrongs)
    ]
    is_weak = not holding or holding[0] in WEAK
    if is_weak and (composition := _explain_by_composition(wrongs)):
        return composition
    return _explain_by_relation(holding[0], wrongs) if holding else PLAIN


def _is_informative(relation: str, wrongs: Wrongs) -> bool:
    """Whether a relation says something: between two single numbers many hold by chance."""
    if relation in ("rows", "columns"):
        return len(wrongs) > 1 and place_of(relation, wrongs) in ("first", "last")
    if relation in ("leak", "silent") and len(wrongs) == 1:
        return not _is_mask(wrongs[0].expected)  # a mask agrees with another one in many entries
    telling = sum(np.count_nonzero(wrong.expected) > 1 for wrong in wrongs)
    if telling:
        # a single number always has a factor, which proves nothing where it changes
        is_vain = relation == "factor" and telling == 1 < len(wrongs) and not factor_of(wrongs)
        return not is_vain
    if np.size(wrongs[0].expected) > 1:
        return relation != "factor" or bool(factor_of(wrongs))
    if relation in ARITHMETIC:
        return len(wrongs) > 1
    if relation == "factor":
        return bool(factor_of(wrongs))
    if relation == "offset":
        return len(wrongs) > 1 and _is_steady([wrong.relations["offset"] for wrong in wrongs])
    return relation not in ("larger", "smaller") or len(wrongs) >= MANY


def _is_mask(values: Any) -> bool:
    return bool(np.isin(values, (0, 1)).all())


def _explain_by_composition(wrongs: Wrongs) -> Explanation | None:
    """The other arrays that the part is made of in every observation; None where none are found.

    No array is a part of the relative difference that a gradient check gives.
    """
    if wrongs[0].observation.watched_stub:
        return None
    is_large = max(np.size(wrong.expected) for wrong in wrongs) >= ENOUGH
    if not is_large and len(wrongs) == 1:
        return None
    observations = [wrong.observation for wrong in wrongs]
    held = compositions_of(observations, wrongs[0].name, named_only=not is_large)
    for (relation, arrays), factors in held.items():
        if name := _name_of_factors(factors, wrongs):
            return Explanation(relation, name, arrays)
    # a factor that changes proves nothing of single numbers, nor beside a share that changes too;
    # and whether it does is not seen in one observation
    may_change = is_large and len(wrongs) > 1
    unnamed = (Explanation(relation, "", arrays) for relation, arrays in held)
    return next((each for each in unnamed if may_change and each.relation != "apart"), None)


def _explain_by_relation(relation: str, wrongs: Wrongs) -> Explanation:
    if relation == "factor":
        return Explanation(relation, factor_of(wrongs))
    if relation in ("rows", "columns"):
        return Explanation(relation, place=place_of(relation, wrongs))
    return Explanation(relation)


def place_of(relation: str, wrongs: Wrongs) -> str:
    """The place of the wrong rows or columns, where it is always the same; else "some"."""
    places = {wrong.relations[relation] for wrong in wrongs}
    return places.pop() if len(places) == 1 else "some"


def factor_of(wrongs: Wrongs) -> str:
    """The factor of the relation "factor"; "" where it has no name and changes."""
    factors = [wrong.relations["factor"] for wrong in wrongs]
    if len(factors) > 1 or np.size(wrongs[0].expected) > 1:
        return _name_of_factors(factors, wrongs)
    return name_ratio(factors, [wrong.observation for wrong in wrongs])


def _name_of_factors(factors: Sequence[float], wrongs: Wrongs) -> str:
    """The name of a factor, or its value where it was the same several times; else ""."""
    name = name_ratio(factors, [wrong.observation for wrong in wrongs])
    is_seen_to_stay = len(factors) > 1 and _is_steady(factors)
    return name or (f"{factors[0]:.4g}" if is_seen_to_stay else "")


def _is_steady(values: Sequence[float]) -> bool:
    return bool(np.allclose(values, values[0], rtol=STEADY_RTOL))


def _other_draws(wrongs: Wrongs) -> OtherDraws | None:
    wrong = next((wrong for wrong in wrongs if wrong.observation.public), wrongs[0])
    return other_draws(wrong.actual, wrong.expected)
