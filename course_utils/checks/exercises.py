"""The public example of every exercise: what goes in, what must come out, what to ask otherwise.

Expected values are public figures, written out. Nothing here computes what an exercise asks for.
"""

import numpy as np

from course_utils.checks.definition import Check
from course_utils.checks.examples import cache_of, checked_network, cost_case, dropout_cache, small_network
from course_utils.checks.inputs import CACHES
from course_utils.network import backward_propagation, compute_cost, cost_and_cache

LAYERS = [2, 4, 1]
OTHER_LAYERS = (lambda: [[3, 5, 4, 2]], lambda: [[4, 4]])
OTHER_NUMBERS = (lambda: [3, 5], lambda: [-1.5, 0.5], lambda: [0.0, 3.0])
DROPOUT_CACHE = tuple("A3 in the cache" if name == "A3" else name for name in CACHES[14])

SHAPES = {
    "keys": "Which layers have weights? Compare the keys you made with W1, b1 up to the last layer.",
    "shape": "Write the shapes under Z = W A + b for one layer: which sizes must W and b have there?",
    "error": "Which call does the error name? np.zeros wants one shape, (rows, columns); np.random.randn wants two numbers.",
}
GENERALITY = "other layer sizes, more and fewer layers, that the list you are given stays as it was, and that a second call gives the same again"


def _backward_case():
    X, Y, parameters = small_network()
    return [X, Y, cache_of(X, parameters)]


def _checked_case():
    X, Y, parameters = checked_network()
    return [X, Y, cache_of(X, parameters)]


def _other_network():
    """X (4, 7), Y (1, 7), parameters of a 4-3-2-1 network."""
    return small_network(4, 3, 2, 7)


def _other_cost_case():
    _, Y, parameters = _other_network()
    return [np.random.RandomState(5).uniform(0.1, 0.9, (1, 7)), Y, parameters, 0.7]


def _other_backward_case():
    X, Y, parameters = _other_network()
    return [X, Y, cache_of(X, parameters)]


def _right_gradients_case():
    X, Y, parameters = small_network(2, 3, 2, 4)
    return [parameters, backward_propagation(X, Y, cache_of(X, parameters)), X, Y]


def _planted_case():
    X, Y, parameters = checked_network()
    gradients = backward_propagation(*_checked_case())
    return [parameters, gradients | {"dW2": gradients["dW2"] * 2, "db1": gradients["db1"] * 4}, X, Y]


def _initialization(w1, w2):
    return lambda: {"W1": np.array(w1), "b1": np.zeros((4, 1)), "W2": np.array(w2), "b2": np.zeros((1, 1))}


INITIALIZATION = {
    "initialize_parameters_zeros": Check(
        takes=("layers_dims",),
        also=OTHER_LAYERS,
        given="layers_dims = [2, 4, 1]",
        arguments=lambda: [list(LAYERS)],
        expected=_initialization(np.zeros((4, 2)), np.zeros((1, 4))),
        questions=SHAPES | {"value": "The name says zeros. Which line of yours puts another number in?"},
        hidden=GENERALITY,
    ),
    "initialize_parameters_random": Check(
        takes=("layers_dims",),
        also=OTHER_LAYERS,
        given="layers_dims = [2, 4, 1]",
        arguments=lambda: [list(LAYERS)],
        expected=_initialization(
            [[17.88628473, 4.36509851], [0.96497468, -18.63492703],
             [-2.77388203, -3.54758979], [-0.82741481, -6.27000677]],
            [[-0.43818169, -4.7721803, -13.13864753, 8.8462238]],
        ),  # fmt: skip
        questions=SHAPES | {
            "value": "Divide your first weight by the expected one. Is the factor off, or are these other random numbers? Biases draw none.",
        },
        hidden=GENERALITY,
    ),
    "initialize_parameters_he": Check(
        takes=("layers_dims",),
        also=OTHER_LAYERS,
        given="layers_dims = [2, 4, 1]",
        arguments=lambda: [list(LAYERS)],
        expected=_initialization(
            [[1.78862847, 0.43650985], [0.09649747, -1.8634927],
             [-0.2773882, -0.35475898], [-0.08274148, -0.62700068]],
            [[-0.03098412, -0.33744411, -0.92904268, 0.62552248]],
        ),  # fmt: skip
        questions=SHAPES | {
            "value": "Divide your weight by the expected one, in W1 and in W2. Which layer size, under which root, explains both ratios?",
        },
        hidden=GENERALITY,
    ),
}  # fmt: skip


REGULARIZATION = {
    "compute_cost_with_regularization": Check(
        takes=("A3", "Y", "parameters", "lambd"),
        also=(_other_cost_case,),
        given="A3 and Y of 5 examples, a 3-2-3-1 network of seed 1, lambd = 0.1",
        arguments=lambda: [*cost_case(), 0.1],
        beside=lambda A3, Y, parameters, lambd: {"the cross-entropy": compute_cost(A3, Y)},
        expected=lambda: 1.7864859451590758,
        questions={
            "value": "Set lambd to 0: do you get the plain cross-entropy? If so, by which factor, made of 2 and m, is the penalty off?",
            "error": "Do you multiply matrices where each weight should only meet itself?",
        },
        hidden="other lambdas, other numbers of examples, other layer sizes, and large biases",
    ),
    "backward_propagation_with_regularization": Check(
        takes=("X", "Y", "cache", "lambd"),
        also=(lambda: [*_other_backward_case(), 0.3],),
        given="a 3-2-3-1 network of seed 1 on 5 examples, lambd = 0.7",
        arguments=lambda: [*_backward_case(), 0.7],
        expected=lambda: {
            "dW1": np.array([[-0.25604647, 0.1229883, -0.28297132],
                             [-0.17706304, 0.345361, -0.44105717]]),
            "dW2": np.array([[0.79276497, 0.85133932], [-0.0957219, -0.01720463],
                             [-0.13100772, -0.03750433]]),
            "dW3": np.array([[-1.77691375, -0.11832879, -0.09397446]]),
        },
        questions={
            "value": "Look at which entry is wrong. What is the derivative of lambda / (2m) times W squared, in that layer?",
            "keys": "The gradients dictionary is given below your lines. Which name is missing?",
        },
        hidden="other lambdas, lambd = 0, other sizes, every gradient, and that the cache stays as it was",
        extra_keys=True,
    ),
    "forward_propagation_with_dropout": Check(
        takes=("X", "parameters", "keep_prob"),
        defaults={"keep_prob": 0.5},
        also=(lambda: [*_other_network()[::2], 0.4], lambda: [*_other_network()[::2]]),
        names=("A3", *DROPOUT_CACHE),
        given="a 3-2-3-1 network of seed 1 on 5 examples, keep_prob = 0.7",
        arguments=lambda: [*small_network()[::2], 0.7],
        form=lambda: (np.zeros((1, 5)), dropout_cache()[2]),
        pick=lambda result: result[0],
        expected=lambda: np.array([[0.36974721, 0.00305176, 0.04565099, 0.49683389, 0.36974721]]),
        questions={
            "value": "What share of D1 is 1, and which random numbers decide? Average A1 over many masks: is it as large as without dropout?",
            "length": "Which random decisions of this pass must the backward pass be able to repeat?",
        },
        hidden="other keep_prob (also 1 and the default), other sizes, every entry of the cache, and the seed",
    ),
    "backward_propagation_with_dropout": Check(
        takes=("X", "Y", "cache", "keep_prob"),
        also=(lambda: [*dropout_cache(), 0.5],),
        given="the cache of a forward pass that dropped about half of the units, keep_prob = 0.8",
        arguments=lambda: [*dropout_cache(), 0.8],
        expected=lambda: {
            "dA1": np.array([[0.36544439, 0, -0.00188234, 0, -0.17408748],
                             [0.65515713, 0, -0.00337459, 0, 0]]),
            "dA2": np.array([[0.58180856, 0, -0.00299679, 0, -0.27715731],
                             [0, 0.53159854, 0, 0.53159854, -0.34089673],
                             [0, 0, -0.00292733, 0, 0]]),
        },
        atol=2e-8,  # the cache of this example is itself printed to 8 decimals
        questions={
            "value": "The forward pass wrote A * D / keep_prob. What is the derivative of that with respect to A?",
            "error": "The mask and the gradient in one line should carry the same layer number. Do they?",
        },
        hidden="all eleven gradients, other keep_prob, other masks and sizes, and that the cache stays as it was",
        extra_keys=True,
    ),
}  # fmt: skip


GRADIENT_CHECKING = {
    "forward_propagation": Check(
        takes=("x", "theta"),
        also=OTHER_NUMBERS,
        given="x = 2, theta = 4",
        arguments=lambda: [2, 4],
        expected=lambda: 8,
        questions={
            "value": "The formula is one product. What does yours give for x = 0?",
            "type": "Could the next cell subtract two of your results from each other?",
        },
        hidden="other numbers: negative, fractional and zero",
    ),
    "backward_propagation": Check(
        takes=("x", "theta"),
        also=OTHER_NUMBERS,
        given="x = 2, theta = 4",
        arguments=lambda: [2, 4],
        expected=lambda: 2,
        questions={"value": "By how much does J grow when theta grows by 1 and x stays?"},
        hidden="other numbers: negative, fractional and zero",
    ),
    "gradient_check": Check(
        takes=("x", "theta", "epsilon"),
        defaults={"epsilon": 1e-7},
        also=(lambda: [2.0, 2.0**30], lambda: [-3.0, 0.5, 1e-6]),
        given="x = 2, theta = 4, print_msg=True",
        arguments=lambda: [2, 4],
        keywords={"print_msg": True},
        watched="forward_propagation",
        stand_ins={
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
        hidden="a wrong derivative that it must expose, other epsilons, and numbers where rounding shows",
        said="right",
    ),
    "forward_propagation_n": Check(
        takes=("X", "Y", "parameters"),
        also=(lambda: list(_other_network()),),
        names=("cost", *CACHES[12]),
        given="the 4-5-3-1 network of seed 1 on 3 examples",
        arguments=lambda: list(checked_network()),
        expected=lambda: (2.407833389834357, cache_of(*checked_network()[::2])),
        questions={"value": "This function came ready-made. What did you change in it?"},
        hidden="other sizes and inputs; leave this function as it is",
    ),
    "backward_propagation_n": Check(
        takes=("X", "Y", "cache"),
        also=(_other_backward_case,),
        given="the cache of the 4-5-3-1 network of seed 1",
        arguments=lambda: _checked_case(),
        expected=lambda: backward_propagation(*_checked_case()),
        questions={
            "value": "Compare this line with its sisters for the other layers, digit by digit. What differs?"
        },
        hidden="other sizes, other labels, and that the cache stays as it was",
        extra_keys=True,
    ),
    "gradient_check_n": Check(
        takes=("parameters", "gradients", "X", "Y"),
        defaults={"epsilon": 1e-7},
        also=(_right_gradients_case,),
        given="the 4-5-3-1 network of seed 1, with dW2 doubled and db1 times 4, print_msg=True",
        arguments=_planted_case,
        keywords={"print_msg": True},
        watched="forward_propagation_n",
        stand_ins={"forward_propagation_n": cost_and_cache},
        expected=lambda: 0.285093156776,
        measured=True,
        rtol=1e-5,  # differences of costs carry a relative rounding error of about 1e-8
        questions={
            "value": "In pass i, is exactly entry i moved, once up and once down, with all others back in place?",
            "error": "How many values does forward_propagation_n hand back, and does it want a vector or a dictionary?",
        },
        hidden="right and wrong gradients, other sizes, other epsilons, both verdicts, and that the inputs stay as they were",
        said="wrong",
    ),
}

CHECKS = INITIALIZATION | REGULARIZATION | GRADIENT_CHECKING
