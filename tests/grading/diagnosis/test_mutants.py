"""Mutants, which nobody wrote: each loses marks, and is told more than that values differ."""

import functools

import pytest

from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from tests.grading.diagnosis.catalogue_results import solution_of
from tests.grading.diagnosis.judging import judge
from tests.grading.diagnosis.mutants import mutants_of
from tests.grading.diagnosis.unseen import PAGE, page
from tests.harness import lost_cells, lost_marks

PER_FUNCTION = 4  # `benchmarks/mistakes.py` tries all


@functools.cache  # made by the test that asks, not by all who collect tests: they take seconds
def sample(function):
    """A few mutants from all over a function, always the same ones."""
    mutants = mutants_of(function, solution_of(function))
    return mutants[len(mutants) // 9 :: max(len(mutants) // PER_FUNCTION, 1)][:PER_FUNCTION]


FUNCTIONS = known_functions()
SAMPLED = [
    pytest.param(function, number, marks=[pytest.mark.long] * (number > 0 or at % 3 > 0))
    for at, function in enumerate(FUNCTIONS)
    for number in range(PER_FUNCTION)
]


@pytest.mark.parametrize(("function", "number"), SAMPLED)
def test_a_mutant_that_acts_otherwise_loses_marks_and_is_not_misnamed(function, number):
    mutant = sample(function)[number]
    verdict = judge(function, mutant.code)
    assert bool(verdict.lost) == verdict.differs, mutant
    assert not verdict.misnamed, mutant
    assert verdict.disagreements == (), mutant


@pytest.mark.long
def test_most_mutants_that_act_otherwise_are_told_more_than_that_values_differ():
    """`benchmarks/mistakes.py` counts them among all mutants; these are a sample."""
    verdicts = [
        judge(mutant.function, mutant.code) for name in FUNCTIONS for mutant in sample(name)
    ]
    told = [verdict.told for verdict in verdicts if verdict.differs]
    assert sum(told) >= 0.95 * len(told)


@pytest.mark.long
def test_the_mutants_are_many_and_of_all_kinds():
    mutants = [mutant for name in FUNCTIONS for mutant in mutants_of(name, solution_of(name))]
    assert len({(mutant.function, mutant.code) for mutant in mutants}) == len(mutants) > 3000
    assert len({mutant.kind for mutant in mutants}) >= 24


@pytest.mark.long
@pytest.mark.parametrize("function", FUNCTIONS)
def test_marks_are_the_same_whether_all_cells_are_run_or_those_of_the_function(function):
    for version in (*wrong_versions(function)[::9], *right_versions(function)[:1]):
        assert lost_marks(function, version.code) == lost_cells(function, version.code)


def test_the_page_on_what_the_visible_checks_do_not_see_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page()
