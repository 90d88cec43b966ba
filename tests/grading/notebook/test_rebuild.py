"""Rebuilding: what a student may change arrives, what a student may not change comes back."""

import copy

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum

from grading.notebook.cells import is_locked, read_notebook
from grading.notebook.rebuild import copied, deleted, rebuild, restore_tests
from tests.harness import COURSE

SOLUTION = "initialize_parameters_he"
TEST = "initialize_parameters_he-shapes"
LOCKED = "setup"


@pytest.fixture
def release():
    return read_notebook(COURSE.release("initialization"))


@pytest.fixture
def submission(release):
    return copy.deepcopy(release)


def find(notebook, grade_id):
    return next(
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def rebuilt(release, submission):
    return rebuild(copy.deepcopy(release), submission)[0]


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def test_an_untouched_submission_is_the_release(release, submission):
    assert rebuilt(release, submission) == release


def test_cells_without_ids_as_before_format_4_5_are_told_apart(release, submission):
    texts = sources(release)
    for notebook in (release, submission):
        notebook.nbformat_minor = 2
        for cell in notebook.cells:
            del cell["id"]
    result = rebuilt(release, submission)
    assert sources(result) == texts
    nbformat.validate(result)


def test_the_text_of_a_solution_cell_arrives_and_nothing_else_of_it(release, submission):
    cell = find(submission, SOLUTION)
    cell.source = "def initialize_parameters_he(layers_dims): ..."
    cell.metadata = {
        "nbgrader": {"grade_id": SOLUTION, "points": 1000, "grade": True},
        "tags": ["skip-execution"],
    }
    result = find(rebuilt(release, submission), SOLUTION)
    assert result.source == cell.source
    assert result.metadata == find(release, SOLUTION).metadata


@pytest.mark.parametrize("grade_id", [TEST, LOCKED])
def test_locked_cells_come_back(release, submission, grade_id):
    edited, deleted, moved, turned = (copy.deepcopy(submission) for _ in range(4))
    find(edited, grade_id).source = "pass"
    find(edited, grade_id).metadata["tags"] = ["skip-execution"]
    deleted.cells.remove(find(deleted, grade_id))
    cell = find(moved, grade_id)
    moved.cells.remove(cell)
    moved.cells.append(cell)
    find(turned, grade_id).cell_type = "markdown"
    for notebook in (edited, deleted, moved, turned):
        assert rebuilt(release, notebook) == release


def test_all_test_cells_deleted(release, submission):
    submission.cells = [
        cell for cell in submission.cells if not cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert rebuilt(release, submission) == release


def test_a_deleted_solution_cell_leaves_its_function_undefined(release, submission):
    submission.cells.remove(find(submission, SOLUTION))
    assert find(rebuilt(release, submission), SOLUTION).source == deleted()


def test_of_two_copies_the_last_counts(release, submission):
    at = submission.cells.index(find(submission, SOLUTION))
    second = copy.deepcopy(submission.cells[at])
    submission.cells[at].source = "first = True"
    second.source = "second = True"
    submission.cells.insert(at + 1, second)
    result, remarks = rebuild(copy.deepcopy(release), submission)
    assert find(result, SOLUTION).source == "second = True" + copied()
    assert remarks == [f"{SOLUTION}: 2 copies, the last one counted"]
    assert "first = True" not in sources(result)
    assert len(result.cells) == len(release.cells)


def test_extra_cells_stay_in_place_without_their_metadata(release, submission):
    at = submission.cells.index(find(submission, SOLUTION))
    helper = new_code_cell("helper = 1", metadata={"tags": ["skip-execution"]}, id="own-1")
    submission.cells[at:at] = [new_markdown_cell("my note", id="own-2"), helper]
    submission.cells.insert(0, new_code_cell("first = 0", id="own-3"))
    result = rebuilt(release, submission)
    position = sources(result).index("helper = 1")
    assert sources(result)[0] == "first = 0"
    assert sources(result)[position - 1] == "my note"
    assert sources(result)[position + 1] == find(release, SOLUTION).source
    assert result.cells[position].metadata == {}
    assert len({cell.id for cell in result.cells}) == len(result.cells)


@pytest.mark.parametrize("kind", [new_code_cell, new_markdown_cell])
def test_of_very_many_extra_cells_the_first_500_are_kept_with_a_note(release, submission, kind):
    make = kind("own = 1")
    submission.cells += [make] * 1_000
    find(submission, SOLUTION).source = "mine = 1"
    submission.cells += [submission.cells.pop(0)]  # a released cell behind them all is still known
    result, remarks = rebuild(copy.deepcopy(release), submission)
    assert len(result.cells) == len(release.cells) + 500
    assert find(result, SOLUTION).source == "mine = 1"
    assert remarks == [
        "of 1,000 cells of the student's own the last 500 were left out: at most 500 are run"
    ]


def test_a_notebook_whose_ids_an_editor_dropped(release, submission):
    find(submission, SOLUTION).source = "mine = 1"
    submission.cells.insert(3, new_code_cell("own = 2"))
    for cell in submission.cells:
        cell.pop("id", None)
    result = rebuilt(release, submission)
    assert len(result.cells) == len(release.cells) + 1
    assert find(result, SOLUTION).source == "mine = 1"
    assert sources(result)[3] == "own = 2"


def test_an_extra_cell_cannot_pose_as_a_test(release, submission):
    fake = new_code_cell(
        "1", metadata={"nbgrader": {"grade": True, "grade_id": "more", "points": 99}}, id="own"
    )
    submission.cells.append(fake)
    assert rebuilt(release, submission).cells[-1].metadata == {}


def test_plain_code_cells_may_be_edited_and_plain_text_may_not(release, submission):
    code = next(cell for cell in submission.cells if cell.source.startswith("train_X, train_Y"))
    text = next(cell for cell in submission.cells if cell.cell_type == "markdown")
    code.source, text.source = "train_X = 1", "other words"
    result = rebuilt(release, submission)
    assert "train_X = 1" in sources(result)
    assert "other words" not in sources(result)


def test_restored_tests_have_the_checksum_by_which_nbgrader_knows_them(release):
    restore_tests(release, read_notebook(COURSE.source("initialization")))
    locked = [cell for cell in release.cells if is_locked(cell)]
    assert "BEGIN HIDDEN TESTS" in f"{locked}"
    for cell in locked:
        assert cell.metadata.nbgrader.checksum == compute_checksum(cell)
