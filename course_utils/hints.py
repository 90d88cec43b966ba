"""What if I am stuck: hints that open one after the other. None of them is the solution."""

from course_utils.checks.card import Card, details, prose
from course_utils.checks.worked import WORKED

TITLES = ("A question", "What to look at", "A worked example with small numbers")

# A question; which shapes or quantities matter; which worked example belongs to them.
HINTS = {
    "initialize_parameters_zeros": (
        "One unit of layer l listens to every unit of the layer before. How many weights does it need, and how many such units are there?",
        "The entries of `layers_dims` are sizes. A weight matrix has one row for each unit of its own layer and one column for each "
        "unit of the layer before; a bias has one row for each unit and a single column.",
        "shape",
    ),
    "initialize_parameters_random": (
        "Which part of exercise 1 stays as it is, and which numbers take the place of the zeros?",
        "The shapes are those of exercise 1. The random function wants rows and columns as two separate numbers. The biases draw "
        "nothing: an extra draw would shift all numbers that follow.",
        "scale",
    ),
    "initialize_parameters_he": (
        "The formula has one number that changes from layer to layer. Which entry of `layers_dims` is it?",
        "The variance is 2 over the number of inputs of a unit, the columns of its matrix. What a drawn number is multiplied by is the "
        "width of the bell, the root of the variance.",
        "scale",
    ),
    "compute_cost_with_regularization": (
        "The penalty is one number made of three matrices. What do you do with each weight before you add anything up?",
        "Three sums of squares, one for each layer; a factor made of `lambd` and the number of examples m; then the cross-entropy "
        "that is given. Biases have no part.",
        "value",
    ),
    "backward_propagation_with_regularization": (
        "Cover the penalty with your hand: what would the three lines be? Now what does the penalty add to the slope of one weight?",
        "Each of the three gradients keeps the form it has without a penalty, with the A (or X) of the layer before it, and gains a "
        "multiple of its own W. Its shape is that of W.",
        "derivative",
    ),
    "forward_propagation_with_dropout": (
        "Which of the four steps makes random numbers, which makes zeros and ones, and which two change the activations?",
        "The mask of a layer has the shape of its activations, (units, examples): each unit of each example has a lot of its own. "
        "A number below `keep_prob` keeps. The mean of the activations should stay what it was.",
        "value",
    ),
    "backward_propagation_with_dropout": (
        "In the forward pass a kept activation was multiplied by two things. By which does its gradient have to be multiplied?",
        "dA2 has the shape of A2 and of D2; dA1 that of A1 and of D1. No new random numbers: the masks of the forward pass are in the "
        "cache.",
        "value",
    ),
    "forward_propagation": (
        "What does the formula for J do with its two numbers?",
        "Two numbers go in, one number comes out. No array is needed.",
        "value",
    ),
    "backward_propagation": (
        "If theta grows by a little, how many times as much does J grow?",
        "The derivative with respect to theta; the other number is a constant here. One number comes out.",
        "value",
    ),
    "gradient_check": (
        "At which two places do you have to look at J, and how far apart are they?",
        "Four quantities: J above, J below, the slope between them, the derivative that is checked. The last line compares the last "
        "two, divided by their sizes. Mind what a division applies to.",
        "value",
    ),
    "forward_propagation_n": (
        "This function is given whole. Does it still read as it did when you opened the notebook?",
        "If something was changed by accident, fetch a fresh copy of the notebook and compare the two cells.",
        "cost",
    ),
    "gradient_check_n": (
        "In pass i, which entries of the column differ from those of theta?",
        "A fresh copy of theta for each side of each pass; a dictionary where the network is called, a column where entries are nudged. "
        "The network gives back a pair, of which you need the cost.",
        "value",
    ),
    "backward_propagation_n": (
        "Which two arrays does the table point at, and what makes the lines of their sisters different?",
        "The factors. A ratio of 0.50 in the table means that the gradient is twice as large as it should be, 0.25 four times.",
        "factor",
    ),
}


def hint(function, step=1):
    """Hints on an exercise, in three steps.

    function: the function of the exercise, or its name
    step: where only text is shown, how many steps to show; a notebook opens them one by one
    """
    name = function if isinstance(function, str) else getattr(function, "__name__", str(function))
    if name not in HINTS:
        raise ValueError(f"There are no hints on {name!r}. There are hints on: {', '.join(HINTS)}.")
    question, quantities, example = HINTS[name]
    steps = list(zip(TITLES, (question, quantities, WORKED[name][example])))
    return Card(_as_text(name, steps, step), _as_details(steps))


def _as_text(name, steps, step):
    shown = [f"{title}: {words}" for title, words in steps[:step]]
    if step < len(steps):
        shown.append(f'Still stuck? hint("{name}", {step + 1}) says more.')
    return "\n".join(shown)


def _as_details(steps):
    """Each step inside the one before, so that they open in order."""
    inner = ""
    for title, words in reversed(steps):
        inner = details(title, f'<div style="padding: 2px 0 6px 16px">{prose(words)}{inner}</div>')
    return inner
