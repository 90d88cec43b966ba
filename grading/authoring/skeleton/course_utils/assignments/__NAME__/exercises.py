"""The public examples of the assignment on __NAME__: see `course_utils.assignments`."""

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

EXERCISES = {
    "__FUNCTION__": ExerciseSpec(
        points=100,
        signature=Signature(argument_names=("Z",)),
        example=PublicExample(
            input_text="Z = [[1, 0], [2, 0], [3, 0]], as floating-point numbers",
            arguments=lambda: [np.array([[1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])],
        ),
        result=ExpectedResult(
            values=lambda: np.array(
                [[0.09003057, 0.33333333], [0.24472847, 0.33333333], [0.66524096, 0.33333333]]
            )
        ),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "What has to be true of the numbers in one column, so that they can be read "
                    "as probabilities?"
                ),
                quantities=(
                    "Z has one row for each class and one column for each example. Exponentials "
                    "make the scores positive; a row of sums, one for each column, makes them add "
                    "up to 1."
                ),
                example="value",
            ),
            questions={
                "value": (
                    "Add up each column of your result: which of them give 1, and over what did "
                    "you sum?"
                ),
                "shape": (
                    "Which axis of Z counts the classes, and does keepdims leave you a row to "
                    "divide by?"
                ),
            },
            hidden_tests=(
                "other scores, more classes and examples, very large scores, and that Z stays as "
                "it was"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(lambda: [np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 0.5]])],)
        ),
    )
}
