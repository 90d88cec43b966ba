"""The expected results: the file agrees with the solutions, and differences are noticed."""

import sys
from dataclasses import replace

import nbformat
import numpy as np
import pytest

from grading.assignments import expected_file
from grading.assignments.case import Case
from grading.assignments.expected_file import (
    Expected,
    expected_of,
    expected_path,
    read_expected,
    write_expected,
)
from grading.assignments.registry import load_cases
from grading.authoring import answer_file, expected, public_results_file
from grading.authoring.expected import compute_expected, disagreements, refresh_expected
from grading.errors import NoExpected
from grading.notebook.cells import read_notebook
from tests.harness import COURSE

NAMES = COURSE.assignments


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_file_agrees_with_the_solutions(name):
    results = compute_expected(COURSE.source(name), name)
    assert len(results) == len(load_cases(name)) > 10
    assert disagreements(results, expected_path(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_tested_function_has_cases_and_every_expected_value_is_finite(name):
    for case in load_cases(name):
        kept = expected_of(name, case)
        leaves = [kept.result] if not isinstance(kept.result, dict | tuple) else []
        stack = [kept.result] if not leaves else []
        while stack:
            value = stack.pop()
            parts = value.values() if isinstance(value, dict) else value
            for part in parts:
                (stack if isinstance(part, dict | tuple) else leaves).append(part)
        assert leaves
        assert all(np.all(np.isfinite(leaf)) for leaf in leaves)
        assert bool(kept.verdict) == bool(case.keywords.get("print_msg"))


def test_results_of_every_kind_come_back_as_they_were_written(tmp_path):
    case = Case("group/one", "f", lambda rng: [], seed=7, rtol=1e-6, reason="because")
    result = (
        {"W1": np.arange(6.0).reshape(2, 3), "b1": np.zeros((2, 1))},
        (np.array([[True, False]]), 3.5),
        2,
    )
    write_expected(tmp_path / "x.h5", [(case, Expected(result, "right"))])
    back = read_expected(tmp_path / "x.h5")["group/one"]
    assert back.verdict == "right"
    assert list(back.result[0]) == ["W1", "b1"]
    np.testing.assert_array_equal(back.result[0]["W1"], result[0]["W1"])
    assert back.result[1][0].dtype == bool
    assert back.result[1][1] == 3.5
    assert back.result[2] == 2


@pytest.fixture
def spoilable_file(tmp_path, monkeypatch):
    """A file of expected results that a test may spoil, like those beside it."""
    monkeypatch.setattr(expected_file, "FOLDER", tmp_path)
    monkeypatch.setattr(public_results_file, "FOLDER", tmp_path)
    monkeypatch.setattr(answer_file, "FOLDER", tmp_path)
    expected_file.read_expected.cache_clear()
    yield expected_path("initialization")
    expected_file.read_expected.cache_clear()


def test_a_changed_solution_is_noticed_and_written(spoilable_file, course):
    assert refresh_expected(course, "initialization")
    assert not refresh_expected(course, "initialization")
    source = course.source("initialization")
    source.write_text(
        source.read_text().replace(
            "np.sqrt(2 / layers_dims[l - 1])", "np.sqrt((2 + l // 3) / layers_dims[l - 1])"
        )
    )
    changed = disagreements(compute_expected(source, "initialization"), spoilable_file)
    assert changed
    assert all(name.startswith("he/deep/") for name in changed)
    assert refresh_expected(course, "initialization")


MODULE = "def factor(units):\n    from more.deeper import root\n\n    return root(2 / units)\n"
IMPORTS = {
    "at the top": ("import he_factor\n\ndef initialize_parameters_he", "he_factor.factor("),
    "when called": (
        "def initialize_parameters_he",
        "__import__('importlib').import_module('he_factor').factor(",
    ),
}


@pytest.mark.parametrize("where", IMPORTS)
def test_solutions_import_modules_beside_the_source_notebook(spoilable_file, course, where):
    refresh_expected(course, "initialization")
    source = course.source("initialization")
    (source.parent / "he_factor.py").write_text(MODULE)
    (source.parent / "more").mkdir()
    (source.parent / "more" / "deeper.py").write_text("import numpy\n\nroot = numpy.sqrt\n")
    head, factor = IMPORTS[where]
    notebook = read_notebook(source)
    for cell in notebook.cells:
        cell.source = cell.source.replace("def initialize_parameters_he", head)
        cell.source = cell.source.replace(
            "np.sqrt(2 / layers_dims[l - 1])", f"{factor}layers_dims[l - 1])"
        )
    nbformat.write(notebook, source)
    assert disagreements(compute_expected(source, "initialization"), spoilable_file) == []
    assert refresh_expected(course, "initialization")  # the pairs of mistakes: of other code
    assert not refresh_expected(course, "initialization")
    assert "he_factor" not in sys.modules


def test_a_changed_tolerance_is_noticed(spoilable_file, course, monkeypatch):
    refresh_expected(course, "initialization")
    looser = [
        replace(case, rtol=1e-3) if case.name == "he/deep/one layer" else case
        for case in load_cases("initialization")
    ]
    monkeypatch.setattr(expected, "load_cases", lambda name: looser)
    results = compute_expected(course.source("initialization"), "initialization")
    assert disagreements(results, spoilable_file) == ["he/deep/one layer"]


def test_a_case_without_an_expected_result_says_what_to_run(spoilable_file):
    with pytest.raises(NoExpected, match="Run: course expected"):
        expected_of("initialization", load_cases("initialization")[0])


def test_a_half_written_file_is_never_seen(spoilable_file, course):
    refresh_expected(course, "initialization")
    before = spoilable_file.read_bytes()
    results = compute_expected(course.source("initialization"), "initialization")
    broken = [*results, (results[0][0], Expected(object()))]
    with pytest.raises((TypeError, ValueError)):
        expected.write_expected(spoilable_file, broken)
    assert spoilable_file.read_bytes() == before
