"""What is found on a wrong result without knowing the mistake.

Of what it is made, for which inputs it is right, and where a gradient check measures.
"""

import numpy as np
import pytest

from course_utils.assignments import EXERCISES
from course_utils.check.visible_check import check_findings
from course_utils.explain import Call, Observation, findings_from
from course_utils.explain.conditions import condition
from course_utils.messages import Verbatim, message
from course_utils.messages.exercise_messages import ExerciseMessages
from course_utils.network import cost_and_cache
from course_utils.vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary
from tests.harness import COURSE, cells_of

RNG = np.random.RandomState(0)
W, b, A, S, OTHER = (RNG.randn(*shape) for shape in ((3, 4), (3, 1), (4, 5), (3, 5), (3, 4)))
Z = W @ A + b
INPUTS = {"W1": W, "b1": b, "A0": A, "S": S, "W2": OTHER}


def found(*pairs):
    """What is found on a part Z1, from (actual, expected) pairs."""
    observations = [
        Observation(
            input_text=Verbatim("it"),
            actual=Call({"Z1": actual}),
            expected=Call({"Z1": expected}),
            quantities={"m": m},
            ingredients=INPUTS,
        )
        for (actual, expected), m in zip(pairs, (5, 7))
    ]
    return findings_from(observations, ExerciseMessages())[0].found_text


@pytest.mark.parametrize(
    ("actual", "sentence"),
    [
        (S, "The values of Z1 are those of S."),
        (S / 5, "The values of Z1 are those of S, times 1/m."),
        (W @ A, "The values of Z1 are those of the product of W1 and A0."),
        (Z + b, "The values of Z1 are what they should be plus b1."),
        (Z - 2 * S, "The values of Z1 are off by S, times -2."),
        (Z - 3.1 * S, "The values of Z1 are not what they should be."),  # seen once, may change
        (Z * 0.87, "The values of Z1 are not what they should be."),
        (
            OTHER @ A + b,
            "In Z1, the product of W2 and A0 is used where the product of W1 and A0 is expected.",
        ),
        (
            3 * Z + 0.7 * S,
            "Apart from a share of S, the values of Z1 are what they should be times 3.",
        ),
        (Z * (1 + 1e-7 * S), "Every entry of Z1 is right in its first digits only."),
        (Z + np.array([[1.0], [2], [5]]), "Each row of Z1 is off by a number of its own."),
        (
            Z * np.array([[1.0, 2, 3, 4, 5]]),
            "Each column of Z1 is what it should be times a number of its own.",
        ),
        (np.maximum(Z, 0), "Some entries of Z1 are zero and should not be. The others are right."),
        (Z**3, "The values of Z1 are not what they should be."),
    ],
)
def test_of_what_a_wrong_part_is_made(actual, sentence):
    assert found((actual, Z)) == sentence


def test_entries_that_should_be_zero():
    assert found((Z, np.maximum(Z, 0))).startswith("Some entries of Z1 should be zero and are not.")


def test_parts_of_a_wrong_form_are_told_and_not_those_whose_values_follow():
    actual, expected = Call({"D1": Z[:1], "A1": S}), Call({"D1": Z, "A1": np.maximum(Z, 0)})
    findings = findings_from([Observation(Verbatim("it"), actual, expected)], ExerciseMessages())
    assert [finding.found_text for finding in findings] == ["D1 is smaller than it should be."]


@pytest.mark.parametrize(
    ("actual", "expected", "sentence"),
    [
        (np.nan, 2.0, "The result holds NaN or infinity."),
        (Z.astype(complex), Z, "The result has dtype complex128, not floating-point numbers."),
        (Z.T, Z, "Rows and columns of the result have changed places."),
        (Z.ravel(), Z, "The result is flat: it has one dimension too few."),
        (Z.reshape(1, 15), Z, "The result has the right number of entries in another shape."),
        (Z[:1], Z, "The result is smaller than it should be."),
        (np.vstack([Z, Z]), Z, "The result is larger than it should be."),
        (OTHER @ A + b, Z, "In the result, the product of W2 and A0 is used where"),
    ],
)
def test_a_result_without_parts(actual, expected, sentence):
    observation = Observation(
        Verbatim("it"), Call(actual), Call(expected), ingredients=INPUTS, quantities={"m": 5}
    )
    (finding,) = findings_from([observation], ExerciseMessages())
    assert finding.found_text.startswith(sentence)


def test_single_numbers_prove_something_only_together():
    first, second = (4.0, 1.0), (9.0, 6.0)
    assert "off by" not in found(first)
    assert found(first, second) == "Z1 is off by the same number each time."


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ([3, 3], [5, 7], "It is right where m = 3."),
        ([0], [5, 7], "It is right where m = 0."),
        ([4], [5, 5, 7], ""),
        ([3, 4], [5, 5], "It is wrong only where m = 5."),
        ([3, 4], [5, 7], "It is right up to m = 4, and wrong from m = 5 on."),
        ([8, 9], [5, 7], "It is wrong up to m = 7, and right from m = 8 on."),
        ([3, 1, 5, 1], [1, 1], "It is wrong only where m = 1, though not each time."),
        ([3, 1], [1, 1], ""),  # few inputs say nothing
        ([3], [5, 5], ""),
        ([3, 5], [5, 5], ""),  # a number that all share may be chance
        (["2-3-1", "4-5-1"], ["4-5-1", "4-5-1"], ""),
        ([3, 6], [5, 7], ""),
        ([], [5], ""),
        (["2-3-1", "2-3-1"], ["4-5-1"], "It is right where m is 2-3-1."),
    ],
)
def test_for_which_inputs_it_is_right(right, wrong, sentence):
    def observations(values):
        return [
            Observation(Verbatim("it"), Call(), Call(), quantities={"m": value}) for value in values
        ]

    found = condition(observations(right), observations(wrong))
    assert f"{found or ''}" == sentence


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ([(6, 0.3), (6, 0.3)], [(5, 0.1), (4, 0.2)], ""),  # either may be chance
        ([(1, 0.3), (1, 0.3)], [(5, 0.1), (4, 0.2)], "It is right where m = 1."),
        ([(1, 0), (1, 0)], [(5, 0.1), (4, 0.2)], ""),
        ([(6, 0.3), (6, 0.4)], [(5, 0.3), (4, 0.2)], "It is right where m = 6."),
        ([(6, 0.3), (6, 0.4)], [(5, 0.1), (4, 0.1)], "It is right where m = 6."),
    ],
)
def test_of_quantities_that_go_together_the_special_one_is_named(right, wrong, sentence):
    def observations(pairs):
        return [
            Observation(Verbatim("it"), Call(), Call(), quantities=dict(zip(("m", "rate"), pair)))
            for pair in pairs
        ]

    found = condition(observations(right), observations(wrong))
    assert f"{found or ''}" == sentence


def test_infinity_is_told_only_where_no_wrong_numbers_say_more():
    assert found((Z * np.inf, Z), (2 * OTHER, OTHER)).endswith("should be times 2.")
    assert "NaN or infinity" in found((Z * np.inf, Z), (OTHER, OTHER))


def test_where_nothing_is_shared_it_is_right_for_some_inputs():
    assert found((Z**3, Z), (Z, Z)).endswith("It is right for some inputs, and wrong for others.")


@pytest.mark.parametrize(("actual", "is_named"), [(2.0, True), (7.0, False)])
def test_another_input_is_named_only_where_its_result_is_right(actual, is_named):
    failed = Observation(Verbatim("here"), Call(error="ValueError: no"), Call(1.0))
    answered = Observation(Verbatim("there"), Call(actual), Call(2.0))
    (finding,) = findings_from([failed, answered], ExerciseMessages())
    assert ("For another input the result is right: there." in finding.found_text) == is_named


def checker(points):
    """A gradient check that measures at `points(theta, i, epsilon)`."""

    def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
        theta, grad = dictionary_to_vector(parameters)[0], gradients_to_vector(gradients)
        costs = [
            [ask(X, Y, point)[0] for point in points(theta, i, epsilon)] for i in range(len(theta))
        ]
        approx = np.array([[(up - down) / (2 * epsilon)] for up, down in costs])
        difference = np.linalg.norm(grad - approx) / (np.linalg.norm(grad) + np.linalg.norm(approx))
        print("a mistake" if difference > 2e-7 else "fine")
        return difference

    def ask(X, Y, point):
        return gradient_check_n.__globals__["forward_propagation_n"](
            X, Y, vector_to_dictionary(point)
        )

    gradient_check_n.__globals__.setdefault("forward_propagation_n", cost_and_cache)
    return gradient_check_n


def unit(theta, i):
    return np.eye(len(theta))[:, [i]]


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        (
            lambda theta, i, e: (theta + e, theta - e),
            "More than one entry is moved in 94 of 94 calls of forward_propagation_n.",
        ),
        (
            lambda theta, i, e: (theta + e * unit(theta, i), theta),
            "Each entry is moved to one side only.",
        ),
        (
            lambda theta, i, e: (theta + e * unit(theta, 0), theta - e * unit(theta, 0)),
            "46 of 47 entries are never moved.",
        ),
        (
            lambda theta, i, e: (theta + 3 * e * unit(theta, i), theta - e * unit(theta, i)),
            "A nudge is 3 times epsilon.",
        ),
    ],
)
def test_where_a_gradient_check_measures(points, sentence):
    findings = check_findings(checker(points), "gradient_check_n")
    assert sentence in [finding.found_text for finding in findings] or findings[0].kind == "mistake"


def test_a_step_that_is_lost_in_rounding_is_no_mistake():
    space = {}
    exec(
        "def gradient_check(x, theta, epsilon=1e-7, print_msg=False):\n"
        "    up = forward_propagation(x, theta + epsilon)\n"
        "    down = forward_propagation(x, theta - epsilon)\n"
        "    slope, exact = (up - down) / (2 * epsilon), backward_propagation(x, theta)\n"
        "    return (slope - exact) ** 2 / (abs(slope) + abs(exact))\n",
        space,
    )
    findings = check_findings(space["gradient_check"], "gradient_check")
    assert findings
    assert findings[0].kind != "nudge"


def test_a_right_gradient_check_is_accused_of_nothing():
    def points(theta, i, epsilon):
        return theta + epsilon * unit(theta, i), theta - epsilon * unit(theta, i)

    assert check_findings(checker(points), "gradient_check_n") == []


# What a hidden test calls, and what the sentence of a check that passes must say of it.
IDEAS = {
    "keeps_inputs": "stay",
    "has_separate_arrays": "in both",
    "repeats": "second call",
    "says": "verdict",
}


@pytest.mark.parametrize("name", EXERCISES)
def test_a_check_that_passes_leaves_no_idea_of_the_hidden_tests_out(name):
    tests = [
        cell.source
        for assignment in COURSE.assignments
        for cell in cells_of(assignment)
        if cell.grade and cell.function == name
    ]
    told = str(message(f"{name}.hidden_tests"))
    for call, idea in IDEAS.items():
        if any(f"{call}({name}" in source for source in tests):
            assert idea in told
