"""The published figures that come with an assignment, and how closely they must be met."""

import json
from pathlib import Path

import numpy as np


def figures_of(name):
    """The figures of an assignment: reference_figures_NAME.json."""
    path = Path(__file__).parent / f"reference_figures_{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def agrees(actual, figure, key):
    """A result is one of a figure's expected ones, within the figure's tolerance."""
    expected = figure["expected"][key]
    np.testing.assert_allclose(actual, expected, **figure["tolerance"], err_msg=key)


def drawn(seed, *shapes):
    """Normal arrays, one after the other from a fresh stream, as the recipes say."""
    rng = np.random.RandomState(seed)
    return [rng.randn(*shape) for shape in shapes]
