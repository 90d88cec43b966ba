"""The public examples of the assignment on convolution."""

import numpy as np

from course_utils.assignments.convolution.example_parts import (
    BACK,
    FORWARD,
    POOL_BACK,
    conv_back_case,
    conv_case,
    different_numbers,
    one_number,
    pad_case,
    pool_back_case,
    pool_case,
    step_case,
    written,
)
from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
)
from course_utils.explain import Signature

CONV_CACHE = (
    "A_prev in the cache",
    "W in the cache",
    "b in the cache",
    "pad in the cache",
    "stride in the cache",
)
POOL_CACHE = ("A_prev in the cache", "f in the cache", "stride in the cache")
GRADIENTS = ("dA_prev", "dW", "db")

EXERCISES = {
    "zero_pad": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("X", "pad")),
        example=PublicExample(pad_case),
        result=ExpectedResult(
            values=lambda: written(
                "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 1.6 -0.6 "
                "-0.5 -1.1 0.9 -2.3 0 0 0 0 0 0 0 0 1.7 -0.8 0.3 -0.2 1.5 -2.1 0 0 0 0 0 0 0 "
                "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
                (1, 6, 7, 2),
            )
        ),
        hint_example="pairs",
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: pad_case((3, 4, 2, 1), 1, 2), checked=True),
                PublicExample(lambda: pad_case((2, 3, 3, 4), 3, 3)),
            )
        ),
    ),
    "conv_single_step": ExerciseSpec(
        points=10,
        signature=Signature(argument_names=("a_slice_prev", "W", "b")),
        example=PublicExample(step_case),
        result=ExpectedResult(values=lambda: 2.48, graded_part=one_number),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: step_case((3, 3, 3), 2)),
                PublicExample(lambda: step_case((4, 4, 1), 3)),
            )
        ),
    ),
    "conv_forward": ExerciseSpec(
        points=20,
        signature=Signature(
            argument_names=("A_prev", "W", "b", "hparameters"), component_names=("Z", *CONV_CACHE)
        ),
        example=PublicExample(conv_case, stubs=FORWARD),
        result=ExpectedResult(
            values=lambda: (
                written(
                    "0.92 3.17 0.54 1.99 -4.85 0.41 -0.55 -1.58 5.19 -1.94 4.39 0.58 -3.15 "
                    "-1.5 7.41 0.69 0.02 4.39 -2.06 -0.21 -8.07 2.94 -0.19 -6.23",
                    (2, 2, 3, 2),
                ),
                tuple(conv_case()),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(
                    lambda: conv_case((3, 4, 5, 2), 2, 1, pad=0, kinds=3, seed=2),
                    stubs=FORWARD,
                    checked=True,
                ),
                PublicExample(
                    lambda: conv_case((2, 7, 4, 3), 2, 3, pad=1, kinds=4, seed=3), stubs=FORWARD
                ),
                PublicExample(
                    lambda: conv_case((3, 3, 3, 3), 3, 1, pad=1, kinds=3, seed=4), stubs=FORWARD
                ),
            )
        ),
    ),
    "pool_forward": ExerciseSpec(
        points=14,
        signature=Signature(
            argument_names=("A_prev", "hparameters", "mode"),
            defaults={"mode": "max"},
            component_names=("A", *POOL_CACHE),
        ),
        example=PublicExample(pool_case),
        result=ExpectedResult(
            values=lambda: (
                written(
                    "0.7 6 3.2 6.1 4.5 6.4 3.4 4.4 6.5 6.1 6.5 5.6 5.1 6.9 5.4 6.8 6.2 5.2 "
                    "5.7 6.8 5.9 6.8 6.3 6.7",
                    (2, 2, 3, 2),
                ),
                tuple(pool_case()[:2]),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(
                    lambda: pool_case("average", (3, 4, 5, 2), 2, 1, seed=2), checked=True
                ),
                PublicExample(lambda: pool_case("max", (2, 7, 5, 3), 2, 3, below=20, seed=3)),
                PublicExample(lambda: pool_case("average", (2, 7, 5, 3), 3, 2, seed=4)),
            )
        ),
    ),
    "conv_backward": ExerciseSpec(
        points=20,
        signature=Signature(
            argument_names=("dZ", "cache"),
            component_names=GRADIENTS,
            cache_names=("A_prev", "W", "b", "hparameters"),
        ),
        example=PublicExample(conv_back_case, stubs=BACK),
        result=ExpectedResult(
            values=lambda: (
                written(
                    "1.13 1.97 0.36 -0.23 2.41 4.76 3.66 -3.68 -2.6 -0.5 0.63 -2.31 -1.08 "
                    "2.47 -0.24 -0.48 -3.28 1.78 1.73 1.23 2.78 -4.9 -7.05 -6.57 2.99 0.92 "
                    "-5.37 0.36 0.68 -0.03",
                    (2, 3, 5, 1),
                ),
                written(
                    "-0.93 1.35 -2.76 2.11 -0.34 3.95 -2.24 0.21 0.74 -1.38 0.6 0.02 1.15 "
                    "-1.14 -0.13 9.34 -4.79 0.37 -2.97 5.79 -3.47 -0.53 -2 0.75 -1.57 -0.54 "
                    "-0.35 2.43 -5.86 -2.05 3.2 0.66 -0.23 -0.3 -1.06 -2.02",
                    (3, 3, 1, 4),
                ),
                written(
                    "-6.6 -2.5 -2.7 5.7",
                    (1, 1, 1, 4),
                ),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(
                    lambda: conv_back_case((2, 4, 3, 2), 3, 1, pad=2, kinds=3, seed=2), stubs=BACK
                ),
                PublicExample(
                    lambda: conv_back_case((2, 7, 4, 3), 2, 3, pad=1, kinds=2, seed=3), stubs=BACK
                ),
                PublicExample(
                    lambda: conv_back_case((3, 3, 3, 3), 3, 1, pad=1, kinds=3, seed=4), stubs=BACK
                ),
            )
        ),
    ),
    "create_mask_from_window": ExerciseSpec(
        points=6,
        signature=Signature(argument_names=("x",)),
        example=PublicExample(lambda: [np.array([[-1.0, 2.0, 3.0], [2.5, -4.0, 1.5]])]),
        result=ExpectedResult(
            values=lambda: np.array([[False, False, True], [False, False, False]])
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [different_numbers(np.random.RandomState(2), 3, 2) - 9]),
                PublicExample(lambda: [different_numbers(np.random.RandomState(3), 3, 3) + 0.3]),
            )
        ),
    ),
    "distribute_value": ExerciseSpec(
        points=6,
        signature=Signature(argument_names=("dz", "shape")),
        example=PublicExample(lambda: [3.0, (2, 3)]),
        result=ExpectedResult(values=lambda: np.array([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5]])),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [7, (4, 2)]),
                PublicExample(lambda: [-2.5, (3, 5)]),
            )
        ),
    ),
    "pool_backward": ExerciseSpec(
        points=16,
        signature=Signature(
            argument_names=("dA", "cache", "mode"),
            defaults={"mode": "max"},
            cache_names=("A_prev", "hparameters"),
        ),
        example=PublicExample(pool_back_case, stubs=POOL_BACK),
        result=ExpectedResult(
            values=lambda: written(
                "0 0 0 0 -0.4 1.6 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 -0.1 0 0 0 0 0 0 -2.1 0 0 "
                "-0.8 0 0 0 0 0 0 0 -1.2 0 0 -1.8 0 0 0 0 0 0.5 0 0 0 0 0 0 0 0 0 0 0",
                (2, 3, 5, 2),
            )
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(
                    lambda: pool_back_case("average", (2, 3, 5, 2)), stubs=POOL_BACK, checked=True
                ),
                PublicExample(
                    lambda: pool_back_case("max", (2, 5, 7, 3), 3, 2, below=20, seed=3),
                    stubs=POOL_BACK,
                ),
                PublicExample(
                    lambda: pool_back_case("max", (2, 7, 5, 3), 2, 3, seed=4), stubs=POOL_BACK
                ),
                PublicExample(
                    lambda: pool_back_case("average", (3, 5, 5, 3), 3, 1, seed=5), stubs=POOL_BACK
                ),
            )
        ),
    ),
}
