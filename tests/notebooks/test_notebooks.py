"""The notebooks themselves: they run clean, keep the agreed form, and agree with their texts."""

import base64
import functools
import itertools
import json
import re
import tomllib

import nbformat
import pytest
from nbclient import NotebookClient

from course_utils.assignments.registry import FOLDER
from course_utils.messages import DEFAULT_LANGUAGE
from grading.authoring.build import source_from_text
from grading.authoring.first_cell import install_check
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells
from tests.harness import COURSE
from tests.notebooks.numbers_in_text import numbers_not_shown

NAMES = COURSE.assignments
SLOWEST = "regularization"  # its 120,000 steps of training take a minute


def run(names):
    """The names of notebooks whose run is looked at: all but the slowest are run by CI too."""
    return [pytest.param(one, marks=pytest.mark.long if one == SLOWEST else ()) for one in names]


WIDGET = "application/vnd.jupyter.widget-view+json"
CELL_SECONDS = 90  # on 2 cores


@functools.cache
def executed(name):
    """A source notebook after it ran top to bottom in a real kernel, as for a student."""
    notebook = read_notebook(COURSE.source(name))
    client = NotebookClient(notebook, timeout=CELL_SECONDS, kernel_name="python3", resources={})
    client.create_kernel_manager()
    client.km.transport_encryption = "required"
    client.execute()
    return notebook


def outputs_of(cell):
    return cell.get("outputs", [])


@pytest.mark.parametrize("name", run(NAMES))
def test_a_source_notebook_runs_without_a_word_on_standard_error(name):
    outputs = [output for cell in executed(name).cells for output in outputs_of(cell)]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert [output for output in outputs if output.output_type == "error"] == []
    pictures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert pictures


@pytest.mark.parametrize("name", run(NAMES))
def test_every_picture_is_followed_by_words(name):
    cells = executed(name).cells
    for cell, following in itertools.pairwise(cells):
        if any("image/png" in output.get("data", {}) for output in outputs_of(cell)):
            assert following.cell_type == "markdown"
            assert following.source.startswith(("*The picture", "*The pictures")), cell.source


def is_animated(data):
    """Whether a PNG file in base64 says before its first picture that more follow."""
    return b"acTL" in base64.b64decode(data).partition(b"IDAT")[0]


@pytest.mark.parametrize("name", run(NAMES))
def test_what_moves_leaves_a_still_picture_with_words_and_is_small(name):
    outputs = [output for cell in executed(name).cells for output in outputs_of(cell)]
    widgets = [output for output in outputs if WIDGET in output.get("data", {})]
    described = [output for output in outputs if "image/png" in output.get("data", {})]
    assert all(output.metadata["image/png"]["alt"] for output in described)
    pictures = [  # a figure of matplotlib has a description beside its text
        output
        for output in described
        if output.metadata["image/png"]["alt"] == output.data["text/plain"]
    ]
    animations = [output for output in pictures if is_animated(output.data["image/png"])]
    explorers = [output for output in widgets if "image/png" in output.data]
    source = "\n".join(cell.source for cell in read_notebook(COURSE.source(name)).cells)
    assert len(explorers) == len(re.findall(r"^explore_\w+\(", source, re.MULTILINE))
    assert len(animations) == len(re.findall(r"^animate_\w+\(", source, re.MULTILINE)) <= 1
    assert len(pictures) == len(explorers) + len(animations)
    assert all(len(output.metadata["image/png"]["alt"].split()) > 20 for output in pictures)
    assert all(len(output.data["image/png"]) < 2_000_000 for output in animations)
    assert all(len(output.data["image/png"]) < 200_000 for output in explorers)


ASKING = [name for name in NAMES if (FOLDER / name / "questions.toml").exists()]  # not a new one


@pytest.mark.parametrize("name", run(ASKING))
def test_each_experiment_is_guessed_before_it_is_run(name):
    """Every question of the assignment is asked once; an outcome comes after its guess."""
    tables = tomllib.loads((FOLDER / name / "questions.toml").read_text(encoding="utf-8"))
    source = "\n".join(cell.source for cell in read_notebook(COURSE.source(name)).cells)
    calls = re.findall(rf'^(guess|reveal)\("{name}/(\w+)"', source, re.MULTILINE)
    assert calls == [(verb, guess) for guess in tables["guess"] for verb in ("guess", "reveal")]
    assert source.count(f'\nself_test("{name}")') == 1
    outputs = [output for cell in executed(name).cells for output in outputs_of(cell)]
    widgets = [output for output in outputs if WIDGET in output.get("data", {})]
    asked = [output for output in widgets if "image/png" not in output.data]
    assert len(asked) == len(tables["guess"]) + len(tables["self_test"])


@pytest.mark.parametrize("name", run(NAMES))
def test_every_number_in_the_text_is_shown_by_the_notebook(name):
    assert numbers_not_shown(executed(name)) == []


@pytest.mark.long  # it runs the slowest
def test_the_football_set_shows_what_it_is_for():
    """Overfitting is seen; L2 and dropout beat it on the test set by at least 1.5 points each."""
    printed = "".join(
        output.get("text", "")
        for cell in executed("regularization").cells
        for output in outputs_of(cell)
    )
    row = r"^(?:no regularization|L2, lambda = 0.7|dropout, fresh masks)((?: +[\d.]+%){4})$"
    rates = re.findall(row, printed, re.MULTILINE)
    (train, test), *others = ([float(rate[:-1]) for rate in row.split()[:2]] for row in rates)
    assert train - test > 3
    assert train > 92
    assert len(others) == 2
    assert all(better >= test + 1.5 for _, better in others)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_in_notebooks_and_the_source_notebook_agree(name):
    fresh = source_from_text(COURSE.text(name).read_text(encoding="utf-8"))
    setup = next(cell for cell in fresh.cells if cell.cell_type == "code")
    setup.source = install_check(COURSE, DEFAULT_LANGUAGE) + setup.source  # as `build_source` does
    assert nbformat.writes(fresh) + "\n" == COURSE.source(name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_form_that_every_notebook_keeps(name):
    notebook = read_notebook(COURSE.source(name))
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    headings = [line for text in prose for line in text.split("\n") if line.startswith("## ")]
    cells = code_cells(notebook)
    graded = [cell.function for cell in cells if cell.solution]
    assert 700 < sum(len(text.split()) for text in prose) < 2_000
    assert 5 <= sum(heading[3].isdigit() for heading in headings) <= 8
    assert "## What to remember" in headings
    assert sum(cell.points for cell in cells) == 100
    for cell in cells:
        if cell.solution:
            assert cell.source.startswith(f"# GRADED FUNCTION: {cell.function}")
    for function in graded:
        tests = [cell for cell in cells if cell.grade and cell.function == function]
        assert len(tests) >= 2
        assert all(f"({cell.points:g} point" in cell.source for cell in tests)
        assert f"# Visible check (2 points)\ncheck({function})" in {cell.source for cell in tests}


@pytest.mark.parametrize("name", NAMES)
def test_no_test_cell_depends_on_a_demonstration(name, capsys):
    """Definitions, checks and tests run through with every cell that only shows left out."""
    cells = code_cells(read_notebook(COURSE.source(name)))
    assert any(cell.demo for cell in cells)
    namespace = run_cells(definitions(cells), COURSE.source(name))
    run_cells([cell for cell in cells if cell.grade], COURSE.source(name), namespace)


def test_the_notebooks_hold_no_outputs_and_no_counts():
    for name in NAMES:
        for cell in json.loads(COURSE.source(name).read_text(encoding="utf-8"))["cells"]:
            assert cell.get("outputs", []) == []
            assert cell.get("execution_count") is None
