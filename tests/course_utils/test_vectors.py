"""Parameters as a column and back, for networks of any size."""

import numpy as np
import pytest

from course_utils import vectors
from course_utils.vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary
from tests.course_utils.test_network import draw


@pytest.mark.parametrize("sizes", [(4, 5, 3, 1), (2, 1), (3, 7, 2, 4, 1)])
def test_there_and_back(sizes):
    _, _, parameters = draw(sizes, 1)
    theta, keys = dictionary_to_vector(parameters)
    assert theta.shape == (sum(value.size for value in parameters.values()), 1)
    assert len(keys) == len(theta)
    for back in (vector_to_dictionary(theta), vector_to_dictionary(theta.ravel(), like=parameters)):
        assert list(back) == list(parameters)
        for name in parameters:
            np.testing.assert_array_equal(back[name], parameters[name])


def test_keys_name_the_parameter_of_each_entry():
    theta, keys = dictionary_to_vector({"W1": np.array([[1.0, 2.0]]), "b1": np.array([[3.0]])})
    assert dict(zip(keys, theta.ravel())) == {"W1": 2.0, "b1": 3.0}


def test_the_order_of_a_dictionary_does_not_matter_and_gradients_follow_it():
    values = {
        "b2": np.array([[6.0]]),
        "W2": np.array([[5.0]]),
        "b1": np.array([[3.0]]),
        "W1": np.array([[1.0, 2.0]]),
    }
    theta, _ = dictionary_to_vector(values)
    np.testing.assert_array_equal(theta.ravel(), [1, 2, 3, 5, 6])
    gradients = {"dZ1": np.zeros((9, 9))} | {f"d{key}": value for key, value in values.items()}
    np.testing.assert_array_equal(gradients_to_vector(gradients), theta)


def test_the_column_is_a_copy():
    parameters = {"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}
    theta, _ = dictionary_to_vector(parameters)
    theta += 1
    np.testing.assert_array_equal(parameters["W1"], [[1, 1]])


def test_the_classic_network_needs_no_first_call(monkeypatch):
    monkeypatch.setattr(vectors, "_shapes_by_size", {47: vectors._CLASSIC_SHAPES})
    back = vector_to_dictionary(np.arange(47.0).reshape(-1, 1))
    assert {name: value.shape for name, value in back.items()} == vectors._CLASSIC_SHAPES


@pytest.mark.parametrize("like", [None, {"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}])
def test_a_column_of_unknown_length_is_a_clear_error(like):
    with pytest.raises(ValueError, match=r"got 1001 numbers.*Call dictionary_to_vector"):
        vector_to_dictionary(np.zeros((1001, 1)), like)
