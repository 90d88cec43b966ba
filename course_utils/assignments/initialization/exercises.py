"""The public examples of the assignment on initialization."""

import numpy as np

from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
)
from course_utils.explain import Signature

LAYERS = [2, 4, 1]
OTHER_LAYERS = (
    PublicExample(lambda: [[3, 5, 4, 2]]),
    PublicExample(lambda: [[4, 4]]),
    PublicExample(lambda: [[9, 1, 3, 2]]),
    PublicExample(lambda: [[5, 12]]),
)


def _parameters(w1, w2):
    return lambda: {
        "W1": np.array(w1),
        "b1": np.zeros((4, 1)),
        "W2": np.array(w2),
        "b2": np.zeros((1, 1)),
    }


EXERCISES = {
    "initialize_parameters_zeros": ExerciseSpec(
        points=24,
        signature=Signature(argument_names=("layers_dims",), sizes_argument="layers_dims"),
        example=PublicExample(arguments=lambda: [list(LAYERS)]),
        result=ExpectedResult(values=_parameters(np.zeros((4, 2)), np.zeros((1, 4)))),
        hint_example="shape",
        inference=InferenceInputs(further_examples=OTHER_LAYERS),
    ),
    "initialize_parameters_random": ExerciseSpec(
        points=36,
        signature=Signature(argument_names=("layers_dims",), sizes_argument="layers_dims"),
        example=PublicExample(arguments=lambda: [list(LAYERS)]),
        result=ExpectedResult(
            values=_parameters(
                [
                    [17.88628473, 4.36509851],
                    [0.96497468, -18.63492703],
                    [-2.77388203, -3.54758979],
                    [-0.82741481, -6.27000677],
                ],
                [[-0.43818169, -4.7721803, -13.13864753, 8.8462238]],
            )
        ),
        hint_example="scale",
        inference=InferenceInputs(further_examples=OTHER_LAYERS),
    ),
    "initialize_parameters_he": ExerciseSpec(
        points=40,
        signature=Signature(argument_names=("layers_dims",), sizes_argument="layers_dims"),
        example=PublicExample(arguments=lambda: [list(LAYERS)]),
        result=ExpectedResult(
            values=_parameters(
                [
                    [1.78862847, 0.43650985],
                    [0.09649747, -1.8634927],
                    [-0.2773882, -0.35475898],
                    [-0.08274148, -0.62700068],
                ],
                [[-0.03098412, -0.33744411, -0.92904268, 0.62552248]],
            )
        ),
        hint_example="scale",
        inference=InferenceInputs(further_examples=OTHER_LAYERS),
    ),
}
