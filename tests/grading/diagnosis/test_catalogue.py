"""The catalogue: each mistake loses marks and is named, and no right version is accused.

Every version is run once for all that is asserted of it; see `catalogue_results`.
"""

import pytest

from grading.assignments.registry import known_assignments
from grading.diagnosis import diagnose
from grading.diagnosis.catalogue import known_functions, right_versions, wrong_versions
from tests.grading.diagnosis.catalogue_results import (
    FOLDER,
    audited,
    is_kept,
    matcher_of,
    result_of,
    run,
    versions_of,
)
from tests.grading.diagnosis.odd_submissions import odd_submissions
from tests.harness import COURSE, cells_of

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
ODD = [
    pytest.param(submission, id=f"{submission.function}.{submission.what}")
    for submission in odd_submissions()
]
EVERY = [
    pytest.param(version, id=f"{version.function}.{version.name}")
    for name in known_assignments()
    for version in versions_of(name)
]
AUDITED = [
    pytest.param(version, id=f"{version.function}.{version.name}")
    for name in known_assignments()
    for version in audited(name)
]


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_loses_marks_and_only_for_its_own_function(mistake):
    lost = result_of(mistake).lost
    assert lost
    assert {cell.partition("-")[0] for cell in lost} == {mistake.function}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_is_named_by_its_own_words(mistake):
    result = result_of(mistake)
    assert result.ideas == (mistake.idea,)
    assert result.found == (mistake.found,)


@pytest.mark.parametrize("version", RIGHT)
def test_an_odd_but_right_solution_keeps_all_marks(version):
    assert result_of(version).lost == ()


@pytest.mark.parametrize("version", RIGHT)
def test_an_odd_but_right_solution_is_accused_of_nothing(version):
    result = result_of(version)
    assert (result.ideas, result.found, result.said) == ((), (), ())


@pytest.mark.parametrize("submission", ODD)
def test_an_odd_submission_loses_marks_where_it_is_wrong_and_is_told_why(submission):
    result = result_of(submission.version)
    assert bool(result.lost) == bool(result.found) == (not submission.right)
    assert not (submission.right and result.said)


@pytest.mark.parametrize("submission", [param for param in ODD if param.values[0].mistake])
def test_a_common_slip_is_named_by_check_and_grader(submission):
    result = result_of(submission.version)
    assert result.ideas == (f"{submission.function}.{submission.mistake}",)
    assert result.said == result.found


@pytest.mark.parametrize("version", EVERY)
def test_the_check_and_the_grader_never_say_different_things(version):
    assert result_of(version).disagreements == ()


@pytest.mark.parametrize("assignment", [path.stem for path in sorted(FOLDER.glob("*.json"))])
def test_kept_results_are_of_the_code_as_it_is(assignment):
    """Without them every run of the tests runs all versions anew: minutes."""
    command = "python -m tests.grading.diagnosis.catalogue_results"
    assert is_kept(assignment), f"run `{command}`, look at what changed, and commit the file"


@pytest.mark.parametrize("version", AUDITED)
def test_a_kept_result_is_what_a_run_gives(version):
    assert run(version) == result_of(version)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_reference_solution_is_accused_of_nothing(function):
    matcher = matcher_of(function)
    assert diagnose(matcher.names[function], matcher) == []


def test_the_catalogue_covers_every_graded_function():
    graded = [
        cell.function for name in COURSE.assignments for cell in cells_of(name) if cell.solution
    ]
    assert sorted(graded) == FUNCTIONS  # so that none is graded in two notebooks
    assert all(wrong_versions(name) and right_versions(name) for name in FUNCTIONS)


def test_the_catalogue_is_not_thinned_out():
    assert len(WRONG) >= 400
    assert len(RIGHT) >= 130
    assert len(ODD) >= 60
