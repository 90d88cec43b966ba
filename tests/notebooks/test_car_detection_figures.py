"""The published figures of the classic exercise on car detection, as far as numpy can give them."""

import pytest

from tests.harness import solution
from tests.notebooks.figures import agrees, figures_of

FIGURES = figures_of("car_detection")["iou"]


@pytest.mark.parametrize("name", FIGURES)
def test_iou(name):
    figure = FIGURES[name]
    agrees(solution("iou")(tuple(figure["box1"]), tuple(figure["box2"])), figure, "iou")
