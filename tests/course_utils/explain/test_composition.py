"""Pairs of arrays of which one stands in the other's place."""

import numpy as np
import pytest

from course_utils.explain import Call, Observation, swaps
from course_utils.explain.candidates import Candidates
from course_utils.explain.one_array import ENOUGH, relations_with_one_array
from course_utils.messages import Verbatim

NOTHING_KNOWN = Observation(Verbatim(""), actual=Call(), expected=Call())


def table(arrays):
    """Arrays by name as candidates whose labels are their names."""
    return Candidates(list(arrays), np.array([array.ravel() for array in arrays.values()]))


@pytest.mark.parametrize("at_once", [1, 10**6])
@pytest.mark.parametrize("shape", [(1, 1), (2, 3)])
def test_pairs_are_found_by_comparing_every_entry(monkeypatch, at_once, shape):
    monkeypatch.setattr(swaps, "MOST_AT_ONCE", at_once)
    rng = np.random.RandomState(0)
    arrays = {name: rng.randn(*shape) for name in "abcdef"}
    gap = 2.0 * (arrays["b"] - arrays["e"])
    found = {}
    for there, first in arrays.items():
        for belongs, second in arrays.items():
            apart = first - second
            factor = np.vdot(gap, apart) / np.vdot(apart, apart) if apart.any() else 0
            if factor > 1e-6 and np.allclose(gap, factor * apart, rtol=1e-9):
                found[there, belongs] = factor
    swapped = swaps.swaps_between(gap, table(arrays))
    pairs = dict(swapped.pairs(NOTHING_KNOWN, named_only=False))
    assert {pair: factor for pair, (factor,) in pairs.items()} == pytest.approx(found)
    assert ("b", "e") in found


def test_pairs_must_fit_in_every_observation():
    rng = np.random.RandomState(1)
    first, second = ({name: rng.randn(1, 1) for name in "abcde"} for _ in range(2))
    gaps = [3.0 * (arrays["b"] - arrays["e"]) for arrays in (first, second)]
    swapped = swaps.swaps_between(gaps[0], table(first))
    assert len(list(swapped.pairs(NOTHING_KNOWN, named_only=False))) == 10  # one of each two names
    among = table(second).among(swapped.labels)
    both = swapped.with_next(swaps.swaps_between(gaps[1], among))
    found = dict(both.pairs(NOTHING_KNOWN, named_only=False))
    assert found["b", "e"] == pytest.approx([3, 3])
    assert all(len(factors) == 2 for factors in found.values())
    assert len(found) < 10
    # of single numbers, by chance: only what stays or has a name says something
    assert list(dict(both.pairs(NOTHING_KNOWN, named_only=True))) == [("b", "e")]


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (3, 1)])
@pytest.mark.parametrize("made_of", ["a", "term", "share", "nothing"])
def test_a_part_is_compared_with_all_arrays_at_once(shape, made_of):
    rng = np.random.RandomState(2)
    arrays = {name: rng.randn(*shape) for name in "abcdef"} | {"zero": np.zeros(shape)}
    expected = rng.randn(*shape)
    actual = {
        "a": -0.5 * arrays["a"],
        "term": expected + 3 * arrays["c"],
        "share": 0.25 * expected + 0.75 * arrays["d"],
        "nothing": rng.randn(*shape),
    }[made_of]
    found = relations_with_one_array(actual, expected, table(arrays))
    if actual.size > 1:
        held = {
            "a": {("holds", "a"): -0.5},
            "term": {("term", "c"): 3.0},
            "share": {("apart", "d"): 0.25},
            "nothing": {},
        }
        # an array of three entries is too small to be split in two shares
        is_found = made_of != "share" or actual.size >= ENOUGH
        assert found == (pytest.approx(held[made_of]) if is_found else {})
    else:  # every number is another one times a factor
        assert {label for _, label in found} >= set("abcdef")
        assert found["holds", "a"] == pytest.approx((actual / arrays["a"]).item())
        assert found["term", "c"] == pytest.approx(((actual - expected) / arrays["c"]).item())
