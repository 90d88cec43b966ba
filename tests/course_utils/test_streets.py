"""Street scenes: the same for a seed, with boxes where things are, and knobs that do one thing."""

import numpy as np
import pytest

from course_utils.datasets import STREET_KINDS, load_street, load_streets
from course_utils.datasets.streets import LEAST_SEEN, SIZE


def test_a_seed_gives_the_same_scene_again_and_another_seed_another():
    first, again, other = load_street(5), load_street(5), load_street(6)
    for part, same in zip(first, again):
        np.testing.assert_array_equal(part, same)
    assert np.abs(first.picture - other.picture).mean() > 0.01


def test_pictures_and_boxes_have_the_form_that_is_said():
    streets = load_streets(30, seed=100)
    for street in streets:
        assert street.picture.shape == (SIZE, SIZE, 3)
        assert 0 <= street.picture.min() < street.picture.max() <= 1
        assert street.boxes.shape == (len(street.classes), 4)
        assert np.all((street.boxes >= 0) & (street.boxes <= SIZE))
        assert np.all(street.boxes[:, 2:] - street.boxes[:, :2] > 3)
    kinds = np.concatenate([street.classes for street in streets])
    assert {*kinds} == {*range(len(STREET_KINDS))}
    assert {street.night for street in streets} == {True, False}


def test_night_is_dark_and_leaves_things_where_they_are():
    day, night = (load_street(7, night=night) for night in (False, True))
    np.testing.assert_array_equal(day.boxes, night.boxes)
    np.testing.assert_array_equal(day.classes, night.classes)
    assert night.picture.mean() < 0.6 * day.picture.mean()
    assert (day.night, night.night) == (False, True)


def test_a_crowd_is_larger_and_only_chosen_kinds_come():
    few, many = (sum(len(s.boxes) for s in load_streets(10, crowd=crowd)) for crowd in (2, 12))
    assert many > 2.5 * few
    assert len(load_street(3, crowd=0).boxes) == 0
    assert {*load_street(3, crowd=5, kinds=("bicycle",)).classes} == {STREET_KINDS.index("bicycle")}


@pytest.mark.parametrize("seed", range(5))
def test_enough_is_seen_of_every_thing(seed):
    street = load_street(seed, crowd=14)
    for place, (x1, y1, x2, y2) in enumerate(street.boxes):
        seen = np.ones((SIZE, SIZE), bool)
        for a1, b1, a2, b2 in street.boxes[place + 1 :]:  # nearer things come later
            seen[max(0, round(b1)) : round(b2), max(0, round(a1)) : round(a2)] = False
        inside = seen[max(0, round(y1)) : round(y2), max(0, round(x1)) : round(x2)]
        assert np.count_nonzero(inside) >= (LEAST_SEEN - 0.1) * (x2 - x1) * (y2 - y1)


def test_a_thing_is_drawn_into_its_box():
    """Without things the picture differs from that with them inside the boxes, hardly outside."""
    for seed in range(5):
        street = load_street(seed, crowd=3, kinds=("car", "bicycle"), night=False)
        empty = load_street(seed, crowd=0, night=False)
        differs = np.abs(street.picture - empty.picture).max(axis=2) > 0.2
        near = np.zeros((SIZE, SIZE), bool)
        for x1, y1, x2, y2 in street.boxes:
            rows, columns = (
                slice(max(0, int(y1) - 2), int(y2) + 3),
                slice(max(0, int(x1) - 2), int(x2) + 3),
            )
            near[rows, columns] = True
        assert differs[near].mean() > 0.15
        assert differs[~near].mean() < 0.02
