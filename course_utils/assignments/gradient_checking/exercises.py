"""The public examples of the assignment on gradient checking."""

from course_utils.assignments.example_networks import (
    cache_of,
    checked_network,
    other_network,
    plain_case,
    small_network,
)
from course_utils.assignments.exercise_spec import ExerciseSpec
from course_utils.explain.inputs import CACHES
from course_utils.network import backward_propagation, cost_and_cache

OTHER_NUMBERS = (lambda: [3, 5], lambda: [-1.5, 0.5], lambda: [0.0, 3.0])


def _right_gradients_case():
    X, Y, parameters = small_network(2, 3, 2, 4)
    return [parameters, backward_propagation(X, Y, cache_of(X, parameters)), X, Y]


def _planted_case():
    X, Y, parameters = checked_network()
    gradients = backward_propagation(*plain_case(*checked_network()))
    return [
        parameters,
        gradients | {"dW2": gradients["dW2"] * 2, "db1": gradients["db1"] * 4},
        X,
        Y,
    ]


EXERCISES = {
    "forward_propagation": ExerciseSpec(
        points=8,
        hints=(
            "What does the formula for J do with its two numbers?",
            "Two numbers go in, one number comes out. No array is needed.",
            "value",
        ),
        takes=("x", "theta"),
        also=OTHER_NUMBERS,
        given="x = 2, theta = 4",
        arguments=lambda: [2, 4],
        expected=lambda: 8,
        questions={
            "value": "The formula is one product. What does yours give for x = 0?",
            "type": "Could the next cell subtract two of your results from each other?",
        },
        hidden="other numbers: negative, fractional, large and zero, to their last digits",
    ),
    "backward_propagation": ExerciseSpec(
        points=8,
        hints=(
            "If theta grows by a little, how many times as much does J grow?",
            "The derivative with respect to theta; the other number is a constant here. One number comes out.",
            "value",
        ),
        takes=("x", "theta"),
        also=OTHER_NUMBERS,
        given="x = 2, theta = 4",
        arguments=lambda: [2, 4],
        expected=lambda: 2,
        questions={"value": "By how much does J grow when theta grows by 1 and x stays?"},
        hidden="other numbers: negative, fractional, large and zero, to their last digits",
    ),
    "gradient_check": ExerciseSpec(
        points=24,
        hints=(
            "At which two places do you have to look at J, and how far apart are they?",
            "Four quantities: J above, J below, the slope between them, the derivative that is checked. The last line compares the last "
            "two, divided by their sizes. Mind what a division applies to.",
            "value",
        ),
        takes=("x", "theta", "epsilon"),
        defaults={"epsilon": 1e-7},
        also=(lambda: [2.0, 2.0**30], lambda: [-3.0, 0.5, 1e-6]),
        given="x = 2, theta = 4, print_msg=True",
        arguments=lambda: [2, 4],
        keywords={"print_msg": True},
        watched="forward_propagation",
        stubs={
            "forward_propagation": lambda x, theta: theta * x,
            "backward_propagation": lambda x, theta: x,
        },
        expected=lambda: 2.919335883291695e-10,
        measured=True,
        rtol=0,
        atol=1e-8,  # a rounding error: any correct order of operations stays below this
        questions={
            "value": "How far apart are theta plus and theta minus? Follow the order of / and * in your line."
        },
        hidden="a wrong derivative that it must expose, other epsilons, numbers where rounding shows, the verdict on both sides of 2e-7, and that it prints none unless asked to",
        said="right",
    ),
    "forward_propagation_n": ExerciseSpec(
        points=4,
        hints=(
            "This function is given whole. Does it still read as it did when you opened the notebook?",
            "If something was changed by accident, fetch a fresh copy of the notebook and compare the two cells.",
            "cost",
        ),
        takes=("X", "Y", "parameters"),
        also=(lambda: list(other_network()),),
        names=("cost", *CACHES[12]),
        given="the 4-5-3-1 network of seed 1 on 3 examples",
        arguments=lambda: list(checked_network()),
        expected=lambda: (2.407833389834357, cache_of(*checked_network()[::2])),
        questions={"value": "This function came ready-made. What did you change in it?"},
        hidden="other sizes and inputs, and that the inputs stay as they were; leave this function as it is",
    ),
    "backward_propagation_n": ExerciseSpec(
        points=26,
        hints=(
            "Which two arrays does the table point at, and what makes the lines of their sisters different?",
            "The factors. A ratio of 0.50 in the table means that the gradient is twice as large as it should be, 0.25 four times.",
            "factor",
        ),
        takes=("X", "Y", "cache"),
        also=(lambda: plain_case(*other_network()),),
        given="the cache of the 4-5-3-1 network of seed 1",
        arguments=lambda: plain_case(*checked_network()),
        expected=lambda: backward_propagation(*plain_case(*checked_network())),
        questions={
            "value": "Compare this line with its sisters for the other layers, digit by digit. What differs?"
        },
        hidden="other sizes, other labels, and that the cache stays as it was",
        extra_keys=True,
    ),
    "gradient_check_n": ExerciseSpec(
        points=30,
        hints=(
            "In pass i, which entries of the column differ from those of theta?",
            "A fresh copy of theta for each side of each pass; a dictionary where the network is called, a column where entries are nudged. "
            "The network gives back a pair, of which you need the cost.",
            "value",
        ),
        takes=("parameters", "gradients", "X", "Y"),
        defaults={"epsilon": 1e-7},
        also=(_right_gradients_case,),
        given="the 4-5-3-1 network of seed 1, with dW2 doubled and db1 times 4, print_msg=True",
        arguments=_planted_case,
        keywords={"print_msg": True},
        watched="forward_propagation_n",
        stubs={"forward_propagation_n": cost_and_cache},
        expected=lambda: 0.285093156776,
        measured=True,
        rtol=1e-5,  # differences of costs carry a relative rounding error of about 1e-8
        questions={
            "value": "In pass i, is exactly entry i moved, once up and once down, with all others back in place?",
            "error": "How many values does forward_propagation_n hand back, and does it want a vector or a dictionary?",
        },
        hidden="right and wrong gradients, other sizes, other epsilons, the verdict on both sides of 2e-7, that it prints none unless asked to, and that the inputs stay as they were",
        said="wrong",
    ),
}
