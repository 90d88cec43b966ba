"""The public examples of the assignment on gradient checking."""

import numpy as np

from course_utils.assignments.example_networks import (
    CACHE_NAMES,
    cache_of,
    checked_network,
    other_network,
    plain_case,
    planted_mistakes_case,
    right_gradients_case,
)
from course_utils.assignments.exercise_spec import (
    ExerciseSpec,
    ExpectedResult,
    Hints,
    InferenceInputs,
    PublicExample,
    StudentTexts,
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


OTHER_NUMBERS = (lambda: [3, 5], lambda: [-1.5, 0.5], lambda: [0.0, 3.0])


HIDDEN_NUMBERS = "other numbers: negative, fractional, large and zero, to their last digits"

EXERCISES = {
    "forward_propagation": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("x", "theta")),
        example=PublicExample(input_text="x = 2, theta = 4", arguments=lambda: [2, 4]),
        result=ExpectedResult(values=lambda: 8),
        texts=StudentTexts(
            hints=Hints(
                question="What does the formula for J do with its two numbers?",
                quantities="Two numbers go in, one number comes out. No array is needed.",
                example="value",
            ),
            questions={
                "value": "The formula is one product. What does yours give for x = 0?",
                "type": "Could the next cell subtract two of your results from each other?",
            },
            hidden_tests=HIDDEN_NUMBERS,
        ),
        inference=InferenceInputs(further_inputs=OTHER_NUMBERS),
    ),
    "backward_propagation": ExerciseSpec(
        points=8,
        signature=Signature(argument_names=("x", "theta")),
        example=PublicExample(input_text="x = 2, theta = 4", arguments=lambda: [2, 4]),
        result=ExpectedResult(values=lambda: 2),
        texts=StudentTexts(
            hints=Hints(
                question="If theta grows by a little, how many times as much does J grow?",
                quantities=(
                    "The derivative with respect to theta; the other number is a constant here. "
                    "One number comes out."
                ),
                example="value",
            ),
            questions={"value": "By how much does J grow when theta grows by 1 and x stays?"},
            hidden_tests=HIDDEN_NUMBERS,
        ),
        inference=InferenceInputs(further_inputs=OTHER_NUMBERS),
    ),
    "gradient_check": ExerciseSpec(
        points=24,
        signature=Signature(argument_names=("x", "theta", "epsilon"), defaults={"epsilon": 1e-7}),
        example=PublicExample(
            input_text="x = 2, theta = 4, print_msg=True",
            arguments=lambda: [2, 4],
            keywords={"print_msg": True},
            stubs={
                "forward_propagation": line_cost,
                "backward_propagation": lambda x, theta: x,
            },
        ),
        result=ExpectedResult(
            values=lambda: 2.919335883291695e-10,
            # a rounding error: any correct order of operations stays below this
            tolerance=public_tolerance(rtol=0, atol=1e-8),
            verdict="right",
            is_measured=True,
        ),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "At which two places do you have to look at J, and how far apart are they?"
                ),
                quantities=(
                    "Four quantities: J above, J below, the slope between them, the derivative "
                    "that is checked. The last line compares the last two, divided by their "
                    "sizes. Mind what a division applies to."
                ),
                example="value",
            ),
            questions={
                "value": (
                    "How far apart are theta plus and theta minus? Follow the order of / and * in "
                    "your line."
                )
            },
            hidden_tests=(
                "a wrong derivative that it must expose, other epsilons, numbers where rounding "
                "shows, the verdict on both sides of 2e-7, and that it prints none unless asked to"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(lambda: [2.0, 2.0**30], lambda: [-3.0, 0.5, 1e-6]),
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
            input_text="the 4-5-3-1 network of seed 1 on 3 examples",
            arguments=lambda: list(checked_network()),
        ),
        result=ExpectedResult(
            values=lambda: (2.407833389834357, cache_of(*checked_network()[::2]))
        ),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "This function is given whole. Does it still read as it did when you opened "
                    "the notebook?"
                ),
                quantities=(
                    "If something was changed by accident, fetch a fresh copy of the notebook and "
                    "compare the two cells."
                ),
                example="cost",
            ),
            questions={"value": "This function came ready-made. What did you change in it?"},
            hidden_tests=(
                "other sizes and inputs, and that the inputs stay as they were; leave this "
                "function as it is"
            ),
        ),
        inference=InferenceInputs(further_inputs=(lambda: list(other_network()),)),
    ),
    "backward_propagation_n": ExerciseSpec(
        points=26,
        signature=Signature(
            argument_names=("X", "Y", "cache"), cache_names=CACHE_NAMES, batch_arguments=("X", "Y")
        ),
        example=PublicExample(
            input_text="the cache of the 4-5-3-1 network of seed 1",
            arguments=lambda: plain_case(*checked_network()),
        ),
        result=ExpectedResult(
            values=lambda: backward_propagation(*plain_case(*checked_network())),
            tolerance=public_tolerance(extra_keys=True),
        ),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "Which two arrays does the table point at, and what makes the lines of their "
                    "sisters different?"
                ),
                quantities=(
                    "The factors. A ratio of 0.50 in the table means that the gradient is twice "
                    "as large as it should be, 0.25 four times."
                ),
                example="factor",
            ),
            questions={
                "value": (
                    "Compare this line with its sisters for the other layers, digit by digit. "
                    "What differs?"
                )
            },
            hidden_tests="other sizes, other labels, and that the cache stays as it was",
        ),
        inference=InferenceInputs(further_inputs=(lambda: plain_case(*other_network()),)),
    ),
    "gradient_check_n": ExerciseSpec(
        points=30,
        signature=Signature(
            argument_names=("parameters", "gradients", "X", "Y"),
            defaults={"epsilon": 1e-7},
            batch_arguments=("X", "Y"),
        ),
        example=PublicExample(
            input_text=(
                "the 4-5-3-1 network of seed 1, with dW2 doubled and db1 times 4, print_msg=True"
            ),
            arguments=planted_mistakes_case,
            keywords={"print_msg": True},
            stubs={"forward_propagation_n": cost_and_cache},
        ),
        result=ExpectedResult(
            values=lambda: 0.285093156776,
            # differences of costs carry a relative rounding error of about 1e-8
            tolerance=public_tolerance(rtol=1e-5),
            verdict="wrong",
            is_measured=True,
        ),
        texts=StudentTexts(
            hints=Hints(
                question="In pass i, which entries of the column differ from those of theta?",
                quantities=(
                    "A fresh copy of theta for each side of each pass; a dictionary where the "
                    "network is called, a column where entries are nudged. The network gives back "
                    "a pair, of which you need the cost."
                ),
                example="value",
            ),
            questions={
                "value": (
                    "In pass i, is exactly entry i moved, once up and once down, with all others "
                    "back in place?"
                ),
                "error": (
                    "How many values does forward_propagation_n hand back, and does it want a "
                    "vector or a dictionary?"
                ),
            },
            hidden_tests=(
                "right and wrong gradients, other sizes, other epsilons, the verdict on both "
                "sides of 2e-7, that it prints none unless asked to, and that the inputs stay as "
                "they were"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(right_gradients_case,),
            watched_stub=WatchedStub("forward_propagation_n", step="epsilon"),
        ),
    ),
}
