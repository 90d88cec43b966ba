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
# The same network learns the same data from four starting points. One never learns, one learns
# badly, two learn well. Then the network gets deeper, and one of the two stops learning.
#
# **What you will do:** write three ways to initialize the weights, guess how each experiment comes
# out, run it, and see.
#
# **What you will learn**
#
# - why equal weights stay equal, and why that is fatal;
# - why large weights start with an infinite cost;
# - how a scale that depends on the layer's size keeps signals and gradients alive.
#
# **What you need:** numpy arrays and their shapes, and what forward and backward propagation do.
# About 60 minutes. Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens one hint after another.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from course_utils.check import check
from course_utils.datasets import load_circles, load_football
from course_utils.deep import chain, chain_slopes
from course_utils.hint import hint
from course_utils.layers import relu, relu_backward, sigmoid
from course_utils.network import accuracy, backward_propagation, cross_entropy
from course_utils.network import forward_propagation, predict
from course_utils.plotting import plot_costs, plot_curves, plot_decision_boundary
from course_utils.plotting import plot_histograms, plot_points
from course_utils.questions import guess, reveal, self_test
from course_utils.training import model

# %% [markdown]
# ## 1. Two circles and a network
#
# The data are 300 points on two noisy rings. Blue circles (class 0) lie outside, orange triangles
# (class 1) inside. No straight line parts them, so the network has to bend one.
#
# The network has 2 inputs, hidden layers of 10 and 5 ReLU units, and 1 sigmoid output. Training is
# the same in every experiment: 15,000 steps of gradient descent with learning rate 0.01. **Only the
# starting weights change.**

# %% tags=["demo"]
train_X, train_Y, test_X, test_Y = load_circles()
layers_dims = [train_X.shape[0], 10, 5, 1]
rings = ("outer ring", "inner ring")

ax = plot_points(train_X, train_Y, names=rings)
ax.set_title(f"{train_X.shape[1]} training points");

# %% [markdown]
# *The picture: an outer ring of blue circles around an inner ring of orange triangles, nearly
# touching.*
#
# `train` runs gradient descent from the parameters you pass. `show` draws the cost, with a cross
# where it is infinite, and the boundary.

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train(parameters, label):
    """Train on the circles from the given parameters -> TrainingRun (parameters, costs, ...)."""
    return model(train_X, train_Y, parameters, learning_rate=0.01, num_iterations=15_000,
                 cost=lambda A3, Y, parameters: cross_entropy(A3, Y), label=label)


def show(run):
    """Cost curve on the left, decision boundary on the right."""
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    plot_costs([run], [left])
    plot_decision_boundary(lambda X: predict(X, run.parameters), train_X, train_Y, right,
                           names=rings)
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
guess("initialization/zeros")

# %% tags=["demo"]
zeros = train(initialize_parameters_zeros(layers_dims), "zeros")
show(zeros)
reveal("initialization/zeros", first=zeros.costs[0], last=zeros.costs[-1])

# %% [markdown]
# *The pictures: the cost is a flat line at 0.6931, and the whole plane has the tint of one class.*
#
# The network has learned nothing: the cost stays at $\log 2 = 0.6931$, that of a coin toss.
#
# ### Which gradients are zero?
#
# The next cell prints the largest entry of each gradient before the first step. Then it trains the
# same start on other data: 211 simulated headers in football, of which our team won 60.7%.

# %% tags=["demo"]
guess("initialization/football")

# %% tags=["demo"]
football_X, football_Y, _, _ = load_football()
all_zero = initialize_parameters_zeros(layers_dims)
for name, X, Y in (("circles", train_X, train_Y), ("football", football_X, football_Y)):
    A3, cache = forward_propagation(X, all_zero)
    gradients = backward_propagation(X, Y, cache)
    print(f"{name} ({Y.size} points, {Y.mean():.1%} of class 1), largest entries of the gradients:")
    for key in ("dW1", "db1", "dW2", "db2", "dW3", "db3"):
        print(f"   {key} {np.abs(gradients[key]).max():.4g}", end="")
    print()

football = model(football_X, football_Y, all_zero, num_iterations=15_000, label="football")
share, b3 = football_Y.mean(), football.parameters["b3"].item()
print(f"cost: {football.costs[0]:.4f} at first, {football.costs[-1]:.4f} at last")
print(f"accuracy: {accuracy(football_X, football_Y, football.parameters):.1%}")
print(f"b3 = {b3:.4f}, and log(share / (1 - share)) = {np.log(share / (1 - share)):.4f}")
reveal("initialization/football", b3=b3, output=1 / (1 + np.exp(-b3)))

# %% [markdown]
# On the circles all six are exactly zero. Forward, $A^{[1]} = A^{[2]} = 0$ silences $dW^{[2]}$ and
# $dW^{[3]}$. Going back, $W^{[3]} = W^{[2]} = 0$ stops the error before it reaches $dW^{[1]}$,
# $db^{[1]}$ and $db^{[2]}$. Only $db^{[3]}$, the mean of $A^{[3]} - Y$, meets neither. It is zero
# where both classes are equally large.
#
# In football they are not, so $b^{[3]}$ moves, alone, to $\log\frac{p}{1-p}$, where $p$ is the
# share of class 1. A whole network learns one number: how often we win. Networks for rare classes
# start their last bias right there (Lin et al. 2017).
#
# ### Why: equal units stay equal
#
# Zero is not the heart of the matter. Start all weights at **0.5** instead.

# %% tags=["demo"]
guess("initialization/equal")

# %% tags=["demo"]
halves = {key: value + 0.5 if key.startswith("W") else value for key, value in all_zero.items()}
equal = train(halves, "all 0.5")
print("first three rows of W1 after training, one row per unit:")
print(equal.parameters["W1"][:3])
spread = np.ptp(equal.parameters["W1"], axis=0).max()
print(f"largest difference between any two of the 10 rows: {spread:.1g}")
show(equal)
reveal("initialization/equal", spread=spread)

# %% [markdown]
# *The pictures: the cost drops to a little below that of a coin toss and levels off; the boundary
# is one straight line.*
#
# All ten rows moved together: they differ by 0, or on some processors by a rounding error. Units
# that start equal get equal gradients and stay equal. Ten units do the work of one, and one unit
# draws one line. This is called **symmetry**. Random numbers break it. The biases may start at
# zero; different weights are enough.
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
guess("initialization/large")

# %% tags=["demo"]
large = train(initialize_parameters_random(layers_dims), "large random")
show(large)
reveal("initialization/large", first=large.costs[0], last=large.costs[-1])

# %% [markdown]
# *The pictures: the cost starts at a cross (infinity), drops, and levels off high; the boundary is
# a jagged shape that cuts through both rings.*
#
# The symmetry is gone and the network learns, but badly. Its first cost is infinite.
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
# Before its first step the network is certain that every point is orange. It is wrong for half of
# them, and each of those costs infinitely much. The damage lasts: for such weights, steps of
# learning rate 0.01 are short. Section 6 measures how short.
#
# *Tip.* Look at the first cost. With two classes of equal size it should be near $\log 2$. Far
# above it, the weights are too large.

# %% [markdown]
# ## 4. He initialization
#
# Somewhere between 0 and 10 lies a good scale. Follow one unit: $z = \sum_{j=1}^{n} w_j a_j$ adds
# up $n = n^{[l-1]}$ terms, so its variance grows with $n$. ReLU then takes half of it away. To pass
# on a signal of the same size, the variance of each weight must be $2/n$:
#
# $$W^{[l]} = \mathcal{N}(0, 1) \cdot \sqrt{\frac{2}{n^{[l-1]}}}, \qquad b^{[l]} = 0.$$
#
# <details>
# <summary><b>Why: four lines</b></summary>
#
# The weights have mean zero and know nothing of the $a_j$.
#
# 1. A sum of $n$ such terms: $\mathrm{Var}(z) = n \, \mathrm{Var}(w) \, E[a^2]$.
# 2. Here $a = \max(0, z')$ comes from the layer before. There $z'$ is as often negative as
#    positive, so ReLU leaves half: $E[a^2] = \frac12 \mathrm{Var}(z')$.
# 3. Together: $\mathrm{Var}(z) = \frac12 \, n \, \mathrm{Var}(w) \, \mathrm{Var}(z')$.
# 4. The two variances are equal if $\mathrm{Var}(w) = 2/n$.
#
# Gradients on their way back meet the same sum and the same ReLU, with $n^{[l]}$ terms instead.
#
# </details>
#
# This rule is due to Kaiming He and others (2015).
#
# **Exercise 3.** Write it. The root covers the whole fraction.

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
guess("initialization/he")

# %% tags=["demo"]
he = train(initialize_parameters_he(layers_dims), "He")
show(he)
reveal("initialization/he", first=he.costs[0], coin=np.log(2), last=he.costs[-1])

# %% [markdown]
# *The pictures: the cost falls from 0.8831 to 0.0736, and the boundary is a smooth closed curve
# between the rings.*
#
# Same network, same data: now 99% of the training points and 96% of the test points are right.
#
# ## 5. From Xavier to He: many layers
#
# Three papers asked how signals stay level. With $n = n^{[l-1]}$ inputs and $n' = n^{[l]}$ units:
#
# - **1998**, LeCun and others: variance $1/n$. The signal keeps its size on its way forward.
# - **2010**, Xavier Glorot and Yoshua Bengio: gradients travel back, through sums of $n'$ terms,
#   and would need $1/n'$. Their rule meets in the middle: variance $\frac{2}{n + n'}$.
# - **2015**, He and others: ReLU takes half of every signal, so double the variance, $2/n$.
#
# Code often says "Xavier" for $1/n$, as we do below; where $n = n'$ the first two rules agree. The
# next cell tries them on one layer of 400 inputs and 100 units, without ReLU.

# %% tags=["demo"]
rng = np.random.RandomState(0)
A, dZ = rng.randn(400, 500), rng.randn(100, 500)
rules = {"1 / n": 1 / 400, "1 / n'": 1 / 100, "2 / (n + n')": 2 / (400 + 100)}
print("by how much one layer multiplies the variance")
for name, variance in rules.items():
    W = np.sqrt(variance) * rng.randn(100, 400)
    print(f"{name:14s} of the signal: {np.var(W @ A) / np.var(A):.2f}   "
          f"of the gradient: {np.var(W.T @ dZ) / np.var(dZ):.2f}")

# %% [markdown]
# The first rule keeps the signal level, the second the gradient. Glorot's errs a little on both
# sides. Next come 20 layers of 100 ReLU units.

# %% tags=["demo"]
guess("initialization/depth")

# %% tags=["demo"]
signals, gradients, layers = {}, {}, np.arange(1, 21)
for name, scale in {"He": np.sqrt(2 / 100), "Xavier": 0.1, "scale 0.2": 0.2,
                    "scale 0.01": 0.01}.items():
    rng, caches, forward, back = np.random.RandomState(0), [], [], []
    A, dA = rng.randn(100, 500), rng.randn(100, 500)
    for _ in layers:
        W = scale * rng.randn(100, 100)
        caches.append((W, W @ A))
        A = relu(W @ A)
        forward.append(np.sqrt(np.mean(A**2)))
    for W, Z in reversed(caches):
        back.insert(0, np.sqrt(np.mean(dA**2)))
        dA = W.T @ relu_backward(dA, Z)
    signals[name], gradients[name] = (layers, forward), (layers, back)
    print(f"{name:9s} signal in layer 20: {forward[-1]:7.2g}  gradient in layer 1: {back[0]:7.2g}")

_, (left, right) = plt.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
plot_curves(signals, left, xlabel="layer", ylabel="root mean square of A", yscale="log")
plot_curves(gradients, right, xlabel="layer", ylabel="root mean square of dA", yscale="log")
plt.show()
reveal("initialization/depth", times=signals["He"][1][-1] / signals["Xavier"][1][-1])

# %% [markdown]
# *The pictures: signal and gradient over 20 layers, on logarithmic axes. In both, He's line runs
# level. The signal of scale 0.2 climbs from left to right, Xavier's sinks, that of 0.01 plunges;
# gradients do the same from right to left.*
#
# Xavier loses a factor $\sqrt 2$ in every layer, forward and back: after 20 layers $2^{20/2} =
# 1024$. Does that matter for learning? He and others trained a network of 30 layers from both
# starts, and from Xavier's it stood still. Here is their experiment in small, on the circles: 20
# hidden layers of 15 units.

# %% tags=["demo"]
guess("initialization/deep")

# %% tags=["demo"]
def backward(X, Y, caches):
    return chain_slopes(sigmoid(caches[-1][1]), Y, caches)


deep_he = initialize_parameters_he([2] + 20 * [15] + [1])
deep_xavier = {key: value / np.sqrt(2) for key, value in deep_he.items()}
deep = [model(train_X, train_Y, parameters, num_iterations=2_000, every=100, label=label,
              forward=chain, backward=backward)
        for parameters, label in ((deep_he, "He, 20 layers"), (deep_xavier, "Xavier, 20 layers"))]
plot_costs(deep)
plt.show()
for run in deep:
    print(f"{run.label}: last cost {run.costs[-1]:.4f}, "
          f"{accuracy(train_X, train_Y, run.parameters):.1%} of the training points right")
reveal("initialization/deep", he=deep[0].costs[-1], xavier=deep[1].costs[-1])

# %% [markdown]
# *The pictures: two cost curves on one scale. He's falls to near zero; Xavier's is a flat line at
# the cost of a coin toss.*
#
# Same data, same random numbers, one factor of $\sqrt 2$: only He's network learns.
#
# ## 6. Side by side
#
# With three layers the factor matters less. Xavier joins the circles here: your numbers of exercise
# 3, divided by $\sqrt 2$.

# %% tags=["demo"]
he_start = initialize_parameters_he(layers_dims)
xavier = train({key: value / np.sqrt(2) for key, value in he_start.items()}, "Xavier")
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
# *The pictures: four cost curves on one scale. Zeros is flat; large random begins at infinity and
# levels off halfway; He falls to 0.0736, and Xavier follows.*
#
# The last two lines explain the jagged boundary: $W^{[2]}$ of the large start is still close to the
# random numbers it began with, while He's has been remade by the data.

# %% tags=["demo"]
from course_utils.animation import animate_boundaries
animate_boundaries(runs, train_X, train_Y, names=rings)

# %% [markdown]
# *The picture: four boundaries during training; it plays once and stops at the end. Zeros: one tint
# everywhere, always. Large random: a jagged patch that hardly moves. He and Xavier: a round patch
# closes around the inner ring.*
#
# ### Your turn
#
# Which scale keeps signal and gradients level? Is He's the only one that learns? (Trained ahead,
# from other random numbers.)

# %% tags=["demo"]
from course_utils.explorers import explore_initialization
explore_initialization()

# %% [markdown]
# *The picture: signal and gradients in each layer before training, beside those of He's rule, and
# the boundary after training. The sentence gives the numbers.*
#
# ## What to remember
#
# - **Equal weights stay equal.** Random weights make units differ. Biases may start at zero.
# - **Too large saturates.** The network begins certain and often wrong, and its weights hardly
#   leave where they began.
# - **The right scale depends on the layer.** Variance $2/n^{[l-1]}$ (He) keeps signals and
#   gradients level through ReLU layers; $1/n^{[l-1]}$ (Xavier) halves their variance in each, and
#   layers multiply.

# %% tags=["demo"]
self_test("initialization")

# %% [markdown]
# <details>
# <summary><b>The same in PyTorch</b></summary>
#
# ```python
# import torch
# from torch import nn
#
# network = nn.Sequential(nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 5), nn.ReLU(), nn.Linear(5, 1))
# for layer in network:
#     if isinstance(layer, nn.Linear):
#         nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")  # He: variance 2 / n
#         nn.init.zeros_(layer.bias)
# ```
#
# Glorot's rule with both sizes is `nn.init.xavier_normal_`. Left alone, `nn.Linear` draws from
# $-1/\sqrt n$ to $1/\sqrt n$: variance $1/(3n)$, a sixth of He's. `nn.BCEWithLogitsLoss` takes $z$
# instead of $a$, so that its cost stays finite.
#
# </details>
#
# <details>
# <summary><b>Read on</b></summary>
#
# - X. Glorot, Y. Bengio, *Understanding the difficulty of training deep feedforward neural
#   networks* (2010): looks into every layer, before and during training.
# - K. He, X. Zhang, S. Ren, J. Sun, *Delving Deep into Rectifiers* (2015): the four lines, and the
#   layers that would not learn.
# - S. Ioffe, C. Szegedy, *Batch Normalization* (2015): sets each layer's scale anew in every step,
#   so that the start matters less.
# - H. Zhang, Y. Dauphin, T. Ma, *Fixup Initialization* (2019): with the right start, very deep
#   residual networks learn without normalization.
#
# </details>
#
# ## On your own
#
# - Try scales between 1 and 10 in exercise 2. Where does the first cost become infinite?
# - `load_spirals` and `load_flower` in `course_utils.datasets` give harder data. Which start works?
# - `load_digits` gives real images, threes and eights. Does a network of `[64, 10, 5, 1]` units
#   tell them apart, and from which start?
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("initialization")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("initialization")
