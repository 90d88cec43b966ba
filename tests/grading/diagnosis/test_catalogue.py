"""The catalogue of known mistakes: each loses marks, is named by its own words, and no right version is accused."""

import functools

import pytest

from course_utils.assignments import WORKED_EXAMPLES
from grading.diagnosis import MistakeMatcher, diagnose
from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from grading.notebook.cells import definitions, run_cells
from tests.harness import COURSE, assignment_of, cells_of, lost_cells

FUNCTIONS = known_functions()
WRONG = [
    pytest.param(mistake, id=f"{name}.{mistake.name}")
    for name in FUNCTIONS
    for mistake in wrong_versions(name)
]
RIGHT = [
    pytest.param(version, id=f"{name}.{version.name}")
    for name in FUNCTIONS
    for version in right_versions(name)
]


@functools.cache
def suspects(function):
    """The known mistakes of a function, among the reference solutions."""
    assignment = assignment_of(function)
    names = run_cells(definitions(list(cells_of(assignment))), COURSE.source(assignment))
    cell = next(
        cell for cell in cells_of(assignment) if cell.solution and cell.function == function
    )
    return MistakeMatcher(function, names, cell.source)


def findings(version):
    """What is found on a version of the catalogue."""
    known = suspects(version.function)
    return diagnose(version.define(known.names), known)


def words(text):
    return len(text.split())


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_loses_marks_and_only_for_its_own_function(mistake):
    lost = lost_cells(mistake.function, mistake.code)
    assert lost
    assert {cell.partition("-")[0] for cell in lost} == {mistake.function}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_named_by_its_own_words(mistake):
    found = findings(mistake)
    assert [finding.idea for finding in found] == [mistake.idea]
    assert found[0].found == mistake.found


@pytest.mark.parametrize("mistake", WRONG)
def test_the_words_of_a_mistake_are_short_lead_on_and_have_an_example(mistake):
    assert mistake.title
    assert mistake.topic
    assert mistake.found.endswith((".", "!"))
    assert mistake.question.endswith("?")
    assert 15 <= words(f"{mistake.found} {mistake.question}") <= 40
    assert mistake.example in WORKED_EXAMPLES[mistake.function]


@pytest.mark.parametrize("version", RIGHT)
def test_an_odd_but_right_solution_keeps_all_marks(version):
    assert lost_cells(version.function, version.code) == []


@pytest.mark.parametrize("version", RIGHT)
def test_an_odd_but_right_solution_is_accused_of_nothing(version):
    assert findings(version) == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_reference_solution_is_accused_of_nothing(function):
    known = suspects(function)
    assert diagnose(known.names[function], known) == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_mistakes_that_are_told_apart_have_words_of_their_own(function):
    ideas = {}
    for mistake in wrong_versions(function):
        ideas.setdefault(mistake.found, set()).add(mistake.idea)
    assert {found: names for found, names in ideas.items() if len(names) > 1} == {}


def test_the_catalogue_covers_every_graded_function():
    graded = [
        cell.function for name in COURSE.assignments for cell in cells_of(name) if cell.solution
    ]
    assert sorted(graded) == FUNCTIONS  # so that none is graded in two notebooks
    assert all(wrong_versions(name) and right_versions(name) for name in FUNCTIONS)


def test_the_catalogue_is_not_thinned_out():
    assert len(WRONG) >= 400
    assert len(RIGHT) >= 130
