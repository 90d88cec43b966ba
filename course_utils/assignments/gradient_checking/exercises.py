"""The public examples of the assignment on gradient checking."""

import numpy as np

from course_utils.assignments.example_networks import (
    CACHE_NAMES,
    active_network,
    cache_of,
    checked_network,
    other_network,
    plain_case,
    planted_mistakes_case,
    right_gradients_case,
    small_gradients_case,
    square_network,
    wide_step_case,
)
from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    InferenceInputs,
    PublicExample,
    public_tolerance,
)
from course_utils.explain import Signature, WatchedStub
from course_utils.network import backward_propagation, cost_and_cache


def line_cost(x, theta):
    """The cost theta * x, of an order of arguments that shows: for numbers x <= theta.

    theta * x alone is x * theta as well, so that a check of it would not notice who hands over the
    two in each other's place. Where x <= theta, as in every call of a right solution, this is
    theta * x to the last bit, so that a solution may also write out the product.
    """
    return theta * x + np.maximum(x - theta, 0) ** 2


def line_slope(x, theta):
    """The derivative of `line_cost` by theta, where x <= theta."""
    return x


OTHER_NUMBERS = (
    PublicExample(lambda: [7, 3]),
    PublicExample(lambda: [-1.5, 0.5]),
    PublicExample(lambda: [0.0, 6.0]),
    PublicExample(lambda: [3.0, 0.0]),
)


def check_example(*numbers, derivative=line_slope):
    """A call of gradient_check. derivative: that it is to check"""
    return PublicExample(
        arguments=lambda: list(numbers),
        keywords={"print_msg": True},
        stubs={
            "forward_propagation": line_cost,
            "backward_propagation": derivative,
        },
    )


def check_n_example(arguments, **keywords):
    """A call of gradient_check_n."""
    return PublicExample(
        arguments=arguments,
        keywords={"print_msg": True} | keywords,
        stubs={"forward_propagation_n": cost_and_cache},
    )


EXERCISES = {
    "forward_propagation": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("x", "theta")),
        example=PublicExample(arguments=lambda: [2, 4]),
        result=ExpectedResult(values=lambda: 8),
        inference=InferenceInputs(further_examples=OTHER_NUMBERS),
    ),
    "backward_propagation": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("x", "theta")),
        example=PublicExample(arguments=lambda: [2, 4]),
        result=ExpectedResult(values=lambda: 2),
        inference=InferenceInputs(further_examples=OTHER_NUMBERS),
    ),
    "gradient_check": ExerciseSpec(
        points=24,
        signature=Signature(argument_names=("x", "theta", "epsilon"), defaults={"epsilon": 1e-7}),
        example=check_example(2, 4),
        result=ExpectedResult(
            values=lambda: 2.919335883291695e-10,
            # a rounding error: any correct order of operations stays below this
            tolerance=public_tolerance(rtol=0, atol=1e-8),
            verdict="right",
            is_measured=True,
        ),
        inference=InferenceInputs(
            further_examples=(
                check_example(2.0, 2.0**30),
                check_example(-3.0, 0.5, 1e-6),
                # formulas that agree on a right derivative differ here, and those that agree with
                # a tiny epsilon
                check_example(2.0, 5.0, 0.1, derivative=lambda x, theta: 3 * x),
                check_example(2.0, 5.0, 0.1, derivative=lambda x, theta: x - theta),
            ),
            watched_stub=WatchedStub(
                "forward_propagation", step="epsilon", point="theta", fixed="x"
            ),
        ),
    ),
    "forward_propagation_n": ExerciseSpec(
        points=4,
        signature=Signature(
            argument_names=("X", "Y", "parameters"),
            component_names=("cost", *CACHE_NAMES),
            batch_arguments=("X", "Y"),
        ),
        example=PublicExample(
            arguments=lambda: list(checked_network()),
        ),
        result=ExpectedResult(
            values=lambda: (2.407833389834357, cache_of(*checked_network()[::2]))
        ),
        hint_example="cost",
        inference=InferenceInputs(further_examples=(PublicExample(lambda: list(other_network())),)),
    ),
    "backward_propagation_n": ExerciseSpec(
        points=26,
        signature=Signature(
            argument_names=("X", "Y", "cache"), cache_names=CACHE_NAMES, batch_arguments=("X", "Y")
        ),
        example=PublicExample(
            arguments=lambda: plain_case(*checked_network()),
        ),
        result=ExpectedResult(
            values=lambda: backward_propagation(*plain_case(*checked_network())),
            tolerance=public_tolerance(extra_keys=True),
        ),
        hint_example="factor",
        inference=InferenceInputs(
            further_examples=(
                PublicExample(lambda: plain_case(*other_network())),
                PublicExample(lambda: plain_case(*square_network())),
                PublicExample(lambda: plain_case(*active_network())),
            )
        ),
    ),
    "gradient_check_n": ExerciseSpec(
        points=30,
        signature=Signature(
            argument_names=("parameters", "gradients", "X", "Y"),
            defaults={"epsilon": 1e-7},
            batch_arguments=("X", "Y"),
        ),
        example=check_n_example(planted_mistakes_case),
        result=ExpectedResult(
            values=lambda: 0.285093156776,
            # differences of costs carry a relative rounding error of about 1e-8
            tolerance=public_tolerance(rtol=1e-5),
            verdict="wrong",
            is_measured=True,
        ),
        inference=InferenceInputs(
            further_examples=(
                check_n_example(right_gradients_case),
                check_n_example(small_gradients_case, epsilon=0.1),
                # of so wide a step even right gradients differ from the slopes in direction
                check_n_example(wide_step_case, epsilon=1.0),
            ),
            watched_stub=WatchedStub("forward_propagation_n", step="epsilon"),
        ),
    ),
}
