# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Where should the weights start?
#
# Gradient descent has to begin somewhere. In this notebook the same network learns the same data
# from four different starting points. One never learns, one learns badly, two learn well.
#
# **What you will do**
#
# - write three ways to initialize the weights of a network: zeros, large random numbers, and He's
#   rule;
# - train with each and look at the costs, the weights, the activations and the decision boundary;
# - put the methods side by side and say why they differ.
#
# **What you will learn**
#
# - why equal weights stay equal, and why that is fatal;
# - why large weights start with an infinite cost;
# - how a scale that depends on the layer's size keeps the signal alive through many layers.
#
# **What you need:** numpy arrays and their shapes, and what forward and backward propagation do.
# About 45 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from course_utils.check import check
from course_utils.datasets import load_circles
from course_utils.hint import hint
from course_utils.layers import relu
from course_utils.network import accuracy, cross_entropy, forward_propagation, predict
from course_utils.plotting import plot_costs, plot_curves, plot_decision_boundary
from course_utils.plotting import plot_histograms, plot_points
from course_utils.training import model

# %% [markdown]
# ## 1. Two circles and a network
#
# The data are 300 points on two noisy circles. Blue circles (class 0) lie outside, orange triangles
# (class 1) lie inside. No straight line parts them, so the network has to bend one.
#
# The network has 2 inputs, hidden layers of 10 and 5 ReLU units, and 1 sigmoid output. Training is
# the same in every experiment: 15,000 steps of gradient descent with learning rate 0.01. **Only the
# starting weights change.**

# %% tags=["demo"]
train_X, train_Y, test_X, test_Y = load_circles()
layers_dims = [train_X.shape[0], 10, 5, 1]

ax = plot_points(train_X, train_Y)
ax.set_title(f"{train_X.shape[1]} training points")
ax.legend();

# %% [markdown]
# *The picture: an outer ring of blue circles around an inner ring of orange triangles, nearly
# touching.*
#
# The two functions below are all you need for every experiment. `train` runs gradient descent from
# the parameters you pass; `show` draws the cost, one cross for every infinite one, and the boundary
# that was learned.

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train(parameters, label):
    """Train on the circles from the given parameters -> TrainingRun (parameters, costs, ...)."""
    return model(train_X, train_Y, parameters, learning_rate=0.01, num_iterations=15_000,
                 cost=lambda A3, Y, parameters: cross_entropy(A3, Y), label=label)


def show(run):
    """Cost curve on the left, decision boundary on the right."""
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    plot_costs([run], [left])
    plot_decision_boundary(lambda X: predict(X, run.parameters), train_X, train_Y, right)
    right.set_title(f"accuracy: train {accuracy(train_X, train_Y, run.parameters):.0%}, "
                    f"test {accuracy(test_X, test_Y, run.parameters):.0%}")
    plt.show()

# %% [markdown]
# ## 2. All zeros
#
# Zero looks like a fair start: no unit is preferred. Layer $l$ with $n^{[l]}$ units needs
#
# $$W^{[l]} = 0 \in \mathbb{R}^{n^{[l]} \times n^{[l-1]}}, \qquad
# b^{[l]} = 0 \in \mathbb{R}^{n^{[l]} \times 1}.$$
#
# **Exercise 1.** Fill the dictionary for layers 1 to $L$. The list `layers_dims` holds $n^{[0]}$ to
# $n^{[L]}$; its first entry is the number of inputs, which has no weights of its own. `np.zeros`
# takes the shape as one tuple.

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_zeros", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_zeros

def initialize_parameters_zeros(layers_dims):
    """Start every weight and every bias at zero.

    layers_dims: list of layer sizes [n0, n1, ..., nL]
    returns: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}
    """
    parameters = {}
    L = len(layers_dims)  # number of layers, the input counted in

    for l in range(1, L):
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(initialize_parameters_zeros)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-weights", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): W1, W2, ... have the right shapes and are zero, as floating-point numbers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_zeros, "initialization/zeros/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-biases", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): b1, b2, ... are columns of zeros, as floating-point numbers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_zeros, "initialization/zeros/shallow", only="b")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-depth", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): one layer, four layers and six layers work too.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_zeros, "initialization/zeros/deep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_zeros-inputs", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): layers_dims is left as it was, and every call makes new arrays.
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(initialize_parameters_zeros, "initialization/zeros/shallow")
repeats(initialize_parameters_zeros, "initialization/zeros/shallow")
### END HIDDEN TESTS

# %% tags=["demo"]
zeros = train(initialize_parameters_zeros(layers_dims), "zeros")
show(zeros)

# %% [markdown]
# *The pictures: the cost is a flat line at 0.6931, and the whole plane has the tint of one class.*
#
# The network has learned nothing: the cost is $\log 2 = 0.6931$ at every step, which is what a coin
# toss costs, and every point gets the same label.
#
# ### Why: equal units stay equal
#
# With zero weights every hidden unit outputs 0, so $dW^{[l]} = dZ^{[l]} A^{[l-1]T}/m$ is zero
# wherever the layer before is silent. But zero is not the heart of the matter. The next cell starts
# all weights at **0.5** instead, trains, and prints what became of $W^{[1]}$.

# %% tags=["demo"]
halves = {key: value + 0.5 if key.startswith("W") else value
          for key, value in initialize_parameters_zeros(layers_dims).items()}
equal = train(halves, "all 0.5")
print("first three rows of W1 after training, one row per unit:")
print(equal.parameters["W1"][:3])
spread = np.ptp(equal.parameters["W1"], axis=0).max()
print(f"largest difference between any two of the 10 rows: {spread:.0e}")
largest = np.abs(zeros.parameters["W1"]).max()
print(f"largest weight of the zeros run after training:    {largest:.0e}")

# %% [markdown]
# All ten rows moved, and they still agree but for a rounding error in the last digit. Units that
# start equal get equal gradients and stay equal: ten units do the work of one. This is called
# **symmetry**. Random numbers break it. The biases may start at zero; different weights are enough.
#
# ## 3. Large random numbers
#
# If randomness breaks the symmetry, does more of it help? Here every weight is drawn from a normal
# distribution and multiplied by 10:
#
# $$W^{[l]} = 10 \cdot \mathcal{N}(0, 1), \qquad b^{[l]} = 0.$$
#
# **Exercise 2.** The seed is set for you, so that everyone draws the same numbers in the same
# order: $W^{[1]}$ first, then $W^{[2]}$, and so on. `np.random.randn` takes rows and columns as two
# arguments. Zeros need no random numbers.

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_random", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_random

def initialize_parameters_random(layers_dims):
    """Draw every weight from a normal distribution, ten times as wide as usual; biases are zero.

    layers_dims: list of layer sizes [n0, n1, ..., nL]
    returns: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}
    """
    np.random.seed(3)  # everyone draws the same numbers
    parameters = {}
    L = len(layers_dims)

    for l in range(1, L):
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(initialize_parameters_random)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-shapes", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): W1, W2, ... have the right shapes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(initialize_parameters_random, "initialization/random/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-weights", "locked": true, "points": 14, "schema_version": 3, "solution": false, "task": false}
# Hidden test (14 points): W1, W2, ... are the numbers of seed 3, times ten.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_random, "initialization/random/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-biases", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): b1, b2, ... are columns of zeros.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_random, "initialization/random/shallow", only="b")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-depth", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): one layer, four layers and six layers work too.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_random, "initialization/random/deep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_random-seed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): the same call gives the same numbers again, and layers_dims is left as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(initialize_parameters_random, "initialization/random/shallow")
repeats(initialize_parameters_random, "initialization/random/shallow")
### END HIDDEN TESTS

# %% tags=["demo"]
large = train(initialize_parameters_random(layers_dims), "large random")
show(large)
print("cost before the first step:", large.costs[0])

# %% [markdown]
# *The pictures: the cost starts at a cross (infinity), drops, and is still near 0.38 after 14,000
# steps; the boundary is a jagged shape that cuts through both rings.*
#
# The symmetry is gone and the network learns, but badly. And the first cost is infinite.
#
# ### Why: the output saturates
#
# A sigmoid turns $z = 40$ into a number so close to 1 that a double cannot tell the two apart. If
# such a point belongs to class 0, its cost is $-\log(1 - 1) = \infty$. Look at what the output unit
# receives before the first step.

# %% tags=["demo"]
start = initialize_parameters_random(layers_dims)
A3, cache = forward_propagation(train_X, start)
A1, A2, Z3 = cache[1], cache[5], cache[8]
plot_histograms({"A1": A1, "A2": A2, "Z3": Z3, "A3": A3})
plt.show()
print(f"outputs that are exactly 1:   {np.sum(A3 == 1)} of {A3.size}")
print(f"... though the label says 0:  {np.sum((A3 == 1) & (train_Y == 0))}")

# %% [markdown]
# *The pictures: four histograms. The activations grow from layer to layer, $Z^{[3]}$ reaches into
# the thousands, and all of $A^{[3]}$ sits in one bar at 1.*
#
# Before it has seen a single label the network is certain that every point is orange. It is wrong
# for half of them, and each of those costs infinitely much. And the damage lasts: for weights of
# this size, steps of learning rate 0.01 are short. Section 6 measures how far the weights got.

# %% [markdown]
# ## 4. He initialization
#
# Somewhere between 0 and 10 lies a good scale. Follow one unit: $z = \sum_{j=1}^{n} w_j a_j$ adds
# up $n = n^{[l-1]}$ terms, so its variance grows with $n$. ReLU then sets about half of the values
# to zero. To pass on a signal of the same size, the variance of each weight must be $2/n$:
#
# $$W^{[l]} = \mathcal{N}(0, 1) \cdot \sqrt{\frac{2}{n^{[l-1]}}}, \qquad b^{[l]} = 0.$$
#
# This rule is due to He et al. (2015). **Exercise 3.** Write it. The root covers the whole
# fraction.

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_he", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_he

def initialize_parameters_he(layers_dims):
    """Draw every weight from a normal distribution of variance 2 / (units before); biases are zero.

    layers_dims: list of layer sizes [n0, n1, ..., nL]
    returns: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}

    Source: He, Zhang, Ren, Sun (2015), Delving Deep into Rectifiers, equation 10
    """
    np.random.seed(3)  # everyone draws the same numbers
    parameters = {}
    L = len(layers_dims) - 1  # number of layers with weights

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        scale = np.sqrt(2 / layers_dims[l - 1])
        parameters["W" + str(l)] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * scale
        parameters["b" + str(l)] = np.zeros((layers_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(initialize_parameters_he)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-shapes", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): W1, W2, ... have the right shapes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(initialize_parameters_he, "initialization/he/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-weights", "locked": true, "points": 16, "schema_version": 3, "solution": false, "task": false}
# Hidden test (16 points): W1, W2, ... are the numbers of seed 3, on the scale of He's rule.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_he, "initialization/he/shallow", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-biases", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): b1, b2, ... are columns of zeros, one row per unit of their own layer.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_he, "initialization/he/shallow", only="b")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-depth", "locked": true, "points": 9, "schema_version": 3, "solution": false, "task": false}
# Hidden test (9 points): one layer, four layers and six layers work too.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_he, "initialization/he/deep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_he-seed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): the same call gives the same numbers again, and layers_dims is left as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(initialize_parameters_he, "initialization/he/shallow")
repeats(initialize_parameters_he, "initialization/he/shallow")
### END HIDDEN TESTS

# %% tags=["demo"]
he = train(initialize_parameters_he(layers_dims), "He")
show(he)

# %% [markdown]
# *The pictures: the cost falls from 0.88 to 0.07, and the boundary is a smooth closed curve between
# the rings.*
#
# Same network, same data, same number of steps: 99% of the training points and 96% of the test
# points are now right.
#
# ## 5. Xavier, and what the scale does in a deep network
#
# An older rule, Xavier initialization, uses variance $1/n^{[l-1]}$. It leaves out the factor 2,
# because it was made for activations that do not cut half of their input away. In three layers the
# difference is small. In many layers it adds up. The next cell sends one batch through 20 ReLU
# layers of 100 units and prints the size of the signal for four scales.

# %% tags=["demo"]
rng = np.random.RandomState(0)
layers = np.arange(1, 21)
curves = {}
for name, scale in {"He": np.sqrt(2 / 100), "Xavier": 0.1, "0.2": 0.2, "0.01": 0.01}.items():
    A, sizes = rng.randn(100, 500), []
    for _ in layers:
        A = relu(scale * rng.randn(100, 100) @ A)
        sizes.append(np.sqrt(np.mean(A**2)))
    curves[name] = (layers, sizes)
    print(f"{name:6s}  layer 1: {sizes[0]:8.2g}   10: {sizes[9]:8.2g}   20: {sizes[19]:8.2g}")

ax = plot_curves(curves, xlabel="layer", ylabel="root mean square of A", yscale="log")
ax.set_title("The signal through 20 ReLU layers");

# %% [markdown]
# *The picture: on a logarithmic axis, He's line runs level, Xavier's sinks slowly, the line for
# 0.01 plunges and the line for 0.2 climbs.*
#
# Xavier loses a factor $\sqrt 2$ in every layer, so the signal is about a thousand times smaller
# after 20 layers ($2^{20/2} = 1024$). Gradients travel back through the same weights and shrink or
# grow alike. Now Xavier on the circles: your own numbers, each divided by $\sqrt 2$.

# %% tags=["demo"]
he_start = initialize_parameters_he(layers_dims)
xavier_start = {key: value / np.sqrt(2) for key, value in he_start.items()}
xavier = train(xavier_start, "Xavier")

# %% [markdown]
# ## 6. Side by side

# %% tags=["demo"]
runs = [zeros, large, he, xavier]
axes = plot_costs(runs)
axes[0].set_ylim(0, 1)
plt.show()

print(f"{'start':14s} {'first cost':>10s} {'last cost':>10s} {'train':>7s} {'test':>7s}")
for run in runs:
    print(f"{run.label:14s} {run.costs[0]:10.4f} {run.costs[-1]:10.4f} "
          f"{accuracy(train_X, train_Y, run.parameters):7.1%} "
          f"{accuracy(test_X, test_Y, run.parameters):7.1%}")

print()
for label, before, run in (("large random", start, large), ("He", he_start, he)):
    moved = np.linalg.norm(run.parameters["W2"] - before["W2"]) / np.linalg.norm(before["W2"])
    print(f"{label}: W2 moved by {moved:.0%} of its own length")

# %% [markdown]
# *The pictures: four cost curves on one scale. Zeros is flat at 0.69; large random begins at
# infinity and levels off near 0.38; He falls soonest and to 0.07; Xavier follows it later, to
# 0.11.*
#
# The last two lines explain the jagged boundary: $W^{[2]}$ of the large start is still close to the
# random numbers it began with, while He's has been remade by the data.

# %% tags=["demo"]
from course_utils.animation import animate_boundaries
animate_boundaries(runs, train_X, train_Y)

# %% [markdown]
# *The picture: four boundaries during training; it plays once and stops at the end. Zeros: one tint
# everywhere, always. Large random: a jagged patch that hardly moves. He and Xavier: a round patch
# closes around the inner ring.*
#
# ### Your turn
#
# The networks behind the sliders are trained ahead, from other random numbers than yours. Which
# method and scale keep signal and gradients level? Is He's the only scale that learns?

# %% tags=["demo"]
from course_utils.explorers import explore_initialization
explore_initialization()

# %% [markdown]
# *The picture: sizes of signal and gradients in each layer before training, beside those of He's
# rule, and the boundary after training. The sentence below it gives the numbers.*
#
# ## What to remember
#
# - **Equal weights stay equal.** Units must start different, and random weights make them so.
#   Biases may start at zero.
# - **Too large saturates.** With weights ten times too wide the network begins certain and often
#   wrong; the cost starts at infinity, and the weights hardly leave where they began.
# - **The right scale depends on the layer.** Variance $2/n^{[l-1]}$ (He) keeps the signal level
#   through ReLU layers; $1/n^{[l-1]}$ (Xavier) loses half of its variance in each.
# - A good start does not replace training. It decides how much of the training is wasted.
#
# ## On your own
#
# - Try scales between 1 and 10 in exercise 2. Where does the first cost become infinite?
# - `load_spirals` and `load_flower` in `course_utils.datasets` give harder data. Which start still
#   works?
# - Train He with 3,000 steps and learning rate 0.1. What does a larger step do to the large random
#   start?
# - `load_digits` gives real images: threes and eights of 64 pixels. Does a network of
#   `[64, 10, 5, 1]` units tell them apart, and from which start?
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it. Where a file is uploaded,
# `from course_utils.submit import submit; submit("initialization", "your-id")` makes one in this
# folder, or says why not. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("initialization")
