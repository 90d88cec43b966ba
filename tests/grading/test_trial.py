"""Trials: fair to every right solution, just to mistakes, and impassable for leaked answers.

A trial calls a function with inputs that are drawn for one submission alone; see grading/hidden.py.
"""

import contextlib
import functools
import io
from fractions import Fraction

import numpy as np
import pytest

from grading import hidden
from grading.assignments.registry import find_group, load_cases
from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from grading.hidden import Trial
from grading.isolation.serialization import pack
from grading.notebook.cells import definitions, run_cells
from tests.harness import COURSE, assignment_of, cells_of

SEEDS = (0, 1, 2**32 - 1)
FUNCTIONS = known_functions()

# Mistakes that show on some inputs only, and on no seeded one of a group: a trial may cost more.
SHOWS_SOMETIMES = {
    "backward_propagation.quotient-eps",  # a measured slope, by luck good to nine digits
    # the mean of relative errors, which rounding makes large where a gradient is small
    "gradient_check_n.averages",
    "gradient_check_n.default-epsilon",  # its error depends on how strongly the cost is curved
    # absolute values, which differ where a wrong gradient changes its sign
    "gradient_check_n.signs-lost",
}


@pytest.fixture(autouse=True)
def no_trial():
    """Leave the tests' own process as it was."""
    yield
    hidden.trial = None


def namespace(assignment, without=""):
    """The reference solutions of an assignment, but for one function."""
    cells = [
        cell
        for cell in definitions(list(cells_of(assignment)))
        if not (without and cell.function == without)
    ]
    return run_cells(cells, COURSE.source(assignment))


solutions = functools.cache(namespace)


def defined(function, code):
    """The function that some code defines, among reference solutions of the others."""
    names = namespace(assignment_of(function), without=function)
    exec(code, names)
    return names[function]


def all_right(function):
    """The reference solution and every right version of the catalogue, by name."""
    versions = {
        version.name: defined(function, version.code) for version in right_versions(function)
    }
    return versions | {"reference": solutions(assignment_of(function))[function]}


def lost(function, candidate, seed=None):
    """The function's test cells that fail, with the trials of a seed or with none."""
    assignment = assignment_of(function)
    hidden.trial = None if seed is None else Trial(seed, solutions(assignment))
    names = namespace(assignment, without=function) | {function: candidate}
    failed = []
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        for cell in cells_of(assignment):
            if cell.grade and cell.function == function:
                try:
                    exec(cell.source, names)
                except Exception:
                    failed.append(cell.id)
    return failed


def same_answer(candidate, case):
    """How a candidate's answer differs from the reference solution's; "" if it does not."""
    hidden.trial = Trial(0, solutions(assignment_of(case.function)))
    try:
        (actual, printed), (expected, right) = hidden.call_both(candidate, case)
        hidden.require_same_result(actual, expected, case, only=None, values=True)
        if case.keywords.get("print_msg"):
            hidden.require_same_verdict(hidden.verdict(printed), hidden.verdict(right), case)
    except hidden.WrongAnswer as error:
        return str(error)
    return ""


def cases_with_fresh_inputs(function):
    """The cases of a function on which a trial may be made."""
    return [
        case
        for case in load_cases(assignment_of(function))
        if case.function == function and case.use_fresh_inputs
    ]


# --- inputs


@pytest.mark.parametrize("function", FUNCTIONS)
def test_inputs_depend_on_seed_and_case_alone(function):
    drawn = [
        case.with_fresh_inputs(seed)
        for seed in range(5)
        for case in cases_with_fresh_inputs(function)
    ]
    contents = [pack(case.arguments()) for case in drawn]
    assert contents == [pack(case.arguments()) for case in drawn]
    assert len(set(contents)) > len(contents) / 2


@pytest.mark.parametrize("function", FUNCTIONS)
def test_inputs_are_as_many_and_of_the_same_shapes_as_the_seeded_ones(function):
    for case in cases_with_fresh_inputs(function):
        seeded, drawn = case.arguments(), case.with_fresh_inputs(7).arguments()
        assert [getattr(part, "shape", None) for part in drawn] == [
            getattr(part, "shape", None) for part in seeded
        ]


def test_the_rounding_trials_are_known_exactly_and_tell_the_formulas_apart():
    """As the seeded ones; here in exact arithmetic, but for the rounding of theta +- epsilon."""
    reference = solutions("gradient_checking")["gradient_check"]
    for case in find_group("gradient_checking/check/rounding")[1]:
        for seed in range(200):
            x, theta, *rest = case.with_fresh_inputs(seed).arguments()
            epsilon = rest[0] if rest else 1e-7
            up = Fraction(theta + epsilon) - Fraction(theta)
            down = Fraction(theta) - Fraction(theta - epsilon)
            slopes = (up + down) / 2, up, down
            ratios = [slope / Fraction(epsilon) for slope in slopes]
            centred, forward, backward = (abs(1 - ratio) / (1 + ratio) for ratio in ratios)
            assert hidden.call(reference, case, [x, theta, *rest])[0] == pytest.approx(
                float(centred), rel=1e-12
            )
            assert min(abs(centred - forward), abs(centred - backward)) > 0.01


# --- what is right


@pytest.mark.long
@pytest.mark.parametrize("function", FUNCTIONS)
def test_right_versions_give_the_same_answer_on_fresh_inputs(function):
    versions = all_right(function)
    for case in cases_with_fresh_inputs(function):
        for seed in SEEDS:
            drawn = case.with_fresh_inputs(seed)
            differing = {name: same_answer(version, drawn) for name, version in versions.items()}
            assert {name: text for name, text in differing.items() if text} == {}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_whatever_is_right_keeps_all_marks(function):
    versions = all_right(function)
    lost_by = {
        name: lost(function, version, seed) for seed, (name, version) in enumerate(versions.items())
    }
    assert {name: cells for name, cells in lost_by.items() if cells} == {}


@pytest.mark.long
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_reference_solution_keeps_all_marks_for_many_seeds(function):
    reference = solutions(assignment_of(function))[function]
    for seed in range(10):
        assert lost(function, reference, seed) == []


# --- what is wrong


@pytest.mark.long
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_mistake_loses_with_trials_just_what_it_loses_without(function):
    for number, mistake in enumerate(wrong_versions(function)):
        # defined twice: some remember earlier calls
        without = set(lost(function, defined(function, mistake.code)))
        with_trials = set(lost(function, defined(function, mistake.code), seed=number))
        assert without <= with_trials, mistake.name
        assert with_trials == without or f"{function}.{mistake.name}" in SHOWS_SOMETIMES, (
            mistake.name
        )


# --- leaked answers


def leak(function):
    """A solution that knows the answers to all seeded cases and is off by one everywhere else."""
    reference = solutions(assignment_of(function))[function]
    cases = [case for case in load_cases(assignment_of(function)) if case.function == function]
    known = {pack(case.arguments()) for case in cases}

    class Leaked:
        __name__ = function

        def __call__(self, *arguments, **keywords):
            before = pack(list(arguments))
            result = reference(*arguments, **keywords)
            return result if before in known else off_by_one(result)

        def using_stubs(self, stubs):
            return hidden.using_stubs(reference, stubs)

    return Leaked()


def off_by_one(result):
    if isinstance(result, dict):
        return {key: off_by_one(value) for key, value in result.items()}
    if isinstance(result, tuple):
        return tuple(off_by_one(part) for part in result)
    return result + 1


def value_cells(function):
    """Ids of the test cells that compare values with hidden ones."""
    cells = cells_of(assignment_of(function))
    return {
        cell.id
        for cell in cells
        if cell.grade and cell.function == function and "has_values(" in cell.source
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_cases_with_fresh_inputs(function):
    assert cases_with_fresh_inputs(function)
    assert value_cells(function)


@pytest.mark.parametrize("name", COURSE.assignments)
def test_every_group_has_a_case_with_fresh_inputs(name):
    groups = {case.name.rpartition("/")[0] for case in load_cases(name)}
    with_fresh = {
        case.name.rpartition("/")[0] for case in load_cases(name) if case.use_fresh_inputs
    }
    assert groups == with_fresh


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_leak_of_all_seeded_answers_passes_without_trials(function):
    assert set(lost(function, leak(function))) & value_cells(function) == set()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_leak_of_all_seeded_answers_loses_every_test_of_values(function, seed):
    assert value_cells(function) <= set(lost(function, leak(function), seed))
