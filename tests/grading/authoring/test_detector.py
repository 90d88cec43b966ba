"""The detector: its weights do what the model card says; what training asks of it."""

import numpy as np
import pytest

from course_utils.datasets import STREET_KINDS, load_picture
from course_utils.datasets.streets import Street
from course_utils.detector import ANCHORS, CELLS, WEIGHTS, head, load_weights, look
from grading.authoring.detector import card, targets
from grading.authoring.detector.targets import targets_of


@pytest.fixture(scope="module")
def figures():
    return card.measure()


def test_the_weights_do_what_the_card_says(figures):
    """To the last digit but one: processors may round differently, and an order may change."""
    (table,) = card.FIGURES.findall(card.CARD.read_text(encoding="utf-8"))
    said = np.array([[float(cell) for cell in row[1:]] for row in rows_of(table)])
    measured = [figures.everywhere, figures.day, figures.night]
    np.testing.assert_allclose(said[:, 1:], measured, atol=0.015)
    np.testing.assert_allclose(said[:, 0], np.mean(measured, axis=1), atol=0.015)


def rows_of(table):
    """The rows of a table in Markdown, without its head."""
    return [line.strip("| ").split("|") for line in table.splitlines()[2:] if line.startswith("|")]


def test_the_detector_is_good_enough_and_leaves_something_to_suppress(figures):
    assert figures.everywhere.mean() >= 0.85
    assert 5 <= figures.fired <= 10


def test_the_weights_are_small_and_about_as_many_as_the_card_says():
    assert WEIGHTS.stat().st_size < 220_000
    numbers = sum(part.size for pair in load_weights() for part in pair)
    assert 80_000 < numbers < 120_000
    assert f"{round(numbers, -3):,}" in card.CARD.read_text(encoding="utf-8")


def test_what_the_head_says_is_within_bounds():
    rng = np.random.RandomState(1)
    raw = 500 * rng.randn(CELLS, CELLS, len(ANCHORS), 5 + len(STREET_KINDS))
    box_xy, box_wh, confidence, probabilities = head(raw)
    for part, last in zip((box_xy, box_wh, confidence, probabilities), (2, 2, 1, 4)):
        assert part.shape == (*raw.shape[:3], last)
        assert np.all(part >= -0.5 / CELLS)
        assert np.all(np.isfinite(part))
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1)
    middle = head(np.zeros_like(raw))
    np.testing.assert_allclose(middle[0][2, 5, 0], [5.5 / CELLS, 2.5 / CELLS])  # x is the column
    np.testing.assert_allclose(middle[1][0, 0, 1], ANCHORS[1] / 96)


def test_any_picture_goes_in():
    said = look(load_picture(shape=(96, 96, 3)).reshape(96, 96, 3))
    assert [part.shape[-1] for part in said] == [2, 2, 1, 4]


def test_a_thing_is_to_be_found_by_cells_around_it_and_anchors_of_its_shape():
    car = np.array([[30.0, 41, 60, 55]])  # its centre is (45, 48): columns 5 and 6, rows 5 and 6
    boxes, classes = targets_of(Street(np.zeros((96, 96, 3)), car, np.array([0]), False))
    fires = np.argwhere(classes >= 0)
    assert {*map(tuple, fires[:, :2])} == {(5, 5), (5, 6), (6, 5), (6, 6)}
    assert {*fires[:, 2]} == {0, 2}  # wide and nearly square, not tall
    assert np.all(boxes[classes >= 0] == car[0])


def test_where_two_things_claim_a_place_the_nearer_centre_has_it():
    things = np.array([[36.0, 40, 66, 54], [39.0, 42, 69, 56]])
    boxes, classes = targets_of(Street(np.zeros((96, 96, 3)), things, np.array([0, 3]), False))
    assert classes[5, 6, 0] == 0  # (52, 44): the centres are (51, 47) and (54, 49)
    assert classes[6, 6, 0] == 3  # (52, 52)
    assert np.all(boxes[6, 6, 0] == things[1])


def test_the_card_takes_figures_in(tmp_path, figures):
    copy = tmp_path / "detector.md"
    copy.write_text(card.CARD.read_text(encoding="utf-8"), encoding="utf-8")
    card.write(figures, copy)
    assert figures.as_table() in copy.read_text(encoding="utf-8")
    card.write(figures, copy)  # and again
    assert copy.read_text(encoding="utf-8").count("| by night |") == 1


def test_unseen_scenes_are_none_of_those_that_it_was_trained_on():
    assert card.FIRST_SEED + card.UNSEEN <= targets.FIRST_SEED
