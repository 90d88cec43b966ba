"""The public examples of the assignment on __NAME__: see `course_utils.assignments`."""

import numpy as np

from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
)
from course_utils.explain import Signature

EXERCISES = {
    # BEGIN EACH FUNCTION
    "__FUNCTION__": ExerciseSpec(
        points=__POINTS__,
        signature=Signature(argument_names=("Z",)),
        example=PublicExample(
            arguments=lambda: [np.array([[1.0, 0.0], [2.0, 0.0], [3.0, 0.0]])],
        ),
        result=ExpectedResult(
            values=lambda: np.array(
                [[0.09003057, 0.33333333], [0.24472847, 0.33333333], [0.66524096, 0.33333333]]
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(arguments=lambda: [np.array([[2.0, -1.0, 0.5], [0.0, 3.0, 0.5]])]),
            )
        ),
    ),
    # END EACH FUNCTION
}
