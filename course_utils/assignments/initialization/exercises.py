"""The public examples of the assignment on initialization."""

import numpy as np

from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    Hints,
    InferenceInputs,
    PublicExample,
    StudentTexts,
)
from course_utils.explain import Signature

LAYERS = [2, 4, 1]
OTHER_LAYERS = (lambda: [[3, 5, 4, 2]], lambda: [[4, 4]])

SHAPES = {
    "keys": (
        "Which layers have weights? Compare the keys you made with W1, b1 up to the last layer."
    ),
    "shape": (
        "Write the shapes under Z = W A + b for one layer: which sizes must W and b have there?"
    ),
    "error": (
        "Which call does the error name? np.zeros wants one shape, (rows, columns); "
        "np.random.randn wants two numbers."
    ),
}
SIZES = "other layer sizes, more and fewer layers"
CALLS = "that the list you are given stays as it was, and that a second call gives the same again"
GENERALITY = f"{SIZES}, {CALLS}"
RANDOM = f"{SIZES}, all digits of the numbers, {CALLS}, whatever was drawn in between"


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
        example=PublicExample(
            input_text="layers_dims = [2, 4, 1]", arguments=lambda: [list(LAYERS)]
        ),
        result=ExpectedResult(values=_parameters(np.zeros((4, 2)), np.zeros((1, 4)))),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "One unit of layer l listens to every unit of the layer before. How many "
                    "weights does it need, and how many such units are there?"
                ),
                quantities=(
                    "The entries of `layers_dims` are sizes. A weight matrix has one row for each "
                    "unit of its own layer and one column for each unit of the layer before; a "
                    "bias has one row for each unit and a single column."
                ),
                example="shape",
            ),
            questions=SHAPES
            | {"value": "The name says zeros. Which line of yours puts another number in?"},
            hidden_tests=GENERALITY,
        ),
        inference=InferenceInputs(further_inputs=OTHER_LAYERS),
    ),
    "initialize_parameters_random": ExerciseSpec(
        points=36,
        signature=Signature(argument_names=("layers_dims",), sizes_argument="layers_dims"),
        example=PublicExample(
            input_text="layers_dims = [2, 4, 1]", arguments=lambda: [list(LAYERS)]
        ),
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
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "Which part of exercise 1 stays as it is, and which numbers take the place of "
                    "the zeros?"
                ),
                quantities=(
                    "The shapes are those of exercise 1. The random function wants rows and "
                    "columns as two separate numbers. The biases draw nothing: an extra draw "
                    "would shift all numbers that follow."
                ),
                example="scale",
            ),
            questions=SHAPES
            | {
                "value": (
                    "Divide your first weight by the expected one. Is the factor off, or are "
                    "these other random numbers? Biases draw none."
                )
            },
            hidden_tests=RANDOM,
        ),
        inference=InferenceInputs(further_inputs=OTHER_LAYERS),
    ),
    "initialize_parameters_he": ExerciseSpec(
        points=40,
        signature=Signature(argument_names=("layers_dims",), sizes_argument="layers_dims"),
        example=PublicExample(
            input_text="layers_dims = [2, 4, 1]", arguments=lambda: [list(LAYERS)]
        ),
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
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "The formula has one number that changes from layer to layer. Which entry of "
                    "`layers_dims` is it?"
                ),
                quantities=(
                    "The variance is 2 over the number of inputs of a unit, the columns of its "
                    "matrix. What a drawn number is multiplied by is the width of the bell, the "
                    "root of the variance."
                ),
                example="scale",
            ),
            questions=SHAPES
            | {
                "value": (
                    "Divide your weight by the expected one, in W1 and in W2. Which layer size, "
                    "under which root, explains both ratios?"
                )
            },
            hidden_tests=RANDOM,
        ),
        inference=InferenceInputs(further_inputs=OTHER_LAYERS),
    ),
}
