"""Explorers: every move of every control is answered, in picture and words, and something is left where no widget runs."""

import base64
import io
import sys

import ipywidgets
import numpy as np
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from course_utils.datasets import load_circles, load_football
from course_utils.explorers import (
    dropout,
    epsilon,
    explore_dropout,
    initialization,
    panel,
    regularization,
)
from course_utils.explorers.tables import KEEPS, LAMBDAS, METHODS, SCALES, network, table
from course_utils.network import accuracy
from course_utils.training import model
from tests.harness import solution

MAKERS = {
    "initialization": initialization.scene,
    "regularization": regularization.scene,
    "epsilon": epsilon.scene,
    "dropout": lambda: dropout.scene(solution(dropout.EXERCISE)),
}


@pytest.fixture(scope="module", params=MAKERS)
def scene(request):
    return MAKERS[request.param]()


def test_every_move_of_every_control_changes_picture_and_sentence(scene):
    row, image, words = panel.panel(scene, ipywidgets).children
    for control in row.children:
        for at in [*range(len(control.options)), 0]:
            before = control.index, image.value, words.value
            control.index = at
            assert (words.value != before[2]) == (at != before[0])
            if at != before[0] and "keep_prob" in words.value and control.description == "example":
                assert image.value != before[1]
        assert control.description


def test_the_picture_is_another_for_another_choice(scene):
    first, last = (
        {control.name: control.options[at][1] for control in scene.controls} for at in (0, -1)
    )
    (one, _), (two, _), (again, _) = scene.draw(**first), scene.draw(**last), scene.draw(**first)
    assert np.any(one != two)
    np.testing.assert_array_equal(one, again)  # nothing of the other choice is left


def test_what_is_shown_without_widgets_is_a_picture_with_its_sentence(scene, monkeypatch, shown):
    panel.show(scene)
    (bundle, metadata), _ = shown
    pixels, sentence = scene.draw()
    assert set(bundle) == {"image/png", "text/plain"}
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == sentence
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.width == pixels.shape[1]
    assert picture.height > pixels.shape[0]  # the sentence stands below


def test_in_a_notebook_the_same_output_holds_widgets_and_the_still_picture(
    scene, monkeypatch, shown
):
    monkeypatch.setattr(panel, "notebook_shell", lambda: "a kernel's shell")
    panel.show(scene)
    (bundle, _), _ = shown
    assert {"image/png", "text/plain", "application/vnd.jupyter.widget-view+json"} == set(bundle)


@pytest.mark.parametrize("template", ["lab", "classic"])
def test_a_web_page_made_of_the_notebook_has_the_still_picture(template, monkeypatch, shown):
    monkeypatch.setattr(panel, "notebook_shell", lambda: "a kernel's shell")
    panel.show(epsilon.scene())
    (bundle, metadata), _ = shown
    output = new_output("display_data", data=bundle, metadata=metadata)
    notebook = new_notebook(cells=[new_code_cell("explore_epsilon()", outputs=[output])])
    page, _ = HTMLExporter(template_name=template).from_notebook_node(notebook)
    picture = BeautifulSoup(page, "html.parser").find("img")
    assert picture["src"].startswith("data:image/png;base64,")
    if template == "classic":  # nbconvert's other template gives no picture an alternative text
        assert picture["alt"] == bundle["text/plain"]


def test_a_notebook_without_ipywidgets_says_what_is_missing(scene, monkeypatch, shown, capsys):
    monkeypatch.setattr(panel, "notebook_shell", lambda: "a kernel's shell")
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    panel.show(scene)
    assert "pip install ipywidgets" in capsys.readouterr().out
    assert set(shown[0][0]) == {"image/png", "text/plain"}


@pytest.fixture
def shown(monkeypatch):
    """[(bundle, metadata), number of displays], filled by what is displayed."""
    kept = [None, 0]

    def display(bundle, raw, metadata):
        kept[:] = (bundle, metadata), kept[1] + 1

    monkeypatch.setattr("IPython.display.display", display)
    return kept


def test_the_dropout_explorer_waits_for_the_exercise(capsys, shown):
    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        raise NotImplementedError

    explore_dropout(forward_propagation_with_dropout)
    assert "as soon as the check of that exercise passes" in capsys.readouterr().out
    assert shown == [None, 0]


def test_the_dropout_explorer_shows_the_masks_of_the_function_it_is_given():
    def keeps_all(X, parameters, keep_prob):
        A3, cache = solution(dropout.EXERCISE)(X, parameters, keep_prob)
        return A3, tuple(
            np.ones_like(part) if at in (1, 6) else part for at, part in enumerate(cache)
        )

    _, sentence = dropout.scene(keeps_all).draw(keep_prob=0.5)
    assert "silences 0 of the 20 units of layer 1 (from below: none) and 0 of the 3" in sentence


def test_the_tables_hold_what_training_gives():
    """One run of the many is made again; single precision keeps 7 digits."""
    row, column = METHODS.index("normal / sqrt(n)"), SCALES.index(1.41)
    start = network("circles/start", row, column, initialization.SIZES)
    X, Y, test_X, test_Y = load_circles()
    run = model(X, Y, start, num_iterations=15_000, progress=False)
    end = network("circles/end", row, column, initialization.SIZES)
    for name, values in end.items():
        np.testing.assert_allclose(run.parameters[name], values, rtol=1e-3, atol=1e-4)
    assert accuracy(test_X, test_Y, end) >= 0.95


def test_the_tables_tell_the_story_of_regularization():
    train_X, train_Y, test_X, test_Y = load_football()

    def accuracies(lambd, keep_prob):
        one = network(
            "football/end", LAMBDAS.index(lambd), KEEPS.index(keep_prob), regularization.SIZES
        )
        return accuracy(train_X, train_Y, one), accuracy(test_X, test_Y, one)

    train, test = accuracies(0, 1)
    assert train > test + 0.03
    assert accuracies(0.7, 1)[1] > test + 0.015
    assert accuracies(0, 0.86)[1] > test + 0.015
    assert max(accuracies(30, 1)) < 0.8


def test_the_tables_tell_the_story_of_epsilon():
    double, single = table("epsilon/float64")[1], table("epsilon/float32")[1]
    assert double[24] < 2e-7 < single.min()
    assert (
        double.argmin() < single.argmin()
    )  # the valley of single precision lies at larger epsilons
    assert np.all(single[:10] == 1)  # 1 + epsilon is 1: the slope is measured as 0
