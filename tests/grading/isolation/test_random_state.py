"""The mark of numpy's random state changes just where the state does."""

import numpy as np
import pytest

from grading.isolation.random_state import random_mark

DRAWS = {
    "one normal number, of a pair": lambda: np.random.randn(1),
    "a pair of normal numbers": lambda: np.random.randn(2),
    "uniform numbers": lambda: np.random.rand(3),
    "whole numbers": lambda: np.random.randint(9),
    "an order": lambda: np.random.permutation(5),
    "more numbers than the generator holds": lambda: np.random.rand(2000),
    "another seed": lambda: np.random.seed(8),
}


@pytest.fixture(autouse=True)
def _seeded():
    state = np.random.get_state()
    np.random.seed(7)
    yield
    np.random.set_state(state)


@pytest.mark.parametrize("draw", DRAWS.values(), ids=DRAWS)
def test_the_mark_changes_when_numbers_are_drawn(draw):
    before = random_mark()
    assert before == random_mark() != b""
    draw()
    assert random_mark() != before


def test_the_mark_changes_when_only_the_second_number_of_a_pair_is_taken():
    np.random.randn(1)
    before, numbers = random_mark(), np.random.get_state()
    np.random.randn(1)
    assert random_mark() != before
    assert np.array_equal(np.random.get_state()[1], numbers[1])


def test_the_mark_is_the_same_when_the_state_is_set_back():
    np.random.randn(3)
    before, state = random_mark(), np.random.get_state()
    np.random.rand(700)
    assert random_mark() != before
    np.random.set_state(state)
    assert random_mark() == before


def test_another_generator_has_no_mark():
    own = np.random.get_bit_generator()
    np.random.set_bit_generator(np.random.PCG64(1))
    try:
        assert random_mark() == b""
    finally:
        np.random.set_bit_generator(own)
