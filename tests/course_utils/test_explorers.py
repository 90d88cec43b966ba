"""Explorers: every move of a control is answered, and a still picture is left without widgets."""

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
    depth,
    dropout,
    epsilon,
    explore_dropout,
    explore_valley,
    filters,
    initialization,
    layers,
    overlap,
    panel,
    pooling,
    regularization,
    slope,
    streets,
    suppression,
    thresholds,
    valley,
    windows,
)
from course_utils.explorers.tables import KEEP_PROBS, LAMBDAS, METHODS, SCALES, network, table
from course_utils.network import accuracy
from course_utils.training import model
from course_utils.vectors import GRADIENT_THRESHOLD
from tests.harness import solution

VALLEY = [f"update_parameters_with_{method}" for method in ("gd", "momentum", "adam")]
MAKERS = {
    "initialization": initialization.scene,
    "regularization": regularization.scene,
    "epsilon": epsilon.scene,
    "layers": layers.scene,
    "slope": slope.scene,
    "depth": depth.scene,
    "windows": windows.scene,
    "pooling": pooling.scene,
    "filters": filters.scene,
    "overlap": overlap.scene,
    "suppression": suppression.scene,
    "thresholds": thresholds.scene,
    "streets": streets.scene,
    "valley": lambda: valley.scene(*map(solution, VALLEY)),
    "dropout": lambda: dropout.scene(solution(dropout.EXERCISE)),
}
WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture(scope="module", params=MAKERS)
def scene(request):
    return MAKERS[request.param]()


@pytest.mark.long
def test_every_move_of_every_control_changes_picture_and_sentence(scene):
    row, image, caption = panel.panel(scene, ipywidgets).children
    for control in row.children:
        for at in [*range(len(control.options)), 0]:
            index, picture, sentence = control.index, image.value, caption.value
            control.index = at
            assert (caption.value != sentence) == (at != index)
            is_example = "keep_prob" in caption.value and control.description == "example"
            if at != index and is_example:
                assert image.value != picture
        assert control.description


def test_the_picture_is_another_for_another_choice(scene):
    first, last = (
        {control.name: control.options[at][1] for control in scene.controls} for at in (0, -1)
    )
    before, _ = scene.draw(**first)
    between, _ = scene.draw(**last)
    again, _ = scene.draw(**first)
    assert np.any(before != between)
    np.testing.assert_array_equal(before, again)  # nothing of the other choice is left


def test_what_is_shown_without_widgets_is_a_picture_with_its_sentence(scene, monkeypatch, shown):
    panel.show(scene)
    (bundle, metadata), _ = shown
    pixels, sentence = scene.draw()
    assert set(bundle) == {"image/png", "text/html", "text/plain"}
    assert bundle["text/plain"] == metadata["image/png"]["alt"] == str(sentence)
    picture = Image.open(io.BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.width == pixels.shape[1]
    assert picture.height > pixels.shape[0]  # the sentence stands below


def test_in_a_notebook_the_same_output_holds_widgets_and_the_still_picture(
    scene, monkeypatch, shown
):
    monkeypatch.setattr(panel, "notebook_shell", lambda: "a kernel's shell")
    panel.show(scene)
    (bundle, _), _ = shown
    assert {"image/png", "text/html", "text/plain", WIDGET} == set(bundle)


@pytest.mark.parametrize(
    ("explorer", "names"),
    [(initialization, ["outer ring", "inner ring"]), (regularization, ["Whales", "Foxes"])],
)
def test_a_boundary_names_the_classes_as_the_notebook_does(explorer, names):
    legends = (ax.get_legend() for ax in explorer.scene().picture.canvas.figure.axes)
    assert names in [[text.get_text() for text in one.get_texts()] for one in legends if one]


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
    assert picture["alt"] == bundle["text/plain"]


def test_a_notebook_without_ipywidgets_says_what_is_missing(scene, monkeypatch, shown, capsys):
    monkeypatch.setattr(panel, "notebook_shell", lambda: "a kernel's shell")
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    panel.show(scene)
    assert "pip install ipywidgets" in capsys.readouterr().out
    assert WIDGET not in shown[0][0]


@pytest.fixture
def shown(monkeypatch):
    """[(bundle, metadata), number of displays], filled by what is displayed."""
    kept = [None, 0]

    def display(bundle, raw, metadata):
        kept[:] = (bundle, metadata), kept[1] + 1

    monkeypatch.setattr("IPython.display.display", display)
    return kept


def with_cache(change):
    """The solved forward pass with another cache: `change` gets the old one as a list."""

    def forward(X, parameters, keep_prob=0.5):
        A3, cache = solution(dropout.EXERCISE)(X, parameters, keep_prob)
        return A3, change(list(cache))

    return forward


def not_written_yet(X, parameters, keep_prob=0.5):
    raise NotImplementedError


def without_a_cache(X, parameters, keep_prob=0.5):
    return solution(dropout.EXERCISE)(X, parameters, keep_prob)[0]


def silencing_nothing(cache):
    for place in dropout.ACTIVATIONS:
        cache[place] = np.ones_like(cache[place])
    return cache


UNFIT = {
    "it is not written yet": not_written_yet,
    "it returns no cache": without_a_cache,
    "it returns nothing": lambda X, parameters, keep_prob: None,
    "its cache has no masks": with_cache(lambda cache: [*cache[:1], *cache[2:6], *cache[7:]]),
    "its mask is for one example": with_cache(
        lambda cache: [cache[0], cache[1][:, :1], *cache[2:]]
    ),
    "its mask holds random numbers": with_cache(
        lambda cache: [cache[0], cache[1] * 0.3, *cache[2:]]
    ),
    "its mask is None": with_cache(lambda cache: [cache[0], None, *cache[2:]]),
    "its units are not silenced": with_cache(silencing_nothing),
}
FIT = {
    "it is right": with_cache(tuple),
    "its masks are truth values": with_cache(
        lambda cache: [*cache[:1], cache[1] == 1, *cache[2:6], cache[6] == 1, *cache[7:]]
    ),
    "it does not divide by keep_prob": with_cache(
        lambda cache: [*cache[:2], cache[2] * 0.86, *cache[3:]]
    ),
}


@pytest.mark.parametrize("reason", UNFIT)
def test_the_dropout_explorer_waits_for_a_pass_that_returns_masks(reason, capsys, shown):
    explore_dropout(UNFIT[reason])
    assert "as soon as the check of that exercise passes" in capsys.readouterr().out
    assert shown == [None, 0]


@pytest.mark.parametrize("reason", FIT)
def test_the_dropout_explorer_shows_what_returns_masks(reason, capsys, shown):
    explore_dropout(FIT[reason])
    assert capsys.readouterr().out == ""
    (bundle, _), displays = shown
    assert "image/png" in bundle
    assert displays == 1


def test_the_dropout_explorer_shows_the_masks_of_the_function_it_is_given():
    def keep_all(cache):
        for place in dropout.MASKS:
            cache[place] = np.ones_like(cache[place])
        return cache

    _, sentence = dropout.scene(with_cache(keep_all)).draw(keep_prob=0.5)
    silenced = "silences 0 of the 20 units of layer 1 (from below: none) and 0 of the 3"
    assert silenced in str(sentence)


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("unfit", [not_written_yet, lambda *arguments: None], ids=["todo", "none"])
def test_the_valley_waits_for_steps_that_run(place, unfit, capsys, shown):
    steps = list(map(solution, VALLEY))
    steps[place] = unfit
    explore_valley(*steps)
    assert "as soon as the checks of these exercises pass" in capsys.readouterr().out
    assert shown == [None, 0]


def test_the_valley_shows_steps_of_either_form(capsys, shown):
    adam = solution(VALLEY[2])
    explore_valley(*map(solution, VALLEY[:2]), lambda *arguments: adam(*arguments)[:3])
    assert capsys.readouterr().out == ""
    assert shown[1] == 1


@pytest.mark.long
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
        row, column = LAMBDAS.index(lambd), KEEP_PROBS.index(keep_prob)
        parameters = network("football/end", row, column, regularization.SIZES)
        return accuracy(train_X, train_Y, parameters), accuracy(test_X, test_Y, parameters)

    train, test = accuracies(0, 1)
    assert train > test + 0.03
    assert accuracies(0.7, 1)[1] > test + 0.015
    assert accuracies(0, 0.86)[1] > test + 0.015
    assert max(accuracies(30, 1)) < 0.8


def test_the_tables_tell_the_story_of_epsilon():
    double, single = table("epsilon/float64")[1], table("epsilon/float32")[1]
    assert double[24] < GRADIENT_THRESHOLD < single.min()
    # the valley of single precision lies at larger epsilons
    assert double.argmin() < single.argmin()
    assert np.all(single[:10] == 1)  # 1 + epsilon is 1: the slope is measured as 0
