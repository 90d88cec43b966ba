"""How am I doing: every exercise with its state and its points."""

import numpy as np
import pytest

from course_utils import progress as module
from course_utils.assignments import EXERCISES, points_of
from course_utils.progress import progress
from grading.notebook.cells import code_cells, definitions, read_notebook, run_cells
from tests.harness import COURSE, cells_of


@pytest.mark.parametrize("name", COURSE.assignments)
def test_the_points_are_those_of_the_notebook(name):
    cells = cells_of(name)
    wanted = {cell.function: 0 for cell in cells if cell.solution}
    for cell in cells:
        if cell.grade:
            wanted[cell.function] += cell.points
    assert list(points_of(name).items()) == list(wanted.items())


@pytest.mark.parametrize("name", COURSE.assignments)
def test_with_all_solved_all_are_done(name, capsys):
    solved = run_cells(
        definitions(code_cells(read_notebook(COURSE.source(name)))), COURSE.source(name)
    )
    progress(name, solved)
    shown = capsys.readouterr().out
    count = len(points_of(name))
    assert shown.count("✓ done") == count
    assert f"{count} of {count} exercises done, worth 100 of 100 points." in shown
    assert "hidden tests try other inputs too" in shown


def test_the_released_notebook_is_not_tried_but_for_what_is_given(capsys, tmp_path):
    """A cell as Jupyter runs it has a source that can be read: here a file stands for it."""
    for name in COURSE.assignments:
        cells = definitions(code_cells(read_notebook(COURSE.release(name))))
        path = tmp_path / f"{name}.py"
        path.write_text("\n\n".join(cell.source for cell in cells))
        space = {"__name__": name}
        exec(compile(path.read_text(), str(path), "exec"), space)
        progress(name, space)
    lines = capsys.readouterr().out.split("\n")
    assert sum(line.startswith("○ not tried") for line in lines) == len(EXERCISES) - 2
    assert [line.split()[2] for line in lines if line.startswith("✓")] == ["forward_propagation_n"]
    assert [line.split()[3] for line in lines if line.startswith("✗ not yet")] == [
        "backward_propagation_n"
    ]


def test_a_wrong_answer_is_not_yet_and_what_is_missing_is_not_tried(capsys):
    def initialize_parameters_zeros(layers_dims):
        np.random.seed(99)
        return {}

    np.random.seed(5)
    wanted = np.random.RandomState(5).rand()
    progress("initialization", {"initialize_parameters_zeros": initialize_parameters_zeros})
    shown = capsys.readouterr().out
    assert "✗ not yet    initialize_parameters_zeros" in shown
    assert shown.count("○ not tried") == 2
    assert "0 of 3 exercises done, worth 0 of 100 points." in shown
    assert np.random.rand() == wanted  # the notebook's random numbers go on where they were


def test_in_a_notebook_it_is_a_table_with_symbol_word_and_colour(monkeypatch):
    kept = []
    monkeypatch.setattr(module, "show", kept.append)
    progress("gradient_checking", {"forward_propagation": lambda x, theta: x * theta})
    page = kept[0]._repr_mimebundle_()["text/html"]
    assert page.count("<tr>") == 7
    assert "✓ done" in page
    assert "#009E73" in page
    assert page.count("○ not tried") == 5


def test_an_unknown_notebook_is_told_which_there_are():
    with pytest.raises(
        ValueError,
        match=f"There are: {', '.join(COURSE.assignments)}",
    ):
        progress("initialisation")
