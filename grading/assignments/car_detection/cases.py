"""Hidden cases of the assignment on car detection.

No number of classes is that of the columns of a box, so that swapped arguments cannot pass. Right
versions of the other exercises stand in for those that a function calls.
"""

from course_utils.assignments.car_detection.example_parts import EVALUATION, SUPPRESSION
from grading.assignments.car_detection.draws import (
    apart_pair,
    chain,
    clusters,
    exact_grid,
    grid,
    grid_by_default,
    inside_pair,
    no_boxes,
    outputs,
    same_places,
    scene,
    shifted_pair,
    ties,
)
from grading.assignments.case import Case, Inputs, drawn

WAYS = {"right and down": (1, 1), "left and down": (-1, 1), "right and up": (1, -1)}
GAPS = {"both": (2, 3), "across": (4, -1), "down": (-1, 5), "an edge": (0, -1), "a corner": (0, 0)}


def _filter(name: str, inputs: Inputs, seed: int, use_fresh_inputs: bool = True) -> Case:
    return Case(
        f"filter/{name}", "yolo_filter_boxes", inputs, seed, use_fresh_inputs=use_fresh_inputs
    )


def _suppress(name: str, inputs: Inputs, seed: int, use_fresh_inputs: bool = True) -> Case:
    return Case(
        f"nms/{name}",
        "yolo_non_max_suppression",
        inputs,
        seed,
        stubs=SUPPRESSION,
        use_fresh_inputs=use_fresh_inputs,
    )


def _evaluate(name: str, inputs: Inputs, seed: int, use_fresh_inputs: bool = True) -> Case:
    return Case(
        f"eval/{name}",
        "yolo_eval",
        inputs,
        seed,
        stubs=EVALUATION,
        use_fresh_inputs=use_fresh_inputs,
    )


CASES = [
    _filter("grids/wide", drawn(grid, (2, 5, 3), 6, 0.4), 11),
    _filter("grids/tall", drawn(grid, (4, 1, 2), 5, 0.3), 12),
    _filter("grids/by default", drawn(grid_by_default, (2, 3, 5), 7), 13),
    _filter("threshold/low", drawn(grid, (3, 2, 5), 2, 0.2), 14),
    _filter("threshold/equal", drawn(exact_grid, (2, 4, 3), 5), 15),
    _filter("threshold/high", drawn(grid_by_default, (5, 3, 2), 3), 16),
    _filter("nothing/none", drawn(grid, (2, 3, 5), 6, 0.999), 17, use_fresh_inputs=False),
    _filter("nothing/but some", drawn(grid_by_default, (3, 2, 4), 5), 18),
    *(Case(f"iou/overlap/{name}", "iou", drawn(shifted_pair, *way), 21 + i)
      for i, (name, way) in enumerate(WAYS.items())),
    Case("iou/inside/small second", "iou", drawn(inside_pair, True), 24),
    Case("iou/inside/small first", "iou", drawn(inside_pair, False), 25),
    *(Case(f"iou/apart/{name}", "iou", drawn(apart_pair, *gaps), 26 + i)
      for i, (name, gaps) in enumerate(GAPS.items())),
    _suppress("clusters/two classes", drawn(scene, 3, 2), 31),
    _suppress("clusters/three classes", drawn(scene, 4, 3), 32),
    _suppress("classes/two", drawn(same_places, 2), 33),
    _suppress("classes/three", drawn(same_places, 3), 34),
    _suppress("chain/three", drawn(chain, 3), 35),
    _suppress("chain/five", drawn(chain, 5), 36),
    _suppress("threshold/low", drawn(scene, 4, 2, 10, 0.15), 37),
    _suppress("threshold/high", drawn(scene, 2, 4, 10, 0.75), 38),
    _suppress("most/four", drawn(scene, 3, 3, 4), 39),
    _suppress("most/default", drawn(scene, 7, 4, 5), 40),
    _suppress("ties/pairs", drawn(ties), 41),
    _suppress("ties/none", drawn(no_boxes), 42, use_fresh_inputs=False),
    _evaluate("pictures/default", drawn(outputs, (2, 3, 2), 5), 51),
    _evaluate("pictures/upright", drawn(outputs, (3, 1, 4), 3, (90, 60)), 52),
    _evaluate("thresholds/loose", drawn(outputs, (3, 2, 2), 5, (40, 70), 10, 0.5, 0.8), 53),
    _evaluate("thresholds/strict", drawn(outputs, (2, 4, 2), 3, (70, 50), 10, 0.75, 0.2), 54),
    _evaluate("most/two", drawn(outputs, (2, 3, 3), 6, (30, 80), 2), 55),
    _evaluate(
        "nothing/none",
        drawn(outputs, (2, 3, 2), 5, (40, 70), 10, 0.99),
        56,
        use_fresh_inputs=False,
    ),
    _evaluate("nothing/but some", drawn(outputs, (2, 2, 3), 5, (40, 70), 10, 0.9), 57),
]  # fmt: skip

# Numbers that are equal by chance hide a swap of axes or of arguments: here they are.
PROBES = [
    _filter("probe/four classes", drawn(grid, (2, 3, 5), 4, 0.4), 61),
    _suppress("probe/crowd", drawn(clusters, 14, 2, 10, 0.4), 62),
    _suppress("probe/many", drawn(clusters, 20, 9, 12, 0.8), 64),
    _evaluate("probe/four classes", drawn(outputs, (2, 3, 2), 4, (50, 30), 7, 0.55, 0.35), 63),
]  # fmt: skip
