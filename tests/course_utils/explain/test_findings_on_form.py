"""What is found on the form of a result: types of parts, and parts in another order."""

import copy
import itertools

import numpy as np
import pytest

from course_utils.assignments import EXERCISES
from course_utils.check.exercise_observation import as_graded, observe_example, try_example
from course_utils.check.public_results import expected_calls
from course_utils.check.visible_check import check_findings
from course_utils.explain import (
    Call,
    Observation,
    Signature,
    components_of,
    findings_from,
    independent,
)
from course_utils.messages import Verbatim
from course_utils.messages.exercise_messages import ExerciseMessages
from course_utils.network import cost_and_cache

RIGHT = {
    "W1": np.zeros((4, 2)),
    "b1": np.zeros((4, 1)),
    "W2": np.zeros((1, 4)),
    "b2": np.zeros((1, 1)),
}


def zeros_with(**parts):
    """`initialize_parameters_zeros` with some parts replaced. parts: of the expected one"""

    def initialize_parameters_zeros(layers_dims):
        parameters = {}
        for layer, (before, after) in enumerate(itertools.pairwise(layers_dims), start=1):
            parameters[f"W{layer}"] = np.zeros((after, before))
            parameters[f"b{layer}"] = np.zeros((after, 1))
        made = {name: make(parameters[name]) for name, make in parts.items() if name in parameters}
        return parameters | made

    return initialize_parameters_zeros


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"W1": lambda W: 0}, "W1 is a plain number, not an array."),
        ({"b1": lambda b: 0.0, "b2": lambda b: 0}, "b1 and b2 are plain numbers, not arrays."),
        ({"W1": np.ndarray.tolist}, "W1 is a list, not an array."),
        (dict.fromkeys(RIGHT, np.ndarray.tolist), "W1, b1, W2 and b2 are lists, not arrays."),
        ({"b2": lambda b: None}, "b2 is None, not an array of shape (1, 1)."),
    ],
)
def test_a_part_of_another_type_is_asked_about_and_not_the_return(parts, sentence):
    (finding,) = check_findings(zeros_with(**parts), "initialize_parameters_zeros")
    if finding.kind != "mistake":
        assert finding.found_text == sentence
        assert finding.question.code == "question.part_type"


def test_a_result_of_another_type_is_asked_about_at_the_return():
    def initialize_parameters_zeros(layers_dims):
        return list(RIGHT.values())

    (finding,) = check_findings(initialize_parameters_zeros, "initialize_parameters_zeros")
    assert finding.found_text == "What comes back is a list of 4 items."
    assert finding.question.code == "question.type"


NAMES = ("A2", "Z1", "A1", "W1", "A2 again")
RNG = np.random.RandomState(3)
A2, Z1, A1, W1 = (RNG.randn(*shape) for shape in ((3, 5), (3, 5), (3, 5), (3, 4)))


def on(actual, expected, names=NAMES):
    return findings_from(
        [
            Observation(
                Verbatim("it"),
                Call(actual),
                Call(expected),
                signature=Signature(component_names=names),
            )
        ],
        ExerciseMessages(),
    )


@pytest.mark.parametrize(
    ("cache", "names", "got"),
    [
        ((A1, Z1, W1, A2), "Z1 and A1", "A2, A1, Z1, W1, A2 again"),
        ((Z1, W1, A1, A2), "A1 and W1", "A2, Z1, W1, A1, A2 again"),
        ([A2, A1, W1, Z1], "Z1 and A2 again", "A2, A2 again, A1, W1, Z1"),
    ],
)
def test_of_a_cache_in_another_order_the_places_are_told(cache, names, got):
    (finding,) = on((A2, cache), (A2, (Z1, A1, W1, A2)))
    assert finding.kind == "places"
    assert finding.found_text == (
        f"All parts of the result are right, but these stand in the wrong places: {names}."
    )
    assert f"{finding.expected}" == ", ".join(NAMES)
    assert f"{finding.got}" == got


def test_parts_that_are_wrong_besides_are_not_said_to_be_right():
    findings = on((A2, (A1, Z1, 2 * W1, A2)), (A2, (Z1, A1, W1, A2)))
    assert "places" not in {finding.kind for finding in findings}


def test_the_cache_of_a_student_in_another_order():
    def forward_propagation_n(X, Y, parameters):
        cost, cache = cost_and_cache(X, Y, parameters)
        return cost, (*cache[4:], *cache[:4])

    (finding,) = check_findings(forward_propagation_n, "forward_propagation_n")
    assert finding.kind in ("places", "mistake")


@pytest.mark.parametrize(
    "name", ["backward_propagation_with_regularization", "backward_propagation_with_dropout"]
)
def test_the_form_of_a_result_has_all_its_keys(name):
    def not_begun(*arguments):
        raise NotImplementedError

    def failing(*arguments):
        return {}["a key"]

    for function in (not_begun, failing):
        (finding,) = check_findings(function, name)
        keys = {f"d{array}{layer}" for array in "ZWb" for layer in (1, 2, 3)} | {"dA1", "dA2"}
        assert all(key in f"{finding.expected}" for key in keys)


def findings_on(actual, expected):
    """The findings on one call, those that may follow from an earlier one left out."""
    observation = Observation(Verbatim("it"), Call(actual), Call(expected))
    return independent(findings_from([observation], ExerciseMessages()))


def test_more_is_to_come_only_where_it_does_not_follow():
    G = {"dW1": W1, "dW2": A1, "db1": Z1}
    assert len(findings_on(G | {"dW1": 2 * W1, "dW2": 3 * A1}, G)) == 1  # one line of a loop
    assert len(findings_on(G | {"dW1": 2 * W1, "db1": 3 * Z1}, G)) == 2
    drawn = {"W1": W1, "b1": Z1}
    assert len(findings_on({"W1": 2 * W1, "b1": 3 * Z1}, drawn)) == 1  # one draw moves the next
    assert len(findings_on({"W1": W1.T, "b1": Z1[0]}, drawn)) == 2


def test_of_wrong_forms_those_are_told_from_which_the_others_follow():
    right = {"A3": W1, "Z3": W1, "W3": W1}
    wrong = {"A3": W1[:1], "Z3": W1[:1], "W3": W1}
    (finding,) = findings_on(wrong, right)
    assert finding.found_text == "Z3 is smaller than it should be."
    (finding,) = findings_on(wrong | {"A3": W1[0]}, right)  # in another way
    assert finding.found_text == "Z3 is smaller than it should be."


def test_a_wrong_verdict_follows_from_a_wrong_difference():
    def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
        if print_msg:
            print("There is a mistake")
        return 0.25

    (finding,) = check_findings(gradient_check, "gradient_check")
    assert finding.kind != "message"
    assert EXERCISES["gradient_check"].result.verdict == "right"


@pytest.mark.parametrize("name", EXERCISES)
def test_every_part_of_a_result_has_a_name(name):
    """No finding says that "4 is larger than it should be"."""
    spec = EXERCISES[name]
    results = [call.result for call in expected_calls(name)]
    results.append((spec.result.whole or spec.result.values)())
    for result in results:
        parts = components_of(spec.result.graded_part(result), spec.signature.component_names)
        assert not any(part.isdecimal() for part in parts)


@pytest.mark.parametrize("part", ['v["dW1"]', 's["db1"]'])
def test_an_entry_of_a_dictionary_in_a_result_is_told_by_both_names(part):
    dictionary, key = part[0], part[3:6]

    def initialize_adam(parameters):
        zeros = {name: {f"d{key}": 0 * a for key, a in parameters.items()} for name in "vs"}
        zeros[dictionary][key] += 1
        return zeros["v"], zeros["s"]

    (finding,) = check_findings(initialize_adam, "initialize_adam")
    assert finding.found_text == f"Every entry of {part} should be zero. All other parts are right."


@pytest.mark.parametrize(
    ("second", "is_wrong"), [("v", True), ("dict(v)", True), ("copy.deepcopy(v)", False)]
)
def test_parts_that_are_one_array_are_told(second, is_wrong):
    names = {"np": np, "copy": copy}
    exec(
        "def initialize_adam(parameters):\n"
        "    v = {'d' + name: np.zeros(value.shape) for name, value in parameters.items()}\n"
        f"    return v, {second}\n",
        names,
    )
    call = as_graded("initialize_adam", try_example(names["initialize_adam"], "initialize_adam"))
    assert call.shared == (('s["dW1"]', 'v["dW1"]') if is_wrong else None)
    observation = observe_example("initialize_adam", call)
    found = findings_from([observation], ExerciseMessages("initialize_adam", "optimization"))
    said = (
        's["dW1"] and v["dW1"] are one array: what is written to one of them is in the other, too.'
    )
    assert [finding.found_text for finding in found] == [said] * is_wrong
