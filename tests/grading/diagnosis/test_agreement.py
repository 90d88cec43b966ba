"""Mutants and pairs of mistakes of which the check once said what the grader did not bear out.

One or two of each kind; `python -m benchmarks.mistakes` tries all.
"""

import pytest

from benchmarks.mistakes import ideas_in, names_one_of
from tests.grading.diagnosis.catalogue_results import solution_of
from tests.grading.diagnosis.judging import judge, pairs_of
from tests.grading.diagnosis.mutants import mutants_of

# By function: the new line of a mutant.
MUTANTS = [
    ("backward_propagation_n", "dZ2 = dA2 * (A2 <= 0)"),
    ("backward_propagation_n", "dW2 = 1 / m * np.dot(dZ2.T, A1.T)"),
    ("backward_propagation_n", "db1 = 1 / m * np.prod(dZ1, axis=1, keepdims=True)"),
    ("backward_propagation_n", "dW3 = 1 / m * np.dot(W3, A2.T)"),
    ("backward_propagation_n", "dA1 = np.dot(dW2.T, dZ2)"),
    ("backward_propagation_with_dropout", "dA1 = np.dot(W2.T, dA2)"),
    (
        "compute_cost_with_regularization",
        "L2_regularization_cost = lambd / (3 * m) * squares",
    ),
    ("initialize_parameters_he", "scale = np.sqrt(2 / layers_dims[-1])"),
    ("initialize_parameters_he", "scale = np.sqrt(2 / layers_dims[1])"),
]
# By function: two mistakes that are made at once.
PAIRS = [
    ("backward_propagation_n", "wrong-w", "db1-2"),
    ("backward_propagation_n", "swapped-a", "db-mean-all"),
    ("backward_propagation_with_dropout", "cache-order", "only-1"),
    ("backward_propagation_with_dropout", "cache-order", "scale-1mkp"),
    ("backward_propagation_with_dropout", "inverted-mask", "inplace-z"),
    ("backward_propagation_with_regularization", "m-hard", "w3-in-dw1"),
    ("backward_propagation_with_regularization", "decay-factor", "float32"),
    ("compute_cost_with_regularization", "no-half", "rounded"),
    ("compute_cost_with_regularization", "lambda-squared", "float32-result"),
    ("forward_propagation_with_dropout", "gt", "transposed-draw"),
    ("forward_propagation_with_dropout", "no-scale", "one-mask"),
    ("forward_propagation_with_dropout", "reseed", "masks-remembered"),
    ("forward_propagation_with_dropout", "scale-weights", "one-mask"),
    ("gradient_check", "prec-eps", "returns-none-silent"),
    ("gradient_check_n", "l1", "one-row"),
    ("gradient_check_n", "own-backward", "plus-in-numerator"),
    ("initialize_parameters_he", "random-bias", "clip-two"),
    ("initialize_parameters_he", "random-bias", "floor-div"),
    ("initialize_parameters_random", "transpose-draw", "seed-1"),
]


@pytest.mark.parametrize(("function", "line"), MUTANTS)
def test_what_the_check_says_of_a_mutant_is_true_for_the_grader(function, line):
    mutants = mutants_of(function, solution_of(function))
    (mutant,) = (mutant for mutant in mutants if mutant.after == line)
    assert judge(function, mutant.code).disagreements == ()


@pytest.mark.long
@pytest.mark.parametrize(("function", "first", "second"), PAIRS)
def test_what_the_check_says_of_two_mistakes_is_true_for_the_grader(function, first, second):
    made, code = next(
        (mistakes, code)
        for mistakes, code in pairs_of(function)
        if {mistake.name for mistake in mistakes} == {first, second}
    )
    verdict = judge(function, code)
    assert verdict.disagreements == () or names_one_of(made, verdict.said)
    assert ideas_in(verdict) <= {mistake.idea for mistake in made}
