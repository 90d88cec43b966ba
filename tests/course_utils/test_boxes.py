"""Tables of boxes against the exercises, one pair and one box at a time."""

import numpy as np
import pytest

from course_utils.boxes import (
    confident,
    find_things,
    overlap,
    overlaps,
    removers,
    scale_boxes,
    survivors,
    yolo_boxes_to_corners,
)
from grading.assignments.car_detection.draws import clusters, grid, outputs
from tests.harness import solution


def drawn(seed, draw, *rest):
    return draw(np.random.RandomState(seed), *rest)


def assert_same(found, expected):
    for part, same in zip(found, expected, strict=True):
        np.testing.assert_allclose(part, same, rtol=1e-12)
        assert part.shape == same.shape


def test_a_table_of_overlaps_is_that_of_all_pairs():
    _, boxes, _ = drawn(1, clusters, 7, 2)
    table = overlaps(boxes, boxes[:3])
    slow = [[solution("iou")(a, b) for b in boxes[:3]] for a in boxes]
    np.testing.assert_allclose(table, slow, rtol=1e-12)
    assert overlap((2, 1, 4, 3), (1, 2, 3, 4)) == pytest.approx(1 / 7)
    assert overlaps(np.zeros((0, 4)), boxes).shape == (0, 7)


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.999])
def test_confident_boxes_are_those_of_the_exercise(threshold):
    arguments = drawn(2, grid, (3, 2, 4), 5, threshold)
    assert_same(confident(*arguments), solution("yolo_filter_boxes")(*arguments))


@pytest.mark.parametrize("limits", [(10, 0.5), (3, 0.2), (100, 0.9)])
def test_survivors_are_those_of_the_exercise(limits):
    arguments = drawn(3, clusters, 20, 3, *limits)
    assert_same(survivors(*arguments), solution("yolo_non_max_suppression")(*arguments))


def test_things_found_are_those_of_the_exercise():
    said, shape = drawn(4, outputs, (3, 4, 2), 5, (40, 70))
    assert_same(
        find_things(said, shape, 4, 0.5, 0.3), solution("yolo_eval")(said, shape, 4, 0.5, 0.3)
    )


def test_a_box_is_removed_by_a_better_one_of_its_class_that_stays():
    boxes = np.array([[0, 0, 8, 5], [3, 0, 11, 5], [6, 0, 14, 5], [1, 0, 8, 6]], dtype=float)
    scores, classes = np.array([0.9, 0.6, 0.5, 0.8]), np.array([2, 2, 2, 0])
    assert removers(scores, boxes, classes, 0.4).tolist() == [-1, 0, -1, -1]
    assert removers(scores, boxes, classes, 0.4, across=True).tolist() == [-1, 0, -1, 0]


def test_corners_and_pixels():
    corners = yolo_boxes_to_corners(np.array([0.5, 0.25]), np.array([0.2, 0.1]))
    np.testing.assert_allclose(corners, [0.4, 0.2, 0.6, 0.3])
    np.testing.assert_allclose(scale_boxes(corners, (40, 80)), [32, 8, 48, 12])
