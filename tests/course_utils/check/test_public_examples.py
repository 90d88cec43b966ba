"""What a check says of a function that fails it: on its own example, borne out by the others."""

import numpy as np

from course_utils.check.public_examples import calls_of, examples_of, observe_calls
from course_utils.check.visible_check import check_findings


def network(layers_dims, W=np.zeros, b=np.zeros):
    """Parameters of the right shapes. W, b: make the arrays of a shape"""
    parameters = {}
    for layer in range(1, len(layers_dims)):
        parameters[f"W{layer}"] = W((layers_dims[layer], layers_dims[layer - 1]))
        parameters[f"b{layer}"] = b((layers_dims[layer], 1))
    return parameters


def codes(function, name):
    return [finding.code for finding in check_findings(function, name)]


def test_what_another_example_shows_is_not_said_of_a_function_that_passes():
    def initialize_parameters_zeros(layers_dims):
        return network(layers_dims[:3])

    assert codes(initialize_parameters_zeros, "initialize_parameters_zeros") == []


def test_an_error_elsewhere_does_not_hide_what_is_wrong_here():
    def initialize_parameters_zeros(layers_dims):
        if len(layers_dims) != 3:
            raise ValueError("three layers only")
        return network(layers_dims, b=np.ones)

    assert codes(initialize_parameters_zeros, "initialize_parameters_zeros") == [
        "value.nonzero.entries"
    ]


def test_a_form_that_is_wrong_elsewhere_does_not_hide_what_the_call_does_here():
    def initialize_parameters_zeros(layers_dims):
        sizes = list(layers_dims[:3])
        layers_dims.append(1)
        return network(sizes)

    assert codes(initialize_parameters_zeros, "initialize_parameters_zeros") == ["changed.found"]


def test_a_relation_must_hold_on_every_example():
    """On the check's own example all layers but one have the same number of inputs as it."""

    def initialize_parameters_he(layers_dims):
        np.random.seed(3)
        sizes = iter(layers_dims)
        return network(
            layers_dims, W=lambda shape: np.random.randn(*shape) * np.sqrt(2 / next(sizes)) / 2
        )

    def initialize_parameters_by_depth(layers_dims):
        np.random.seed(3)
        sizes = iter(layers_dims)
        return network(
            layers_dims,
            W=lambda shape: np.random.randn(*shape) * np.sqrt(2 / next(sizes)) * len(layers_dims),
        )

    name = "initialize_parameters_he"
    assert codes(initialize_parameters_he, name) == ["value.factor.entries"]
    assert codes(initialize_parameters_by_depth, name) == ["value.factor.changing.entries"]


def test_only_parts_of_the_example_that_is_shown_are_named():
    """Another example has a W3; the check's own ends with W2."""

    def initialize_parameters_zeros(layers_dims):
        return network(layers_dims, W=np.ones, b=np.ones)

    (finding,) = check_findings(initialize_parameters_zeros, "initialize_parameters_zeros")
    assert f"{finding.input_text}" == "layers_dims = [2, 4, 1]"
    assert finding.found_text == "Every entry of W1, b1, W2 and b2 should be zero."


def test_a_relation_is_told_of_the_part_where_it_begins():
    """Of the dropout pass only A3 is compared; what is said is said of A2."""

    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        np.random.seed(1)
        W1, b1, W2, b2, W3, b3 = parameters.values()
        Z1 = W1 @ X + b1
        D1 = np.random.rand(*Z1.shape) < keep_prob
        A1 = np.maximum(Z1, 0) * D1 / keep_prob
        Z2 = W2 @ A1 + b2
        D2 = np.random.rand(*Z2.shape) < keep_prob
        A2 = np.maximum(Z2, 0) * D2 * 3
        Z3 = W3 @ A2 + b3
        A3 = 1 / (1 + np.exp(-Z3))
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

    name = "forward_propagation_with_dropout"
    (finding,) = check_findings(forward_propagation_with_dropout, name)
    assert finding.parts == ("A2",)
    assert finding.relation == "factor"


def test_the_random_state_is_as_it_was():
    def initialize_parameters_random(layers_dims):
        return network(layers_dims, W=lambda shape: np.random.randn(*shape))

    np.random.seed(7)
    calls = calls_of(initialize_parameters_random, "initialize_parameters_random")
    drawn = np.random.rand()
    np.random.seed(7)
    assert drawn == np.random.rand()
    observations = observe_calls("initialize_parameters_random", calls)
    assert len(observations) == len(examples_of("initialize_parameters_random")) == len(calls)
