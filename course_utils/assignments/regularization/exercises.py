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
            input_text="A3 and Y of 5 examples, a 3-2-3-1 network of seed 1, lambd = 0.1",
            arguments=lambda: [*cost_case(), 0.1],
        ),
        result=ExpectedResult(values=lambda: 1.7864859451590758),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "The penalty is one number made of three matrices. What do you do with each "
                    "weight before you add anything up?"
                ),
                quantities=(
                    "Three sums of squares, one for each layer; a factor made of `lambd` and the "
                    "number of examples m; then the cross-entropy that is given. Biases have no "
                    "part."
                ),
                example="value",
            ),
            questions={
                "value": (
                    "Set lambd to 0: do you get the plain cross-entropy? If so, by which factor, "
                    "made of 2 and m, is the penalty off?"
                ),
                "error": "Do you multiply matrices where each weight should only meet itself?",
            },
            hidden_tests=(
                "other lambdas (0 among them), other numbers of examples, down to one, other "
                "layer sizes, outputs near 0 and 1, large biases, and that the inputs stay as "
                "they were"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(other_cost_case,),
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
            input_text="a 3-2-3-1 network of seed 1 on 5 examples, lambd = 0.7",
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
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "Cover the penalty with your hand: what would the three lines be? Now what "
                    "does the penalty add to the slope of one weight?"
                ),
                quantities=(
                    "Each of the three gradients keeps the form it has without a penalty, with "
                    "the A (or X) of the layer before it, and gains a multiple of its own W. Its "
                    "shape is that of W."
                ),
                example="derivative",
            ),
            questions={
                "value": (
                    "Look at which entry is wrong. What is the derivative of lambda / (2m) times "
                    "W squared, in that layer?"
                ),
                "keys": (
                    "The gradients dictionary is given below your lines. Which name is missing?"
                ),
            },
            hidden_tests=(
                "other lambdas, lambd = 0, other sizes and numbers of examples, all eleven "
                "gradients, and that the cache stays as it was"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(lambda: [*plain_case(*other_network()), 0.3],), ratios=penalty_ratios
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
            input_text="a 3-2-3-1 network of seed 1 on 5 examples, keep_prob = 0.7",
            arguments=lambda: [*small_network()[::2], 0.7],
        ),
        result=ExpectedResult(
            values=lambda: np.array([[0.36974721, 0.00305176, 0.04565099, 0.49683389, 0.36974721]]),
            public_part=lambda result: result[0],
            whole=lambda: (np.zeros((1, 5)), dropout_cache()[2]),
        ),
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "Which of the four steps makes random numbers, which makes zeros and ones, "
                    "and which two change the activations?"
                ),
                quantities=(
                    "The mask of a layer has the shape of its activations, (units, examples): "
                    "each unit of each example has a lot of its own. A number below `keep_prob` "
                    "keeps. The mean of the activations should stay what it was."
                ),
                example="value",
            ),
            questions={
                "value": (
                    "What share of D1 is 1, and which random numbers decide? Average A1 over many "
                    "masks: is it as large as without dropout?"
                ),
                "length": (
                    "Which random decisions of this pass must the backward pass be able to repeat?"
                ),
            },
            hidden_tests=(
                "other keep_prob (also 1 and the default), other sizes, every entry of the cache, "
                "that a second call gives the same masks, and that the inputs stay as they were"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(lambda: [*other_network()[::2], 0.4], lambda: [*other_network()[::2]]),
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
            input_text=(
                "the cache of a forward pass that dropped about half of the units, keep_prob = 0.8"
            ),
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
        texts=StudentTexts(
            hints=Hints(
                question=(
                    "In the forward pass a kept activation was multiplied by two things. By which "
                    "does its gradient have to be multiplied?"
                ),
                quantities=(
                    "dA2 has the shape of A2 and of D2; dA1 that of A1 and of D1. No new random "
                    "numbers: the masks of the forward pass are in the cache."
                ),
                example="value",
            ),
            questions={
                "value": (
                    "The forward pass wrote A * D / keep_prob. What is the derivative of that "
                    "with respect to A?"
                ),
                "error": (
                    "The mask and the gradient in one line should carry the same layer number. Do "
                    "they?"
                ),
            },
            hidden_tests=(
                "all eleven gradients, other keep_prob (also 1), other masks and sizes, and that "
                "the cache stays as it was"
            ),
        ),
        inference=InferenceInputs(
            further_inputs=(lambda: [*dropout_cache(), 0.5],), ratios=dropout_ratios
        ),
    ),
}
