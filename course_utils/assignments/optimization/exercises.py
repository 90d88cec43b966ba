"""The public examples of the assignment on optimization methods."""

import numpy as np

from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
)
from course_utils.assignments.optimization.example_parts import (
    adam_case,
    batch_case,
    momentum_case,
    moved_and_averages,
    names_of_batches,
    no_averages,
    parameters_case,
    step_case,
)
from course_utils.explain import Signature

EXERCISES = {
    "update_parameters_with_gd": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("parameters", "grads", "learning_rate")),
        example=PublicExample(step_case),
        result=ExpectedResult(
            values=lambda: {
                "W1": np.array(
                    [[1.83035943, -0.57951469, -0.48976632], [-1.18634557, 0.97539676, -2.28429588]]
                ),
                "b1": np.array([[1.83259761], [-0.76542828]]),
                "W2": np.array([[0.26075757, -0.13930846]]),
                "b2": np.array([[1.34763557]]),
            }
        ),
        may_change_arguments=True,
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: step_case((2, 4, 3, 1), 5, 0.7)),
                PublicExample(lambda: step_case((4, 1), 6, 2.5)),
            )
        ),
    ),
    "random_mini_batches": ExerciseSpec(
        points=20,
        signature=Signature(
            argument_names=("X", "Y", "mini_batch_size", "seed"),
            defaults={"mini_batch_size": 64, "seed": 0},
            component_names=names_of_batches,
        ),
        example=PublicExample(lambda: batch_case(2, 7, 3)),
        result=ExpectedResult(
            values=lambda: [
                (np.array([[6.0, 2.0, 1.0], [36.0, 4.0, 1.0]]), np.array([[0, 1, 0]])),
                (np.array([[3.0, 0.0, 5.0], [9.0, 0.0, 25.0]]), np.array([[0, 1, 0]])),
                (np.array([[4.0], [16.0]]), np.array([[1]])),
            ]
        ),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: batch_case(3, 6, 2, 4)),
                PublicExample(lambda: batch_case(2, 3, 5, 1)),
                PublicExample(lambda: batch_case(4, 8, 3, 2)),
            )
        ),
    ),
    "initialize_velocity": ExerciseSpec(
        points=6,
        signature=Signature(argument_names=("parameters",)),
        example=PublicExample(parameters_case),
        result=ExpectedResult(values=no_averages),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: parameters_case((2, 4, 3, 1), 5)),
                PublicExample(lambda: parameters_case((4, 1), 6)),
            )
        ),
    ),
    "update_parameters_with_momentum": ExerciseSpec(
        points=14,
        signature=Signature(
            argument_names=("parameters", "grads", "v", "beta", "learning_rate"),
            component_names=("parameters", "v"),
        ),
        example=PublicExample(momentum_case),
        result=ExpectedResult(
            values=lambda: (
                {
                    "W1": np.array(
                        [
                            [-0.48312764, 0.02200471, -2.08673183],
                            [1.64838436, -1.73049999, -0.74635577],
                        ]
                    ),
                    "b1": np.array([[0.59307877], [-1.21805105]]),
                    "W2": np.array([[-1.03660817, -1.0699548]]),
                    "b2": np.array([[0.74936413]]),
                },
                {
                    "dW1": np.array(
                        [
                            [0.66369796, -0.78271536, -0.49464266],
                            [-0.08113556, -0.62935595, -0.95391593],
                        ]
                    ),
                    "db1": np.array([[-0.90197354], [-0.27237035]]),
                    "dW2": np.array([[-0.21344052, 1.60947185]]),
                    "db2": np.array([[-1.9791009]]),
                },
            )
        ),
        may_change_arguments=True,
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: momentum_case((2, 4, 3, 1), 5, 0.3, 0.7)),
                PublicExample(lambda: momentum_case((4, 1), 6, 0.95, 2.5)),
            )
        ),
    ),
    "initialize_adam": ExerciseSpec(
        points=6,
        signature=Signature(argument_names=("parameters",), component_names=("v", "s")),
        example=PublicExample(parameters_case),
        result=ExpectedResult(
            values=lambda: (
                no_averages(),
                no_averages(),
            )
        ),
        separate_arrays=True,
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: parameters_case((2, 4, 3, 1), 5)),
                PublicExample(lambda: parameters_case((4, 1), 6)),
            )
        ),
    ),
    "update_parameters_with_adam": ExerciseSpec(
        points=24,
        signature=Signature(
            argument_names=(
                "parameters",
                "grads",
                "v",
                "s",
                "t",
                "learning_rate",
                "beta1",
                "beta2",
                "epsilon",
            ),
            defaults={"learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8},
            component_names=("parameters", "v", "s"),
        ),
        example=PublicExample(
            adam_case, keywords={"learning_rate": 0.1, "beta1": 0.8, "beta2": 0.9, "epsilon": 1e-2}
        ),
        result=ExpectedResult(
            values=lambda: (
                {
                    "W1": np.array(
                        [
                            [1.57423433, 0.38224973, 0.1647878],
                            [-1.75074192, -0.34443554, -0.32671613],
                        ]
                    ),
                    "b1": np.array([[0.0286649], [-0.62918137]]),
                    "W2": np.array([[-0.10794337, -0.66756572]]),
                    "b2": np.array([[-1.07151458]]),
                },
                {
                    "dW1": np.array(
                        [
                            [1.36584316, 0.36563662, -0.4771135],
                            [-0.56038783, 0.41926049, -0.23748268],
                        ]
                    ),
                    "db1": np.array([[-0.92436454], [0.01244891]]),
                    "dW2": np.array([[0.37583149, 1.34387932]]),
                    "db2": np.array([[-1.03642864]]),
                },
                {
                    "dW1": np.array(
                        [[0.45480624, 0.50927745, 0.54772979], [0.27561156, 0.43805579, 0.80673266]]
                    ),
                    "db1": np.array([[0.77423427], [0.36454087]]),
                    "dW2": np.array([[0.38441115, 0.5594102]]),
                    "db2": np.array([[0.20340111]]),
                },
            ),
            graded_part=moved_and_averages,
        ),
        may_change_arguments=True,
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: adam_case((2, 4, 3, 1), 5, 1)),
                PublicExample(lambda: adam_case((4, 1), 6, 30), keywords={"epsilon": 1e-2}),
            )
        ),
    ),
    "update_lr": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("learning_rate0", "epoch_num", "decay_rate")),
        example=PublicExample(lambda: [0.5, 2, 1]),
        result=ExpectedResult(values=lambda: 0.16666666666666666),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [0.3, 0, 0.7]),
                PublicExample(lambda: [0.1, 7, 0.25]),
            )
        ),
    ),
    "schedule_lr_decay": ExerciseSpec(
        points=14,
        signature=Signature(
            argument_names=("learning_rate0", "epoch_num", "decay_rate", "time_interval"),
            defaults={"time_interval": 1000},
        ),
        example=PublicExample(lambda: [0.5, 1500, 0.3]),
        result=ExpectedResult(values=lambda: 0.3846153846153846),
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: [0.5, 999, 0.3], checked=True),
                PublicExample(lambda: [0.5, 250, 0.3, 100]),
                PublicExample(lambda: [0.2, 431, 0.6, 100]),
                PublicExample(lambda: [0.3, 60, 0.25, 20]),
            )
        ),
    ),
}
