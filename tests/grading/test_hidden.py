"""The functions that hidden test cells call: each accepts what is right and tells no secrets."""

import numpy as np
import pytest

from course_utils.explain import using_stubs, verdict
from course_utils.vectors import GRADIENT_THRESHOLD
from grading import hidden
from grading.assignments.case import Case
from grading.assignments.registry import find_group, load_cases
from grading.errors import UnknownCase
from grading.hidden import (
    WrongAnswer,
    call,
    has_form,
    has_separate_arrays,
    has_values,
    keeps_inputs,
    repeats,
    says,
)
from tests.harness import COURSE, cells_of

HE = "initialization/he/shallow"
ADAM_START = "optimization/adam_start/layers"


def right(layers_dims):
    np.random.seed(3)
    parameters = {}
    for layer in range(1, len(layers_dims)):
        n, before = layers_dims[layer], layers_dims[layer - 1]
        parameters[f"W{layer}"] = np.random.randn(n, before) * np.sqrt(2 / before)
        parameters[f"b{layer}"] = np.zeros((n, 1))
    return parameters


def xavier(layers_dims):
    return {key: value / np.sqrt(2) for key, value in right(layers_dims).items()}


def flat_biases(layers_dims):
    return {
        key: value.ravel() if key[0] == "b" else value for key, value in right(layers_dims).items()
    }


@pytest.fixture
def trial():
    """As in the engine, where there is a reference solution."""
    hidden.trial = hidden.Trial(5, {"initialize_parameters_he": right})
    yield hidden.trial
    hidden.trial = None


def counting(calls):
    """A right function that notes its calls."""

    def counted(layers_dims):
        calls.append(layers_dims)
        return right(layers_dims)

    return counted


def test_what_became_of_the_inputs_is_seen_at_a_call_of_the_same_cell(trial):
    calls = []
    function = counting(calls)
    has_values(function, HE)
    made = len(calls)
    keeps_inputs(function, HE)
    assert len(calls) == made
    trial.begin_cell()
    keeps_inputs(function, HE)
    assert len(calls) > made


def test_inputs_changed_at_that_call_are_seen(trial):
    def changing(layers_dims):
        parameters = right(layers_dims)
        layers_dims.append(1)
        return parameters

    has_values(changing, HE)
    with pytest.raises(WrongAnswer):
        keeps_inputs(changing, HE)


def test_whatever_is_judged_by_its_result_is_called_anew(trial):
    calls = []
    function = counting(calls)
    has_values(function, HE)
    made = len(calls)
    for test in (has_form, has_values):
        before = len(calls)
        test(function, HE)
        assert len(calls) - before == made


def test_the_reference_solution_is_asked_once(trial):
    calls = []
    trial.solutions["initialize_parameters_he"] = counting(calls)
    for test in (has_form, has_values, has_values):
        test(right, HE)
    assert len(calls) == 1


def test_a_smaller_group_gets_the_inputs_that_the_larger_one_drew(trial):
    calls = []
    trial.solutions["initialize_parameters_he"] = counting(calls)
    for group in ("he", "he/shallow", "he/deep", "he/shallow"):
        has_values(right, f"initialization/{group}")
    assert len(calls) == len(trial.fresh) == 2  # one of the two groups had none of its own yet


def test_form_and_values_are_different_ideas():
    has_form(xavier, HE)
    with pytest.raises(WrongAnswer):
        has_values(xavier, HE)
    has_values(right, HE)


def test_an_idea_can_be_restricted_to_part_of_a_result():
    has_values(flat_biases, HE, only="W")
    with pytest.raises(WrongAnswer):
        has_values(flat_biases, HE, only="b")


def test_a_result_without_the_part_is_refused():
    for nothing in (lambda dims: None, lambda dims: [], lambda dims: {}):
        with pytest.raises(WrongAnswer):
            has_form(nothing, HE, only="W")


def test_changed_inputs_are_refused():
    keeps_inputs(right, HE)
    with pytest.raises(WrongAnswer, match="changed its inputs"):
        keeps_inputs(lambda dims: dims.pop(), HE)


@pytest.mark.parametrize("second", ["v", "dict(v)", "{key: value.T.T for key, value in v.items()}"])
def test_parts_of_a_result_that_are_one_array_are_refused(second):
    namespace = {"np": np}
    code = f"""
def initialize_adam(parameters):
    v = {{"d" + name: np.zeros(value.shape) for name, value in parameters.items()}}
    return v, {second}
"""
    exec(code, namespace)
    one_for_both = namespace["initialize_adam"]
    has_values(one_for_both, ADAM_START)
    with pytest.raises(WrongAnswer, match=r's\["dW1"\] and v\["dW1"\] are one array'):
        has_separate_arrays(one_for_both, ADAM_START)

    def apart(parameters):
        v, s = one_for_both(parameters)
        return v, {name: value.copy() for name, value in s.items()}

    has_separate_arrays(apart, ADAM_START)


def test_results_that_depend_on_earlier_calls_are_refused():
    repeats(right, HE)
    kept = {}

    def same_arrays(dims):
        return kept.setdefault(tuple(dims), right(dims))

    def unseeded(dims):
        return {"W1": np.random.randn(dims[1], dims[0])}

    for function in (same_arrays, unseeded, lambda dims: None):
        with pytest.raises(WrongAnswer):
            repeats(function, HE)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("There is a mistake in the backward propagation! difference = 0.3", "wrong"),
        ("Your backward propagation works perfectly fine! difference = 1e-10", "right"),
        ("The gradient is wrong!", "wrong"),
        ("\x1b[92mThe gradient is correct!\x1b[0m", "right"),
        ("The gradient is incorrect", "wrong"),
        ("", ""),
        ("0.3", ""),
    ],
)
def test_verdicts_in_their_usual_wordings(printed, expected):
    assert verdict(printed) == expected


def checker(x, theta, epsilon=1e-7, print_msg=False, threshold=GRADIENT_THRESHOLD):
    up, down = forward_propagation(x, theta + epsilon), forward_propagation(x, theta - epsilon)
    approx = (up - down) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    difference = abs(grad - approx) / (abs(grad) + abs(approx))
    if print_msg:
        print("There is a mistake" if difference > threshold else "works perfectly fine")
    return difference


def forward_propagation(x, theta):
    raise AssertionError("the student's own, wrong")


def backward_propagation(x, theta):
    raise AssertionError("the student's own, wrong")


def test_a_checker_is_tested_on_right_functions_even_if_the_student_s_own_are_wrong():
    for group in ("right", "exposes", "rounding"):
        has_values(checker, f"gradient_checking/check/{group}")
    says(checker, "gradient_checking/check/verdict")
    with pytest.raises(AssertionError, match="the student's own"):
        forward_propagation(1, 2)


def test_a_verdict_with_another_threshold_is_refused():
    for threshold in (1e-7, 1e-5):
        with pytest.raises(WrongAnswer, match="does not fit the difference"):
            says(
                lambda *a, t=threshold, **k: checker(*a, threshold=t, **k),
                "gradient_checking/check/verdict",
            )


def test_stubs_are_taken_away_after_an_error_too():
    space = {}
    exec("def f():\n    return helper()", space)
    with pytest.raises(ZeroDivisionError), using_stubs(space["f"], {"helper": lambda: 1 / 0}):
        space["f"]()
    assert "helper" not in space


def test_a_function_in_another_process_puts_in_the_stubs_itself():
    seen = []

    class Remote:
        def __call__(self):
            return seen[-1]["helper"]()

        def using_stubs(self, stubs):
            seen.append(stubs)
            return using_stubs(lambda: None, {})

    case = Case("g/c", "f", lambda rng: [], seed=0, stubs={"helper": lambda: 42})
    assert call(Remote(), case, []) == (42, "")


def test_messages_tell_input_and_result_but_no_expected_number():
    with pytest.raises(WrongAnswer) as caught:
        has_values(xavier, HE)
    message = str(caught.value)
    assert message == "initialize_parameters_he([3, 2, 1]): wrong values in W1."
    assert caught.value._render_traceback_() == [message]


def test_an_error_in_the_student_s_function_is_named_without_the_grader_s_frames():
    with pytest.raises(
        WrongAnswer, match=r"initialize_parameters_he\(\[3, 2, 1\]\): it raised ZeroDivisionError"
    ):
        has_values(lambda dims: 1 / 0, HE)

    def todo(dims):
        raise NotImplementedError

    with pytest.raises(WrongAnswer, match="still to be done"):
        has_form(todo, HE)


def test_unknown_groups_are_named_with_the_known_ones():
    with pytest.raises(UnknownCase, match="initialization/he/deep"):
        find_group("initialization/hee")


@pytest.mark.parametrize("name", COURSE.assignments)
def test_every_case_is_used_by_a_test_cell(name):
    text = "\n".join(cell.source for cell in cells_of(name) if cell.grade)
    unused = {
        case.name
        for case in load_cases(name)
        if not any(f'"{name}/{group}"' in text for group in groups_of(case.name))
    }
    assert unused == set()


def groups_of(case):
    """The groups that hold a case: "a/b" and "a" for "a/b/which"."""
    parts = case.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def test_the_rounding_cases_are_known_exactly():
    """At theta = 2**30 doubles are 2**-22 apart above and 2**-23 apart below.

    See grading/assignments/gradient_checking/cases.py.
    """
    _, cases = find_group("gradient_checking/check/rounding")
    for case in cases:
        x, theta, *rest = case.arguments()
        epsilon = rest[0] if rest else 1e-7
        up, down = (theta + epsilon) - theta, theta - (theta - epsilon)
        assert up != down
        ratio = (up + down) / (2 * epsilon)
        expected = abs(1 - ratio) / (1 + ratio)
        assert checker_of(x, theta, epsilon) == pytest.approx(expected, rel=1e-12)
        one_sided = [abs(1 - side / epsilon) / (1 + side / epsilon) for side in (up, down)]
        assert min(abs(value - expected) for value in one_sided) > 0.01


def checker_of(x, theta, epsilon):
    stubs = {"forward_propagation": lambda x, t: x * t, "backward_propagation": lambda x, t: x}
    with using_stubs(checker, stubs):
        return checker(x, theta, epsilon)
