"""The public examples of the assignment on car detection."""

import numpy as np

from course_utils.assignments.car_detection.example_parts import (
    EVALUATION,
    SUPPRESSION,
    boxes_case,
    grid_case,
    outputs_case,
    random_boxes_case,
    ties_in_one_order,
)
from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
)
from course_utils.explain import Signature

PARTS = ("scores", "boxes", "classes")


def _suppressed(boxes, *limits, checked=False):
    """An example of suppression.

    boxes: number, kinds and seed, as of `random_boxes_case`; limits: the arguments after the boxes
    """
    return PublicExample(
        lambda: [*random_boxes_case(*boxes), *limits], stubs=SUPPRESSION, checked=checked
    )


def _evaluated(outputs, *options):
    """An example of `yolo_eval`.

    outputs: shape, kinds and seed, as of `outputs_case`; options: the arguments after the outputs
    """
    return PublicExample(lambda: [outputs_case(*outputs), *options], stubs=EVALUATION)


EXERCISES = {
    "yolo_filter_boxes": ExerciseSpec(
        points=25,
        signature=Signature(
            argument_names=("boxes", "box_confidence", "box_class_probs", "threshold"),
            defaults={"threshold": 0.6},
            component_names=PARTS,
        ),
        example=PublicExample(grid_case),
        result=ExpectedResult(
            values=lambda: (
                np.array([0.402, 0.658, 0.322]),
                np.array([[0.1, 1.2, 3.4, 4.6], [3.7, 1.8, 6.4, 3.6], [2.0, 1.1, 3.4, 2.3]]),
                np.array([1, 4, 1]),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: grid_case((2, 3, 2), 3, 0.45, seed=2), checked=True),
                PublicExample(lambda: grid_case((3, 1, 4), 6, 0.25, seed=3)),
                PublicExample(lambda: grid_case((2, 2, 5), 4, 0.9, seed=4)),
                PublicExample(lambda: grid_case((3, 1, 4), 4, 0.4, seed=2), checked=True),
            )
        ),
    ),
    "iou": ExerciseSpec(
        points=20,
        signature=Signature(argument_names=("box1", "box2")),
        example=PublicExample(lambda: [(2, 1, 4, 3), (1, 2, 3, 4)]),
        result=ExpectedResult(values=lambda: 1 / 7),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [(1, 2, 3, 4), (5, 6, 7, 8)], checked=True),
                PublicExample(lambda: [(0, 3, 7, 5), (4, 1, 9, 8)], checked=True),
                PublicExample(lambda: [(2, 2, 3, 5), (1, 0, 6, 9)]),
                PublicExample(lambda: [(0.5, 1, 8, 3), (2, 6.5, 4, 9)], checked=True),
                PublicExample(lambda: [(6, 2, 9, 6), (1, 1, 4, 8)], checked=True),
                PublicExample(lambda: [(1, 2, 9, 8), (3, 1, 8, 9)]),
                PublicExample(lambda: [(0, 1, 9, 8), (3, 2, 7, 6)]),
                PublicExample(lambda: [(0, 6, 5, 9), (1, 4, 4, 8)]),
            )
        ),
    ),
    "yolo_non_max_suppression": ExerciseSpec(
        points=30,
        signature=Signature(
            argument_names=("scores", "boxes", "classes", "max_boxes", "iou_threshold"),
            defaults={"max_boxes": 10, "iou_threshold": 0.5},
            component_names=PARTS,
        ),
        example=PublicExample(boxes_case, stubs=SUPPRESSION),
        result=ExpectedResult(
            values=lambda: (
                np.array([0.9, 0.8, 0.7, 0.5]),
                np.array([[0, 0, 8, 5], [1, 0, 8, 6], [20, 10, 25, 18], [4, 0, 12, 5]], float),
                np.array([2, 0, 2, 2]),
            ),
            graded_part=ties_in_one_order,
        ),
        inference=InferenceInputs(
            further_examples=(
                _suppressed((), 4, 0.3, checked=True),
                _suppressed((8, 3, 2), 6, 0.6),
                _suppressed((10, 1, 3), 3, 0.4),
                _suppressed((10, 2, 9), 3),
                _suppressed((10, 2, 13), 4, 0.4),
                _suppressed((10, 3, 1), 6, 0.3),
                _suppressed((10, 3, 1)),
            )
        ),
    ),
    "yolo_eval": ExerciseSpec(
        points=25,
        signature=Signature(
            argument_names=(
                "yolo_outputs",
                "image_shape",
                "max_boxes",
                "score_threshold",
                "iou_threshold",
            ),
            defaults={
                "image_shape": (720, 1280),
                "max_boxes": 10,
                "score_threshold": 0.6,
                "iou_threshold": 0.5,
            },
            component_names=PARTS,
        ),
        example=PublicExample(lambda: [outputs_case(), (20, 50)], stubs=EVALUATION),
        result=ExpectedResult(
            values=lambda: (
                np.array([0.846, 0.747, 0.72]),
                np.array(
                    [[25.25, 5.4, 40.75, 13.4], [7.5, 5.1, 25.5, 15.7], [27.5, 3.9, 42.5, 15.3]]
                ),
                np.array([1, 1, 0]),
            ),
            graded_part=ties_in_one_order,
        ),
        inference=InferenceInputs(
            further_examples=(
                _evaluated(((2, 3, 2), 3, 2), (30, 40), 3, 0.4, 0.3),
                _evaluated(((1, 3, 3), 2, 3), (48, 36), 6, 0.65, 0.7),
                _evaluated(((3, 2, 2), 4, 26), (50, 80), 4, 0.45, 0.7),
                _evaluated(((2, 2, 3), 3, 5), (70, 30), 8, 0.3, 0.2),
            )
        ),
    ),
}
