"""A public example is drawn once, and nobody sees a difference to drawing it each time."""

import numpy as np

from course_utils.assignments.exercise_spec import PublicExample


def seeding():
    np.random.seed(1)
    return [np.random.rand(2)]


def test_each_call_has_a_copy_of_its_own():
    draws = []
    example = PublicExample(lambda: draws.append(1) or [np.zeros(2)])
    (first,) = example.arguments()
    first += 1
    assert not example.arguments()[0].any()
    assert draws == [1]


def test_an_example_that_seeds_the_legacy_stream_does_so_each_time():
    """A function without a seed of its own gives the same at each check."""
    seeding()
    following = np.random.rand()
    example = PublicExample(seeding)
    for _ in range(2):  # the first one when the stream stands where the example leaves it
        example.arguments()
        assert np.random.rand() == following


def test_another_example_leaves_the_legacy_stream_alone():
    example = PublicExample(lambda: [0])
    np.random.seed(2)
    expected = np.random.rand(3)
    np.random.seed(2)
    numbers = []
    for _ in range(3):
        example.arguments()
        numbers.append(np.random.rand())
    assert numbers == list(expected)
