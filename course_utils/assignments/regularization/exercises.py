"""The public examples of the assignment on regularization."""

import numpy as np

from course_utils.assignments.example_networks import (
    CACHE_NAMES,
    DROPOUT_CACHE_NAMES,
    cost_case,
    dropout_cache,
    other_cost_case,
    other_network,
    plain_case,
    small_network,
    square_dropout_cache,
    square_network,
    strong_cost_case,
)
from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
    public_tolerance,
)
from course_utils.assignments.regularization.ratios import dropout_ratios, penalty_ratios
from course_utils.explain import Signature
from course_utils.network import compute_cost

# Of the tuple (A3, cache), whose parts must not share a name.
FORWARD_COMPONENTS = (
    "A3",
    *("A3 in the cache" if name == "A3" else name for name in DROPOUT_CACHE_NAMES),
)


EXERCISES = {
    "compute_cost_with_regularization": ExerciseSpec(
        points=22,
        signature=Signature(
            argument_names=("A3", "Y", "parameters", "lambd"), batch_arguments=("A3", "Y")
        ),
        example=PublicExample(
            arguments=lambda: [*cost_case(), 0.1],
        ),
        result=ExpectedResult(values=lambda: 1.7864859451590758),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(other_cost_case),
                PublicExample(strong_cost_case),
            ),
            derived_ingredients=lambda A3, Y, parameters, lambd: {
                "the cross-entropy": compute_cost(A3, Y)
            },
            ratios=penalty_ratios,
        ),
    ),
    "backward_propagation_with_regularization": ExerciseSpec(
        points=26,
        signature=Signature(
            argument_names=("X", "Y", "cache", "lambd"),
            cache_names=CACHE_NAMES,
            batch_arguments=("X", "Y"),
        ),
        example=PublicExample(
            arguments=lambda: [*plain_case(*small_network()), 0.7],
        ),
        result=ExpectedResult(
            values=lambda: {
                "dW1": np.array(
                    [[-0.25604647, 0.1229883, -0.28297132], [-0.17706304, 0.345361, -0.44105717]]
                ),
                "dW2": np.array(
                    [
                        [0.79276497, 0.85133932],
                        [-0.0957219, -0.01720463],
                        [-0.13100772, -0.03750433],
                    ]
                ),
                "dW3": np.array([[-1.77691375, -0.11832879, -0.09397446]]),
            },
            tolerance=public_tolerance(extra_keys=True),
        ),
        hint_example="derivative",
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [*plain_case(*other_network()), 0.3]),
                PublicExample(lambda: [*plain_case(*square_network()), 17.5]),
                PublicExample(lambda: [*plain_case(*other_network()), 0.0]),
            ),
            ratios=penalty_ratios,
        ),
    ),
    "forward_propagation_with_dropout": ExerciseSpec(
        points=28,
        signature=Signature(
            argument_names=("X", "parameters", "keep_prob"),
            defaults={"keep_prob": 0.5},
            component_names=FORWARD_COMPONENTS,
            batch_arguments=("X",),
        ),
        example=PublicExample(
            arguments=lambda: [*small_network()[::2], 0.7],
        ),
        result=ExpectedResult(
            values=lambda: np.array([[0.36974721, 0.00305176, 0.04565099, 0.49683389, 0.36974721]]),
            public_part=lambda result: result[0],
            whole=lambda: (np.zeros((1, 5)), dropout_cache()[2]),
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [*other_network()[::2], 0.2]),
                PublicExample(lambda: [*other_network()[::2]]),
                PublicExample(lambda: [*square_network()[::2], 0.6]),
            ),
            ratios=dropout_ratios,
        ),
    ),
    "backward_propagation_with_dropout": ExerciseSpec(
        points=24,
        signature=Signature(
            argument_names=("X", "Y", "cache", "keep_prob"),
            cache_names=DROPOUT_CACHE_NAMES,
            batch_arguments=("X", "Y"),
        ),
        example=PublicExample(
            arguments=lambda: [*dropout_cache(), 0.8],
        ),
        result=ExpectedResult(
            values=lambda: {
                "dA1": np.array(
                    [
                        [0.36544439, 0, -0.00188234, 0, -0.17408748],
                        [0.65515713, 0, -0.00337459, 0, 0],
                    ]
                ),
                "dA2": np.array(
                    [
                        [0.58180856, 0, -0.00299679, 0, -0.27715731],
                        [0, 0.53159854, 0, 0.53159854, -0.34089673],
                        [0, 0, -0.00292733, 0, 0],
                    ]
                ),
            },
            # the cache of this example is itself printed to 8 decimals
            tolerance=public_tolerance(atol=2e-8, extra_keys=True),
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [*dropout_cache(), 0.5]),
                PublicExample(lambda: [*square_dropout_cache(), 0.6]),
            ),
            ratios=dropout_ratios,
        ),
    ),
}
