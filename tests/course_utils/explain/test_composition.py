"""Pairs of arrays of which one stands in the other's place."""

import numpy as np
import pytest

from course_utils.explain import composition


@pytest.mark.parametrize("at_once", [1, 10**6])
@pytest.mark.parametrize("shape", [(1, 1), (2, 3)])
def test_pairs_are_found_by_comparing_every_entry(monkeypatch, at_once, shape):
    monkeypatch.setattr(composition, "MOST_AT_ONCE", at_once)
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
    assert composition._swaps(gap, arrays) == pytest.approx(found)
    assert ("b", "e") in found
