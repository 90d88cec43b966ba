"""Say how parts are wrong: the code of a sentence for each explanation and form of its subject."""

from collections.abc import Sequence

from course_utils.explain.explanation import CHANGING_FACTOR, Explanation
from course_utils.explain.names import RESULT, shown_names
from course_utils.explain.random_draws import OtherDraws
from course_utils.messages import Message, message

# By relation the question that is asked; "value" for all others.
QUESTIONS = {
    "stream": "random",
    "nonzero": "nonzero",
    "sign": "sign",
    "opposite": "mask",
    "complement": "sign",
    "single": "rounded",
    "rounded": "rounded",
    "transposed": "order",
    "factor": "factor",
    "offset": "offset",
    "signs": "sign",
    "order": "order",
    "nearly": "rounded",
    "leak": "leak",
    "silent": "silent",
    "slight": "rounded",
    "row offsets": "offset",
    "row factors": "factor",
    "column offsets": "offset",
    "column factors": "factor",
    "holds": "made",
    "term": "offset",
    "apart": "factor",
    "swap": "made",
    "rows": "only",
    "columns": "only",
}
# Factors that have a sentence of their own, by relation
NAMED_FACTORS = {"holds": {"1": "same"}, "term": {"1": "plus", "-1": "minus"}, "apart": {}}


def question_key(explanation: Explanation) -> str:
    """The key of the question, and of the example, that go with an explanation."""
    if explanation == CHANGING_FACTOR:
        return "ratio"
    return QUESTIONS.get(explanation.relation, "value")


def sentences_on(explanation: Explanation, names: Sequence[str], is_array: bool) -> list[Message]:
    """What is said of the parts that are wrong in this way.

    names: of the parts; is_array: whether any of them has more than one entry
    """
    if explanation.draws:
        return _on_draws(explanation.draws, names)
    subject = "entries" if is_array else "result" if tuple(names) == (RESULT,) else "numbers"
    arrays = [label.as_message() for label in explanation.arrays]
    code = f"value.{_way(explanation, is_array)}.{subject}"
    return [
        message(
            code,
            len(names),
            names=shown_names(names),
            factor=explanation.factor,
            array=arrays[:1],
            other=arrays[1:],
        )
    ]


def _way(explanation: Explanation, is_array: bool) -> str:
    """What stands for the explanation in the code of its sentence."""
    relation, factor = explanation.relation, explanation.factor
    if relation in ("rows", "columns"):
        return f"{relation}.{explanation.place}"
    if relation == "factor":
        return "factor" if factor else "factor.changing"
    if relation in ("holds", "term", "apart"):
        told = "times" if factor else "changing"
        return f"{relation}.{(NAMED_FACTORS[relation]).get(factor, told)}"
    return relation.replace(" ", "_")


def _on_draws(draws: OtherDraws, names: Sequence[str]) -> list[Message]:
    """On other random numbers: how they were drawn, and their seed."""
    found = []
    if draws.kind:
        found.append(message(f"value.stream.{draws.kind}", names=shown_names(names)))
    if draws.seed is not None:
        found.append(message("value.stream.seed", names=shown_names(names), seed=draws.seed))
    return found
