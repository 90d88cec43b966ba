"""What holds on one input by chance is not said: it must hold on all, and could have failed."""

import numpy as np
import pytest

from course_utils.check.exercise_observation import messages_of
from course_utils.explain import (
    Call,
    Observation,
    WatchedStub,
    findings_from,
    fingerprint_of,
    input_quantities,
    perturbation_code,
)
from course_utils.explain.inputs import Signature, describe_inputs
from course_utils.explain.relations import relations_between
from course_utils.messages import Message, Verbatim
from course_utils.messages.exercise_messages import ExerciseMessages

RNG = np.random.RandomState(0)
A, B, C = (RNG.randn(3, 4) for _ in range(3))


def observation(actual, expected, **fields):
    return Observation(Verbatim("it"), Call(actual), Call(expected), **fields)


def first_code(*observations):
    """The code of what is found first."""
    return findings_from(list(observations), ExerciseMessages())[0].code


def wrong_in(array, rows=slice(None), columns=slice(None)):
    other = array.copy()
    other[rows, columns] += 1 + RNG.rand(*other[rows, columns].shape)
    return other


def parts(name, *pairs):
    return [observation({name: actual}, {name: expected}) for actual, expected in pairs]


def test_a_row_is_told_where_it_is_the_same_one_in_several_observations():
    last = (-1, None)
    both = [(wrong_in(array, slice(*last)), array) for array in (A, B)]
    assert first_code(*parts("W1", *both)) == "value.rows.last.entries"
    assert first_code(*parts("W1", both[0])) == "value.entries.entries"
    first = (wrong_in(B, slice(0, 1)), B)
    assert first_code(*parts("W1", both[0], first)) == "value.entries.entries"


def test_a_row_with_a_right_entry_is_not_wrong_as_a_row():
    pairs = [(wrong_in(array, slice(-1, None), slice(0, 2)), array) for array in (A, B)]
    assert first_code(*parts("W1", *pairs)) == "value.entries.entries"


def test_zeros_that_are_right_are_no_right_entries():
    pairs = [
        (np.hstack([other, np.zeros((3, 1))]), np.hstack([array, np.zeros((3, 1))]))
        for other, array in ((A**3, A), (B**3, B))
    ]
    assert first_code(*parts("A3", *pairs)) == "value.plain.entries"


def test_what_should_be_zero_is_told_so_and_not_as_one_minus_or_off_by_one():
    assert first_code(*parts("b1", (np.ones((4, 1)), np.zeros((4, 1))))) == (
        "value.nonzero.entries"
    )


@pytest.mark.parametrize("actual", [1 - 0.3, 0.3**2, 0.3**0.5, 1 / 0.3])
def test_one_pair_of_numbers_proves_no_arithmetic(actual):
    assert first_code(observation(actual, 0.3)) == "value.plain.result"


def test_too_large_each_time_takes_many_inputs():
    pairs = [observation(expected + shift, expected) for expected, shift in zip(range(2, 8), A[0])]
    larger = [observation(x**1.5 + 0.1 * x, x) for x in (2.0, 3.0, 5.0, 7.0, 11.0, 13.0)]
    assert first_code(*larger) == "value.larger.result"
    assert first_code(*larger[:3]) == "value.plain.result"
    assert first_code(*pairs) != "value.larger.result"


def test_a_factor_seen_once_may_change_like_those_of_its_sisters():
    first = observation({"W1": 2 * A, "W2": 3 * B}, {"W1": A, "W2": B})
    second = observation({"W1": 5 * C}, {"W1": C})
    (finding,) = findings_from([first, second], ExerciseMessages())
    assert finding.code == "value.factor.changing.entries"
    assert finding.parts == ("W1", "W2")
    assert finding.question.code == "question.value"


def test_no_array_is_a_part_of_a_relative_difference():
    def measured(actual, expected, stub=None):
        return observation(
            actual, expected, ingredients={"W1": A}, quantities={"epsilon": 1e-7}, watched_stub=stub
        )

    pairs = [(0.3 + 2 * A.sum(), 0.3), (0.9 + 2 * A.sum(), 0.9)]
    assert first_code(*(measured(*pair) for pair in pairs)).startswith("value.offset")
    stub = WatchedStub("forward", step="epsilon")
    different = [(0.3 + 2 * A.sum(), 0.3), (0.9 + 2 * B.sum(), 0.9)]
    assert not first_code(*(measured(*pair, stub) for pair in different)).startswith("value.term")


def test_layer_sizes_do_not_depend_on_the_order_of_a_dictionary():
    gradients = {"dW2": np.zeros((1, 5)), "dW1": np.zeros((5, 3))}
    quantities = input_quantities(Signature(argument_names=("gradients",)), [gradients], {})
    assert quantities["the layer sizes"] == "3-5-1"


def test_only_numbers_are_quantities_whatever_a_default_is():
    defaults = {"image_shape": (720, 1280), "mode": "max", "limit": 10}
    signature = Signature(argument_names=("x", *defaults), defaults=defaults)
    assert input_quantities(signature, [np.zeros(3), (20, 50)], {}) == {"limit": 10}


def test_a_tuple_of_numbers_is_shown_and_one_of_arrays_is_named():
    signature = Signature(argument_names=("box", "cache"))
    words = describe_inputs(signature, [(1, 2, 3.5, 4), (np.zeros(3), 2)], {})
    assert f"{words}" == "box = (1, 2, 3.5, 4), cache"


def moved(*steps):
    """A call of a gradient check that measured at theta = 4, moved by these many epsilons."""
    calls = [(2.0, 4.0 + step * 0.1) for step in steps]
    return observation(
        0.5,
        0.5,
        quantities={"epsilon": 0.1, "theta": 4.0, "x": 2.0},
        watched_stub=WatchedStub("forward", step="epsilon", point="theta", fixed="x"),
    ), Call(0.5, watched_calls=calls)


@pytest.mark.parametrize(
    ("steps", "code"), [((1, -1), ""), ((1, 0), "nudge.one_side.point"), ((2, -2), "nudge.step")]
)
def test_where_a_check_measures_tells_equal_results_apart(steps, code):
    given, call = moved(*steps)
    seen = perturbation_code(Observation(**vars(given) | {"actual": call}))
    assert seen == code
    same = fingerprint_of(call, seen).like(fingerprint_of(call), rtol=0, atol=0)
    assert same == (not code)


@pytest.mark.filterwarnings("ignore:Casting complex values")
def test_a_step_that_is_no_real_number_is_none():
    given, call = moved(1j, -1j)
    seen = perturbation_code(Observation(**vars(given) | {"actual": call}))
    assert seen == "nudge.never_moved.point"


def test_a_question_on_a_formula_is_no_question_on_the_points():
    for steps, key in (((1, -1), "formula"), ((1, 0), "value")):
        given, call = moved(*steps)
        wrong = Observation(**vars(given) | {"actual": call, "expected": Call(0.123)})
        finding = findings_from([wrong], messages_of("gradient_check_n"))[-1]
        assert isinstance(finding.question, Message)
        assert finding.question.code == f"gradient_check_n.question.{key}"


def test_a_column_of_one_number_has_always_a_factor():
    alone = np.array([[1.4, 0.0, 0.3], [0.0, 2.6, 0.2]])
    relations = relations_between(np.round(alone), alone, rtol=1e-7, atol=1e-9)
    assert "column factors" not in relations
    several = np.array([[1.4, 2.0, 0.3], [3.0, 2.6, 0.2]])
    relations = relations_between(several * [2, 3, 4], several, rtol=1e-7, atol=1e-9)
    assert "column factors" in relations
