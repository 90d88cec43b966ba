"""Boxes over a street: in their places, named in the colours of their kinds, dashed when wrong."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.explorers import epsilon, streets
from course_utils.explorers.panel import _image_html
from course_utils.figures import has_dark_form
from course_utils.street_plot import DASHED, KIND_COLOURS, Drawn, StreetAxes, plot_street

PICTURE = np.full((96, 96, 3), 0.5)
BOXES = np.array([[10, 20, 40, 35], [50, 30, 60, 55]], dtype=float)


@pytest.fixture
def ax():
    yield plt.figure().subplots()
    plt.close("all")


def shown(ax):
    frames = [patch.get_bbox().extents.tolist() for patch in ax.patches if patch.get_visible()]
    return frames, [word.get_text() for word in ax.texts if word.get_visible()]


def test_boxes_stand_in_their_places_with_names_and_scores(ax):
    plot_street(PICTURE, BOXES, np.array([0, 1]), np.array([0.934, 0.5]), ax=ax, title="day")
    assert shown(ax) == (BOXES.tolist(), ["car 0.93", "person 0.50"])
    assert ax.get_title() == "day"
    assert ax.get_ylim() == (96, 0)  # y goes down


def test_without_classes_boxes_have_no_names(ax):
    plot_street(PICTURE, BOXES, ax=ax)
    assert shown(ax) == (BOXES.tolist(), [])


def test_no_boxes_leave_the_picture_alone(ax):
    plot_street(PICTURE, np.zeros((0, 4)), np.zeros(0, int), np.zeros(0), ax=ax)
    assert shown(ax) == ([], [])


def test_what_is_shown_next_leaves_nothing_of_what_was_shown_before(ax):
    street = StreetAxes(ax, most=2)
    street.show(PICTURE, [Drawn(box, KIND_COLOURS[0], "a") for box in BOXES])
    street.show(PICTURE, [Drawn(BOXES[1], KIND_COLOURS[2], "b", DASHED, 3)])
    assert shown(ax) == ([BOXES[1].tolist()], ["b"])
    (frame,) = [patch for patch in ax.patches if patch.get_visible()]
    assert (frame.get_linestyle(), frame.get_linewidth()) == (DASHED, 3)


def test_a_day_does_not_become_a_night_in_a_dark_theme(ax):
    assert has_dark_form(ax.figure)
    plot_street(PICTURE, ax=ax)
    assert not has_dark_form(ax.figure)
    pages = [_image_html(scene, scene.draw()[0]) for scene in (streets.scene(), epsilon.scene())]
    assert ['class="course-figure"' in page for page in pages] == [False, True]
    assert 'class="course-figure-as-it-is"' in pages[0]
