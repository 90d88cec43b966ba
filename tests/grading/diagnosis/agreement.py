"""Do the visible check and the grader say different things of one function?

The check calls it on a few public examples, the grader on many inputs. What the check says must be
true on all of those too: the mistake that it names, how a part is wrong, which parts are right,
and for which inputs the function is.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from course_utils.check.public_examples import calls_of, comparable, observe_calls
from course_utils.explain import Finding, Observation, components_of, is_misshapen
from course_utils.explain.candidates import candidates_of, known_arrays
from course_utils.explain.composition import values_of_part
from course_utils.explain.explanation import Explanation, WrongComponent, factor_of, place_of
from course_utils.explain.named_ratios import _candidates as _named_factors
from course_utils.explain.named_ratios import _symbols
from course_utils.explain.names import shown_name
from course_utils.explain.random_draws import other_draws
from course_utils.explain.wrong_parts import explanations_of, wrong_parts_in
from course_utils.messages import Message
from grading.diagnosis import MistakeMatcher
from grading.diagnosis.catalogue import define

COMPOSED = ("holds", "term", "apart", "swap")
OF_THE_EXAMPLE = ("plain", "entries")  # relations that are told of the example alone
SAYS_RIGHT = ("rest.right", "rest.all_right", "rest.follows")
FEW_DIGITS = 1e-4  # relative error of what is made of numbers that lost digits
LOST_DIGITS = 1e-6  # what they lost, relative to their size


def disagreements(
    function: str,
    code: str,
    matcher: MistakeMatcher,
    said: Sequence[Finding],
    graded: Sequence[Finding],
) -> Iterator[str]:
    """What the check says of a version of a function and the grader does not bear out.

    said, graded: the findings of the check and of the grader
    """
    if not said:
        return  # the check has one example, and may pass what loses marks
    if not graded:
        yield f"only the check says: {said[0].found_text}"
    elif said[0].kind == "mistake":
        if said[0].found not in [finding.found for finding in graded]:
            yield f"check: {said[0].found_text} grader: {graded[0].found_text}"
    elif any(finding.kind == "value" for finding in said):
        version = define(function, code, matcher.names)
        public = comparable(observe_calls(function, calls_of(version, function)))
        probed = _with_values(_probed(define(function, code, matcher.names), matcher))
        yield from _on_explanations(public, probed)
        for finding in said:
            yield from _on_places(finding, public, probed)


def _probed(version, matcher: MistakeMatcher) -> list[Observation]:
    """The grader's observations."""
    calls = [probe.call(version) for probe in matcher.probes]
    outcomes = zip(matcher.probes, calls, matcher.expected_calls)
    return [probe.observe(actual, expected) for probe, actual, expected in outcomes]


def _with_values(observations: Sequence[Observation]) -> list[Observation]:
    """Those that returned a result of the right form."""
    return [each for each in observations if not each.actual.error and not is_misshapen(each)]


def _on_explanations(public: Sequence[Observation], probed: Sequence[Observation]) -> Iterator[str]:
    """How a part is wrong must be true wherever it is."""
    wrong = wrong_parts_in(probed)
    shown = wrong_parts_in(public[:1])  # the others are not named
    for part, explanation in explanations_of(wrong_parts_in(public)).items():
        if part in shown and part in wrong and not _is_true(explanation, wrong[part]):
            yield f"{part}: {explanation}"


def _is_true(explanation: Explanation, wrongs: Sequence[WrongComponent]) -> bool:
    relation = explanation.relation
    if relation in OF_THE_EXAMPLE:
        return True
    if relation == "stream":
        return all(_are_draws(explanation, wrong) for wrong in wrongs)
    if relation in COMPOSED:
        return all(_is_composed(explanation, wrong) for wrong in wrongs)
    if not all(relation in wrong.relations or _is_certain(relation, wrong) for wrong in wrongs):
        return False
    if relation in ("rows", "columns"):
        return place_of(relation, wrongs) == explanation.place
    return relation != "factor" or explanation.factor in ("", factor_of(wrongs))


def _is_certain(relation: str, wrong: WrongComponent) -> bool:
    """Whether a relation by row or column holds of itself: of lines of one entry, no zero."""
    lengths = {"row": np.shape(wrong.expected)[1:], "column": np.shape(wrong.expected)[:1]}
    return lengths.get(relation.partition(" ")[0]) == (1,) and bool(np.all(wrong.expected))


def _are_draws(explanation: Explanation, wrong: WrongComponent) -> bool:
    """Whether the numbers were drawn as is said; a single row or column cannot be told turned."""
    found, said = other_draws(wrong.actual, wrong.expected), explanation.draws
    is_line = 1 in np.shape(wrong.expected)
    return found == said or (is_line and bool(found and said) and found.seed == said.seed)


def _is_composed(explanation: Explanation, wrong: WrongComponent) -> bool:
    """Whether a part is made of the arrays, but for digits that another mistake took away."""
    actual, expected = values_of_part(wrong.observation, wrong.name)
    if not np.isfinite(actual).all():
        return True  # infinity is told as that
    arrays = known_arrays(wrong.observation, wrong.name)
    found = candidates_of(arrays, expected.shape, explanation.arrays)
    candidates = dict(zip(found.labels, found.rows.reshape(-1, *expected.shape)))
    if not all(label in candidates for label in explanation.arrays):
        return False
    first, *others = (candidates[label] for label in explanation.arrays)
    is_part = explanation.relation == "apart"
    if is_part and actual.size == 1:
        factor = _value_of(explanation.factor, wrong.observation)
        rest = factor * (expected - first)
        return bool(np.allclose(actual - first, rest, rtol=100 * FEW_DIGITS, atol=LOST_DIGITS))
    columns = [first - other for other in others] or [first, *([expected] if is_part else [])]
    wanted = actual if explanation.relation in ("holds", "apart") else actual - expected
    return _is_made_of(wanted, columns, LOST_DIGITS * np.abs(actual).max(initial=0))


def _value_of(factor: str, observation: Observation) -> float:
    named = _named_factors(_symbols(observation), tuple(observation.ratios.items()))
    is_number = factor.lstrip("-").replace(".", "", 1).isdigit()
    return named.get(factor, float(factor) if is_number else 0.0)  # what is 0 has no name


def _is_made_of(wanted: np.ndarray, columns: Sequence[np.ndarray], room: float) -> bool:
    matrix = np.stack([column.ravel() for column in columns], axis=1)
    shares, *_ = np.linalg.lstsq(matrix, wanted.ravel(), rcond=None)
    room = room + FEW_DIGITS * np.abs(wanted).max(initial=0)
    return bool(np.abs(matrix @ shares - wanted.ravel()).max(initial=0) <= room)


def _allows(sentence: Message, wrong: Observation) -> bool:
    """Whether a sentence on where a function is right or wrong allows it to be wrong there."""
    said = dict(sentence.values)
    value = next(
        value for name, value in wrong.quantities.items() if shown_name(name) == said["name"]
    )
    match sentence.code.removeprefix("condition.").removesuffix("_words"):
        case "right_where":
            return f"{said['value']}" != _digits(value)
        case "right_up_to":
            return value > said["right"]
        case "wrong_up_to":
            return value < said["right"]
    return f"{said['value']}" == _digits(value)


def _digits(value) -> str:
    return f"{value:g}" if isinstance(value, int | float) else f"{value}"


def _on_places(
    finding: Finding, public: Sequence[Observation], probed: Sequence[Observation]
) -> Iterator[str]:
    """Which parts are right, and for which inputs the function is, must be true everywhere."""
    for sentence in finding.found:
        code = sentence.code if isinstance(sentence, Message) else ""
        if code in SAYS_RIGHT:
            names = public[0].signature.component_names
            told = set(components_of(public[0].expected.result, names)) - set(
                wrong_parts_in(public)
            )
            for part in sorted(told & set(wrong_parts_in(probed))):
                yield f"{part} is said to be right: {finding.found_text}"
        if code.startswith("condition.") and code != "condition.sometimes":
            wrong = [each for each in probed if each.difference]
            if not all(_allows(sentence, each) for each in wrong):
                yield f"{sentence} But it is wrong elsewhere too."
