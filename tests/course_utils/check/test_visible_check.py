"""The visible checks: what they accept, what they refuse, and the words they use."""

import contextlib

import numpy as np
import pytest

from course_utils.check import CheckFailed, check
from course_utils.check.visible_check import check_findings
from course_utils.explain import describe, first_difference
from course_utils.messages.catalogue import known_codes, template_of
from tests.course_utils.explain.errors.raising import defined
from tests.harness import solution

ARRAY = np.array([[1.0, 2.0], [3.0, 4.0]])


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (ARRAY + 1e-12, ARRAY),
        ({"b": 1, "a": ARRAY}, {"a": ARRAY, "b": 1}),
        ([ARRAY, 2.0], (ARRAY, 2.0)),
        (np.float64(8.0), 8),
        (np.array(8.0), 8),
        (8, 8.0),
        (np.array([[True, False]]), np.array([[1, 0]])),
        (np.array([[1.0, 0.0]]), np.array([[1, 0]])),
        (np.array([np.inf]), np.array([np.inf])),
    ],
)
def test_what_counts_as_the_same(actual, expected):
    assert first_difference(actual, expected) is None


@pytest.mark.parametrize(
    ("actual", "expected", "kind", "where"),
    [
        (ARRAY + 1e-3, ARRAY, "value", ""),
        (ARRAY * np.nan, ARRAY, "finite", ""),
        (ARRAY.T.copy(), ARRAY, "value", ""),
        (ARRAY.ravel(), ARRAY, "shape", ""),
        (ARRAY.astype(int), ARRAY, "dtype", ""),
        (ARRAY.astype(complex), ARRAY, "dtype", ""),
        (ARRAY.astype(object), ARRAY, "dtype", ""),
        (ARRAY.tolist(), ARRAY, "type", ""),
        (None, ARRAY, "type", ""),
        (None, {"a": 1}, "type", ""),
        ({"a": 1}, {"a": 1, "b": 2}, "keys", ""),
        ({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}, "keys", ""),
        ({"W1": ARRAY + 1}, {"W1": ARRAY}, "value", "W1"),
        ((1, 2, 3), (1, 2), "length", ""),
        (((1, 2), ARRAY[:1]), ((1, 2), ARRAY), "shape", "result[1]"),
        ((1, (2, 9)), (1, (2, 3)), "value", "result[1][1]"),
        (np.array([8.0]), 8.0, "type", ""),
        ("8", 8, "type", ""),
        (True, 1.0, "type", ""),
        (np.True_, 1.0, "type", ""),
        (8j, 8, "type", ""),
        ([8.0], 8.0, "type", ""),
    ],
)
def test_what_counts_as_different(actual, expected, kind, where):
    difference = first_difference(actual, expected)
    assert (difference.kind, difference.where) == (kind, where)


def test_form_only_ignores_values_and_extra_keys_can_be_allowed():
    assert (
        first_difference({"a": ARRAY * 9, "b": 1.0}, {"a": ARRAY}, values=False, extra_keys=True)
        is None
    )
    assert first_difference({"a": ARRAY[:1]}, {"a": ARRAY}, values=False).kind == "shape"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (np.zeros((2, 3)), "an array of shape (2, 3) and dtype float64"),
        (None, "None (is there a return?)"),
        ({"W1": 1, "b1": 2}, "a dictionary with keys {W1, b1}"),
        ((1, 2), "a tuple of 2 items"),
        (3.5, "3.5"),
        (object(), "a value of type object"),
    ],
)
def test_values_in_words(value, text):
    assert f"{describe(value)}" == text


def failing(function):
    with pytest.raises(CheckFailed) as caught:
        check(function)
    return str(caught.value)


def test_a_failing_check_says_input_expected_got_and_asks():
    def initialize_parameters_zeros(layers_dims):
        return {
            "W1": np.zeros((2, 4)),
            "b1": np.zeros((4, 1)),
            "W2": np.zeros((1, 4)),
            "b2": np.zeros((1, 1)),
        }

    lines = failing(initialize_parameters_zeros).split("\n")
    assert lines[0] == "✗ initialize_parameters_zeros: not yet"
    assert lines[1] == "  input     layers_dims = [2, 4, 1]"
    assert lines[2] == "  expected  W1: shape (4, 2)"
    assert lines[3] == "  got       W1: shape (2, 4)"
    assert lines[4].startswith("  found     ")
    assert lines[5].startswith("  think     ")
    assert lines[5].endswith("?")


def test_an_exercise_not_yet_done_is_no_error():
    def forward_propagation(x, theta):
        raise NotImplementedError

    assert "still to be done" in failing(forward_propagation)


def test_an_error_in_the_student_s_code_is_named():
    def forward_propagation(x, theta):
        return x @ theta

    assert "TypeError" in failing(forward_propagation)


def test_changed_inputs_are_noticed():
    def initialize_parameters_zeros(layers_dims):
        parameters = {}
        for layer in range(1, len(layers_dims)):
            parameters[f"W{layer}"] = np.zeros((layers_dims[layer], layers_dims[layer - 1]))
            parameters[f"b{layer}"] = np.zeros((layers_dims[layer], 1))
        layers_dims.append(1)
        return parameters

    assert "layers_dims changed" in failing(initialize_parameters_zeros)


def test_a_wrong_verdict_is_noticed():
    space = {}
    exec(
        "def gradient_check(x, theta, epsilon=1e-7, print_msg=False):\n"
        "    up = forward_propagation(x, theta + epsilon)\n"
        "    down = forward_propagation(x, theta - epsilon)\n"
        "    slope, exact = (up - down) / (2 * epsilon), backward_propagation(x, theta)\n"
        "    if print_msg: print('There is a mistake')\n"
        "    return abs(slope - exact) / (abs(slope) + abs(exact))\n",
        space,
    )
    assert "a verdict that the gradient is right" in failing(space["gradient_check"])


def test_a_function_without_a_check_is_told_which_there_are():
    def initialise_parameters_zeros(layers_dims):
        return {}

    told = failing(initialise_parameters_zeros)
    assert "no exercise called initialise_parameters_zeros" in told
    assert "initialize_parameters_zeros, initialize_parameters_random" in told
    assert "gradient_check" not in told  # of another notebook


def test_a_function_is_also_known_by_the_name_it_is_bound_to(capsys):
    space = {}
    exec("forward_propagation = lambda x, theta: theta * x", space)
    check(space["forward_propagation"])
    assert "✓ forward_propagation" in capsys.readouterr().out


def test_a_check_is_made_on_right_versions_of_what_the_function_calls(capsys):
    space = {}
    exec(
        "def forward_propagation(x, theta): return 0\n"
        "def gradient_check(x, theta, epsilon=1e-7, print_msg=False):\n"
        "    up = forward_propagation(x, theta + epsilon)\n"
        "    down = forward_propagation(x, theta - epsilon)\n"
        "    slope = (up - down) / (2 * epsilon)\n"
        "    print('works perfectly fine')\n"
        "    return abs(slope - x) / (abs(slope) + abs(x))\n",
        space,
    )
    check(space["gradient_check"])
    assert "✓ gradient_check" in capsys.readouterr().out


def test_a_passing_check_says_what_the_hidden_tests_will_try(capsys):
    def forward_propagation(x, theta):
        return theta * x

    check(forward_propagation)
    assert capsys.readouterr().out.startswith(
        "✓ forward_propagation: the check passes on its one example. The hidden tests also try "
        "other"
    )


def test_a_passing_check_says_on_how_many_examples(capsys):
    check(solution("linear_activation_forward"))
    said = capsys.readouterr().out
    assert said.startswith("✓ linear_activation_forward: the check passes on its 2 examples.")


NUDGED = """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    costs = np.zeros((3, 1))
    theta = np.ones((3, 1))
    {line}
    return costs
"""


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("costs[0] = forward_propagation_n(X, Y, parameters)", "mistake"),
        ("costs[0] = theta, theta", "error"),  # which Python tells in the same words
    ],
)
def test_a_known_mistake_is_named_only_where_its_helper_is_called(line, kind):
    function = defined(NUDGED.format(line=line), "gradient_check_n")
    (finding, *_) = check_findings(function, "gradient_check_n")
    assert finding.kind == kind


CHECKED = """
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    up = forward_propagation({up})
    grad = backward_propagation({grad})
    return up - grad
"""


@pytest.mark.parametrize(
    ("arguments", "kind", "named"),
    [
        ({"up": "theta"}, "call-missing", "forward_propagation"),  # its calls are watched
        ({"grad": "theta"}, "call-missing", "backward_propagation"),  # these are not
        ({"up": "x, theta, epsilon"}, "call-many", "forward_propagation"),
        ({"grad": "x, theta=theta, epsilon=1"}, "call-unexpected", "backward_propagation"),
    ],
)
def test_a_call_of_a_given_function_is_told_by_its_own_name(arguments, kind, named):
    cell = CHECKED.format(**{"up": "x, theta", "grad": "x, theta"} | arguments)
    (finding, *_) = check_findings(defined(cell, "gradient_check"), "gradient_check")
    assert finding.code == f"error.{kind}.found"
    assert f"`{named}`" in finding.found_text
    assert f"{finding.got}".startswith(f"TypeError: {named}() ")


def test_jupyter_shows_the_message_without_a_traceback():
    assert CheckFailed("first\nsecond")._render_traceback_() == ["first", "second"]


TITLE = "hint.question"  # of the first step of a hint
QUESTIONS = [code for code in known_codes() if "question" in code.split(".") and code != TITLE]


@pytest.mark.parametrize("code", QUESTIONS)
def test_every_question_is_a_question_of_at_most_40_words(code):
    question = template_of(code)
    assert "?" in question
    assert len(question.split()) <= 40


class Graded:
    """A function as the grader has it: of a process of its own."""

    def __init__(self, function):
        self.__name__, self._function = function.__name__, function

    def __call__(self, *arguments, **keywords):
        return self._function(*arguments, **keywords)

    @contextlib.contextmanager
    def using_stubs(self, stubs):
        yield


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (lambda sizes: {"W1": np.zeros((2, 4))}, "expected the keys"),
        (lambda sizes: 1 / 0, "ZeroDivisionError: division by zero"),
    ],
)
def test_a_check_that_fails_in_grading_only_says_so(make, found):
    """The grader writes what it finds out, on all its inputs, in its place."""

    def initialize_parameters_zeros(layers_dims):
        return make(layers_dims)

    said = failing(Graded(initialize_parameters_zeros))
    assert said.startswith("The check of initialize_parameters_zeros does not pass: ")
    assert found in said
    assert "\n" not in said


def test_a_check_that_passes_in_grading_says_so_as_in_a_notebook(capsys):
    check(Graded(solution("initialize_parameters_zeros")))
    assert capsys.readouterr().out.startswith("✓ initialize_parameters_zeros: the check passes")
