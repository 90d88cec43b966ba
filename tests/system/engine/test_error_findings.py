"""Errors in graded functions, on the way through a real engine: their line, their own question."""

import functools

import nbformat
import numpy as np
import pytest

from course_utils.check.visible_check import check_findings
from grading.engine.engine import grade_here
from grading.engine.job import Job
from grading.notebook.cells import grade_id_of
from tests.classes import sample
from tests.course_utils.explain.errors.raising import defined
from tests.harness import COURSE, cells_of

# By function: (what its cell defines, the code of the finding, the line, what the question names)
ERRORS = {
    "initialize_parameters_zeros": (
        """
def initialize_parameters_zeros(layers_dims):
    parameters = {}
    for l in range(1, len(layers_dims)):
        parameters["W" + l] = np.zeros((layers_dims[l], layers_dims[l - 1]))
    return parameters
""",
        ("operands-text", 5, '`"W" + l`'),
    ),
    "initialize_parameters_random": (
        """
def initialize_parameters_random(layers_dims):
    return {"W1": torch.zeros(2)
""",
        ("syntax-open", 3, "`{`"),
    ),
    "initialize_parameters_he": (
        """
# He

def initialize_parameters_he(layers_dims):
    return math.sqrt(2)
""",
        ("name-module", 5, "import `math`"),
    ),
    "compute_cost_with_regularization": (
        """
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    for name, value in parameters.iteritems():
        pass
""",
        ("attribute-python2", 3, ".iteritems"),
    ),
    "backward_propagation_with_regularization": (
        """
def backward_propagation_with_regularization(X, Y, cache, lambd):
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    dW3 = 1/m * np.dot(dZ3, A2.T)
    dZ3 = A3 - Y
    return {"dW3": dW3}
""",
        ("unbound-order", 5, "two lines"),
    ),
    "forward_propagation_with_dropout": (
        """
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W4 = parameters["W" + str(4)]
    return W4
""",
        ("key-computed", 3, '`"W" + str(4)`'),
    ),
    "backward_propagation_with_dropout": (
        """
def backward_propagation_with_dropout(X, Y, cache):
    return {}
""",
        ("signature-many", 2, "first line"),
    ),
    "forward_propagation": (
        """
def forward_propagation(x, theta):
    return np.dot(np.ones((2, 3)), np.ones((2, 3)))
""",
        ("product", 3, "np.dot(np.ones((2, 3)), np.ones((2, 3)))"),
    ),
    "backward_propagation": (
        """
def backward_propagation(x, theta):
    print x
    return x
""",
        ("syntax-print", 3, "`print`"),
    ),
    "gradient_check": (
        """
def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    return float(np.ones((1, 1)) * x)
""",
        ("scalar", 3, "float(np.ones((1, 1)) * x)"),
    ),
    "backward_propagation_n": (
        """
def backward_propagation_n(X, Y, cache):
    for i in xrange(3):
        pass
""",
        ("name-python2", 3, "xrange"),
    ),
    "gradient_check_n": (
        """
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    return forward_propagation_n(X, Y, [1, 2])
""",
        ("inside", 3, "forward_propagation_n"),
    ),
}
# Those of which Python can read the cell.
RUNNING = [name for name, (_, (kind, *_)) in ERRORS.items() if not kind.startswith("syntax")]


# As the notebooks of 2017 have it, which know no `print_msg`.
OF_2017 = """
def gradient_check(x, theta, epsilon=1e-7):
    up = forward_propagation(x, theta + epsilon)
    down = forward_propagation(x, theta - epsilon)
    slope = (up - down) / {divisor}
    grad = backward_propagation(x, theta)
    difference = np.linalg.norm(grad - slope) / (np.linalg.norm(grad) + np.linalg.norm(slope))
    if difference < 2e-7:
        print("The gradient is correct!")
    else:
        print("The gradient is wrong!")
    return difference
"""


@functools.cache
def findings_of(assignment):
    """The findings on a submission in which every function fails as `ERRORS` says."""
    return findings_on(assignment, {name: source for name, (source, _) in ERRORS.items()})


def findings_on(assignment, sources):
    """The findings on a submission that is right but for these functions."""
    notebook = sample("all-right-a", assignment)
    asked = {cell.id: cell.function for cell in cells_of(assignment) if cell.solution}
    for cell in notebook.cells:
        if (function := asked.get(grade_id_of(cell))) in sources:
            cell.source = f"# GRADED FUNCTION: {function}{sources[function]}"
    parts = [COURSE.release(assignment).read_bytes(), COURSE.source(assignment).read_bytes()]
    job = Job(assignment, *parts, nbformat.writes(notebook).encode())
    return grade_here(job).findings


@pytest.mark.parametrize("function", ERRORS)
def test_an_error_has_its_line_and_a_question_about_it(function):
    assignment = next(name for name in COURSE.assignments if function in functions_of(name))
    found = findings_of(assignment)[function][0]
    source, (kind, number, named) = ERRORS[function]
    line = source.split("\n")[number - 1].strip()
    assert found["code"] == f"error.{kind}.found"
    assert found["line"] == {"number": number, "text": line}
    assert named in found["question"]


@pytest.mark.parametrize(
    "function", [name for name in ERRORS if "syntax" not in ERRORS[name][1][0]]
)
def test_the_check_says_the_same_as_the_grader(function):
    assignment = next(name for name in COURSE.assignments if function in functions_of(name))
    graded = findings_of(assignment)[function][0]
    imported = defined(f"# GRADED FUNCTION: {function}{ERRORS[function][0]}", function, "")
    imported.__globals__["np"] = np
    checked = check_findings(imported, function)[0].as_dict()
    for key in ("code", "line", "question", "got"):
        assert checked[key] == graded[key]


@pytest.mark.parametrize(
    ("divisor", "sentence"),
    [
        ("(2 * epsilon)", "Called without print_msg, the function gives the right result."),
        ("2 * epsilon", "2"),
        ("two", "`two`"),
    ],
)
def test_a_missing_argument_hides_nothing_else(divisor, sentence):
    source = OF_2017.format(divisor=divisor)
    found = findings_on("gradient_checking", {"gradient_check": source})["gradient_check"][0]
    first = "The first line of your function lacks print_msg, which the exercise has. "
    assert found["found"].startswith(first)
    assert sentence in found["found"].removeprefix(first)
    assert found["line"]["number"] == (5 if divisor == "two" else 2)


def test_a_wrong_call_of_a_given_function_is_told_by_its_own_name():
    source = OF_2017.format(divisor="2").replace("forward_propagation(x, ", "forward_propagation(")
    found = findings_on("gradient_checking", {"gradient_check": source})["gradient_check"][0]
    missing = "forward_propagation() missing 1 required positional argument: 'theta'"
    assert found["got"] == f"TypeError: {missing}"
    assert "This line calls `forward_propagation` without theta." in found["found"]
    assert found["line"]["number"] == 3


def functions_of(assignment):
    return [cell.function for cell in cells_of(assignment) if cell.solution]
