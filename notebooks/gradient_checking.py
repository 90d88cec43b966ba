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
# # Can you trust your gradients?
#
# Backward propagation is easy to get slightly wrong. Nothing crashes then, and the cost still
# falls. Gradient checking finds such mistakes: it measures slopes instead of deriving them. In this
# notebook you build a checker and find two bugs with it that no curve shows.
#
# **What you will do**
#
# - see what two bugs do to a network, and when they cost you everything;
# - check the derivative of a straight line by hand;
# - write a checker for a whole network, expose both bugs with it, and mend them.
#
# **What you will learn**
#
# - why two sides are better than one, and why smaller is not always better;
# - what a relative error of $10^{-7}$, or of 0.3, tells you;
# - how to check a large network, and when the check itself is wrong.
#
# **What you need:** forward and backward propagation of a three-layer network. About 75 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import timeit

import matplotlib.pyplot as plt
import numpy as np

from course_utils import network
from course_utils.check import check
from course_utils.hint import hint
from course_utils.layers import relu, sigmoid
from course_utils.network import accuracy, xavier_parameters
from course_utils.plotting import plot_curves, plot_epsilon
from course_utils.questions import guess, reveal, self_test
from course_utils.training import model
from course_utils.vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary

# %% [markdown]
# ## 1. A mistake that nobody sees
#
# Two networks learn to tell two circles of points apart (simulated data). Size, first weights and
# the 1,500 steps are the same. But the gradients of one have two bugs, which you will find in
# section 6.

# %% tags=["demo"]
guess("gradient_checking/bugs")

# %% tags=["demo"]
from course_utils.assignments.example_networks import with_planted_mistakes
from course_utils.datasets import load_circles

train_X, train_Y, test_X, test_Y = load_circles()


def learn(backward, learning_rate, seed=1):
    """A network that took 1,500 steps with the gradients of `backward`, and its test accuracy."""
    run = model(train_X, train_Y, xavier_parameters((2, 10, 5, 1), seed), backward=backward,
                learning_rate=learning_rate, num_iterations=1_500, every=50, progress=False)
    return run, accuracy(test_X, test_Y, run.parameters)


def with_bugs(X, Y, cache):
    """Backward propagation with the two mistakes."""
    return with_planted_mistakes(network.backward_propagation(X, Y, cache))


runs = {"right": learn(network.backward_propagation, 0.1), "two bugs": learn(with_bugs, 0.1)}
for name, (run, score) in runs.items():
    print(f"{name:9s} cost near the end {run.costs[-1]:.2f}, test accuracy {score:.0%}")
plot_curves({name: (np.arange(0, 1_500, 50), run.costs) for name, (run, _) in runs.items()},
            xlabel="step", ylabel="cost")
plt.show()
(right, right_score), (wrong, wrong_score) = runs.values()
reveal("gradient_checking/bugs", right=right.costs[-1], wrong=wrong.costs[-1],
       right_score=right_score, wrong_score=wrong_score)

# %% [markdown]
# *The picture: two curves that fall together. The one with the bugs lies lower for the first
# thousand steps.*
#
# The jags look like a learning rate a little too high, not like a bug. Section 7 shows the toll.
# Let us build what finds it.
#
# ## 2. One parameter
#
# Start as small as possible: one input $x$, one parameter $\theta$, and as the cost their product
#
# $$J(\theta) = \theta x.$$
#
# **Exercise 1.** Write the forward pass, which returns $J$.

# %% nbgrader={"grade": false, "grade_id": "forward_propagation", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: forward_propagation

def forward_propagation(x, theta):
    """The cost J = theta * x, a number, for two numbers x and theta."""
    ### BEGIN SOLUTION
    J = theta * x
    ### END SOLUTION
    return J

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(forward_propagation)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-values", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): J for other numbers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(forward_propagation, "gradient_checking/line/plain")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "forward_propagation-numbers", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): negative numbers, fractions and zero.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(forward_propagation, "gradient_checking/line/other")
### END HIDDEN TESTS

# %% [markdown]
# **Exercise 2.** Write the backward pass, which returns the derivative $\frac{dJ}{d\theta}$.

# %% nbgrader={"grade": false, "grade_id": "backward_propagation", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: backward_propagation

def backward_propagation(x, theta):
    """The derivative dJ / dtheta, a number, for two numbers x and theta."""
    ### BEGIN SOLUTION
    dtheta = x
    ### END SOLUTION
    return dtheta

# %% nbgrader={"grade": true, "grade_id": "backward_propagation-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(backward_propagation)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation-values", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): the derivative for other numbers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation, "gradient_checking/slope/plain")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation-numbers", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): negative numbers, fractions and zero.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation, "gradient_checking/slope/other")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The check
#
# A derivative is a slope, and a slope can be measured: nudge $\theta$ up and down by a small
# $\varepsilon$ and look at $J$.
#
# $$\text{gradapprox} = \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\varepsilon}$$
#
# How far is it from the derivative `grad`? A difference of 0.001 is much for a slope of 0.002 and
# nothing for a slope of 1,000. So divide by the sizes:
#
# $$\text{difference} = \frac{\lVert \text{grad} - \text{gradapprox} \rVert}
# {\lVert \text{grad} \rVert + \lVert \text{gradapprox} \rVert}$$
#
# **Exercise 3.** Compute gradapprox with `forward_propagation`, grad with `backward_propagation`,
# and the difference. `np.linalg.norm` works for numbers too. The lines that print a verdict are
# given.

# %% nbgrader={"grade": false, "grade_id": "gradient_check", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: gradient_check

def gradient_check(x, theta, epsilon=1e-7, print_msg=False):
    """Compare backward_propagation with a measured slope.

    x, theta: numbers
    epsilon: size of the nudge
    print_msg: whether to print a verdict
    returns: the relative difference, a number; above 2e-7 the derivative counts as wrong
    """
    ### BEGIN SOLUTION
    theta_plus = theta + epsilon
    theta_minus = theta - epsilon
    J_plus = forward_propagation(x, theta_plus)
    J_minus = forward_propagation(x, theta_minus)
    gradapprox = (J_plus - J_minus) / (2 * epsilon)

    grad = backward_propagation(x, theta)

    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    ### END SOLUTION

    if print_msg:
        if difference > 2e-7:
            print("There is a mistake in the backward propagation! difference =", difference)
        elif difference <= 2e-7:
            print("Your backward propagation works perfectly fine! difference =", difference)
        else:
            print("No verdict: the difference is not a number. Is it 0 / 0?")
    return difference

# %% nbgrader={"grade": true, "grade_id": "gradient_check-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(gradient_check)

# %% nbgrader={"grade": true, "grade_id": "gradient_check-right", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): for a right derivative the difference is tiny.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(gradient_check, "gradient_checking/check/right")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check-exposes", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): with a wrong backward_propagation in its place, the difference is as large as it should be.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(gradient_check, "gradient_checking/check/exposes")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check-rounding", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): where theta is so large that theta + epsilon must be rounded, and for other epsilons.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(gradient_check, "gradient_checking/check/rounding")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check-verdict", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): with print_msg=True the verdict fits the difference, on both sides of 2e-7.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, says
has_values(gradient_check, "gradient_checking/check/verdict")
says(gradient_check, "gradient_checking/check/verdict")
### END HIDDEN TESTS

# %% tags=["demo"]
gradient_check(2, 4, print_msg=True)
with np.errstate(invalid="ignore"):  # no warning for 0 / 0
    difference = gradient_check(np.float64(0), 4, print_msg=True)
print(f"{difference}: above 2e-7? {difference > 2e-7}  not above? {difference <= 2e-7}")

# %% [markdown]
# **Nothing over nothing.** At $x = 0$ the cost is flat. Both slopes are 0, and the difference is
# 0/0: `nan` in numpy, an error for plain numbers of Python. Any comparison with `nan` is False.
# With a plain `else` the verdict would be "perfectly fine", though nothing was compared: so the
# given lines ask both ways. A checker may return 0 here, but a flat spot tests nothing: try another
# $x$.
#
# ## 4. How small should the nudge be?
#
# On a straight line every nudge gives the same slope. On a curve there is a best one. Below, the
# slope of $\sin\theta$ at $\theta = 1$ is measured with one side and with both.

# %% tags=["demo"]
guess("gradient_checking/epsilon")

# %% tags=["demo"]
epsilons = np.logspace(-13, -1, 49)
theta, slope = 1.0, np.cos(1.0)
one_side = (np.sin(theta + epsilons) - np.sin(theta)) / epsilons
two_sides = (np.sin(theta + epsilons) - np.sin(theta - epsilons)) / (2 * epsilons)
one, both = (np.abs(approx - slope) / (np.abs(approx) + slope) for approx in (one_side, two_sides))

precision = np.finfo(float).eps  # from 1 to the next larger number: a double has 16 digits
bottoms = {"one side": precision ** (1 / 2), "both sides": precision ** (1 / 3)}
ax = plot_epsilon({"one side": (epsilons, one), "both sides": (epsilons, both)}, threshold=2e-7)
for bottom in bottoms.values():
    ax.axvline(bottom, color="0.6", linewidth=1, linestyle=":")
plt.show()
for i in (48, 40, 32, 24, 8):
    print(f"epsilon {epsilons[i]:.0e}:  one side {one[i]:.0e}   both sides {both[i]:.0e}")
print(f"square root of the precision {bottoms['one side']:.0e}, "
      f"cube root {bottoms['both sides']:.0e}")
reveal("gradient_checking/epsilon", best=both[32], classic=both[24])

# %% [markdown]
# *The picture: two valleys on logarithmic axes. From the right both fall, the line for both sides
# twice as steeply and much deeper; then both climb along the same jagged slope. Dotted lines mark
# the two roots of the precision, near the bottoms.*
#
# Right of the bottom the curve is to blame: the error of one side shrinks like $\varepsilon$, that
# of both sides like $\varepsilon^2$. Left of it rounding is, and the error
# grows like $10^{-16}/\varepsilon$. With both sides the two are equal near the **cube root of the
# precision**, with one side near the square root.
#
# <details>
# <summary><b>Why the cube root?</b></summary>
#
# Brook Taylor's series at $\theta + \varepsilon$ and $\theta - \varepsilon$: in the
# difference the even terms cancel, and $J'''\varepsilon^2/6$ is the largest that stays. Each $J$ is
# rounded by up to $u\,|J|$, where $u$ is half the precision. So the error is at most about
#
# $$E(\varepsilon) = \frac{|J'''|}{6}\,\varepsilon^2 + \frac{u\,|J|}{\varepsilon},
# \qquad E'(\varepsilon) = 0 \;\text{ at }\; \varepsilon^3 = \frac{3u\,|J|}{|J'''|}.$$
#
# For one side the first term is $|J''|\,\varepsilon/2$, and the bottom lies at a square root.
#
# </details>

# %% tags=["demo"]
from course_utils.explorers import explore_epsilon
explore_epsilon()

# %% [markdown]
# *The picture: left, the valleys of double and of single precision, your choice marked. Right, the
# curve between the two nudges as the computer sees it: bent for a large epsilon, a staircase for a
# tiny one.*
#
# ## 5. A whole network
#
# Now a network with 4 inputs, hidden layers of 5 and 3 ReLU units and a sigmoid output. Its forward
# pass is given and right. Read it; leave it as it is.

# %% nbgrader={"grade": false, "grade_id": "forward_propagation_n", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: forward_propagation_n (given: nothing to write here)

def forward_propagation_n(X, Y, parameters):
    """The cost of the three-layer network, LINEAR -> RELU -> LINEAR -> RELU -> LINEAR -> SIGMOID.

    X: inputs, (n0, m);  Y: labels, (1, m)
    parameters: {"W1": (n1, n0), "b1": (n1, 1), ..., "W3": (1, n2), "b3": (1, 1)}
    returns: the cost, a number, and the cache (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    """
    m = X.shape[1]
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)

    log_probs = -np.log(A3) * Y - np.log(1 - A3) * (1 - Y)
    cost = 1 / m * np.sum(log_probs)
    ### BEGIN SOLUTION
    ### STARTER
    ### END SOLUTION
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_n-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(forward_propagation_n)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_n-classic", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden test (1 point): cost and cache are as given.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(forward_propagation_n, "gradient_checking/forward_n/classic")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_n-sizes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
# Hidden test (1 point): also for other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(forward_propagation_n, "gradient_checking/forward_n/sizes")
keeps_inputs(forward_propagation_n, "gradient_checking/forward_n/sizes")
### END HIDDEN TESTS

# %% [markdown]
# The backward pass below has **two bugs**. Do not look for them yet: your checker shall find them.
# You will come back to this cell in exercise 5.

# %% nbgrader={"grade": false, "grade_id": "backward_propagation_n", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: backward_propagation_n

def backward_propagation_n(X, Y, cache):
    """Gradients of the three-layer network.

    X: inputs, (n0, m);  Y: labels, (1, m)
    cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) from forward_propagation_n
    returns: {"dZ3": (1, m), "dW3": (1, n2), "db3": (1, 1), "dA2": (n2, m), ..., "db1": (n1, 1)}
    """
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    ### BEGIN SOLUTION
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    ### STARTER
    # dW2 = 1 / m * np.dot(dZ2, A1.T) * 2
    ### END SOLUTION
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    ### BEGIN SOLUTION
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)
    ### STARTER
    # db1 = 4 / m * np.sum(dZ1, axis=1, keepdims=True)
    ### END SOLUTION

    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

# %% [markdown]
# ## 6. A checker for many parameters
#
# The network has six arrays of parameters. To nudge entry by entry, put them into one column
# $\theta$. Three functions are supplied:
#
# - `dictionary_to_vector(parameters)` returns $\theta$, a column, and the name that each entry
#   belongs to;
# - `vector_to_dictionary(theta)` is the way back;
# - `gradients_to_vector(gradients)` puts the gradients into the same order.
#
# **Exercise 4.** For each entry $i$: copy $\theta$ with `np.copy`, raise entry $i$ by
# $\varepsilon$, and compute the cost; do the same with entry $i$ lowered. Then compare the columns
# `grad` and `gradapprox` as in exercise 3.

# %% nbgrader={"grade": false, "grade_id": "gradient_check_n", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: gradient_check_n

def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, print_msg=False):
    """Compare gradients with slopes measured on forward_propagation_n.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...}
    gradients: {"dW1": (n1, n0), "db1": (n1, 1), ...}
    X: inputs, (n0, m);  Y: labels, (1, m)
    epsilon: size of the nudge
    print_msg: whether to print a verdict
    returns: the relative difference, a number; above 2e-7 the gradients count as wrong
    """
    theta, _ = dictionary_to_vector(parameters)
    grad = gradients_to_vector(gradients)
    num_parameters = theta.shape[0]
    gradapprox = np.zeros((num_parameters, 1))

    for i in range(num_parameters):
        ### BEGIN SOLUTION
        theta_plus = np.copy(theta)
        theta_plus[i] = theta_plus[i] + epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))

        theta_minus = np.copy(theta)
        theta_minus[i] = theta_minus[i] - epsilon
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))

        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
        ### END SOLUTION

    ### BEGIN SOLUTION
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    difference = numerator / denominator
    ### END SOLUTION

    if print_msg:
        if difference > 2e-7:
            print("There is a mistake in the backward propagation! difference =", difference)
        elif difference <= 2e-7:
            print("Your backward propagation works perfectly fine! difference =", difference)
        else:
            print("No verdict: the difference is not a number. Is it 0 / 0?")
    return difference

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(gradient_check_n)

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-wrong", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): wrong gradients give the difference that they should.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(gradient_check_n, "gradient_checking/check_n/wrong")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-right", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): right gradients give a tiny one.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(gradient_check_n, "gradient_checking/check_n/right")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-general", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): other layer sizes, other epsilons.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(gradient_check_n, "gradient_checking/check_n/general")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-verdict", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): with print_msg=True the verdict fits the difference, on both sides of 2e-7.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, says
has_values(gradient_check_n, "gradient_checking/check_n/verdict")
says(gradient_check_n, "gradient_checking/check_n/verdict")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gradient_check_n-inputs", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): parameters, gradients, X and Y stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs
keeps_inputs(gradient_check_n, "gradient_checking/check_n/wrong")
### END HIDDEN TESTS

# %% [markdown]
# Let it loose on the network. With the bugs in, the difference is huge.

# %% tags=["demo"]
np.random.seed(1)
X, Y = np.random.randn(4, 3), np.array([[1, 1, 0]])
sizes = {"W1": (5, 4), "b1": (5, 1), "W2": (3, 5), "b2": (3, 1), "W3": (1, 3), "b3": (1, 1)}
parameters = {name: np.random.randn(*size) for name, size in sizes.items()}

cost, cache = forward_propagation_n(X, Y, parameters)
gradients = backward_propagation_n(X, Y, cache)
gradient_check_n(parameters, gradients, X, Y, print_msg=True);

# %% [markdown]
# ### Where is the mistake?
#
# One number says *that* something is wrong. To see *where*, compare array by array. Here scipy
# measures the slopes, to one side. Lengths that agree prove little: a gradient may point the wrong
# way. **The length of grad − gradapprox is near 0 only where all entries are right.**

# %% tags=["demo"]
from scipy.optimize import approx_fprime


def compare_arrays(parameters, gradients, X, Y, most=1_000):
    """Print how grad and gradapprox differ, array by array; of each at most `most` entries."""
    def cost_at(entries, name, drawn):
        moved = parameters[name].flatten()
        moved[drawn] = entries
        moved = moved.reshape(parameters[name].shape)
        return forward_propagation_n(X, Y, parameters | {name: moved})[0]

    rng = np.random.RandomState(0)
    print("       |grad|  |gradapprox|  |grad - gradapprox|")
    for name, value in parameters.items():
        drawn = rng.permutation(value.size)[:most]
        grad = gradients["d" + name].ravel()[drawn]
        gradapprox = approx_fprime(value.ravel()[drawn], cost_at, 1e-6, name, drawn)
        one, other, error = map(np.linalg.norm, (grad, gradapprox, grad - gradapprox))
        mark = "  <-- look here" if error > 1e-4 * (one + other) else ""
        print(f"d{name} {one:10.4f} {other:11.4f} {error:17.0e}{mark}")


compare_arrays(parameters, gradients, X, Y)

# %% [markdown]
# **Exercise 5.** Go back to `backward_propagation_n`. Compare the lines that the table points at
# with their sisters in the other layers, mend both, and run all cells from there. Your checker
# should then report about $1.2 \cdot 10^{-7}$, and the check below should pass.

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(backward_propagation_n)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n-weights", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): dW1, dW2 and dW3 are right.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_n, "gradient_checking/backward_n/classic", only="dW")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n-biases", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): db1, db2 and db3 are right.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_n, "gradient_checking/backward_n/classic", only="db")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n-all", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): all eleven gradients are right, for other sizes too.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_n, "gradient_checking/backward_n/classic")
has_values(backward_propagation_n, "gradient_checking/backward_n/sizes")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_n-inputs", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): the weights' gradients are right, and the cache stays as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(backward_propagation_n, "gradient_checking/backward_n/classic", only="dW")
keeps_inputs(backward_propagation_n, "gradient_checking/backward_n/classic")
### END HIDDEN TESTS

# %% [markdown]
# ### Why is the line at 2e-7?
#
# The next cell checks your right gradients with many epsilons, in double and in single precision
# (float32).

# %% tags=["demo"]
guess("gradient_checking/single")

# %% tags=["demo"]
def valley(X, Y, parameters):
    """What your checker returns for each epsilon."""
    gradients = backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])
    return [gradient_check_n(parameters, gradients, X, Y, epsilon) for epsilon in steps]


steps = np.logspace(-9, -1, 17)
short = {name: value.astype(np.float32) for name, value in parameters.items()}
double = valley(X, Y, parameters)
single = valley(X.astype(np.float32), Y.astype(np.float32), short)
plot_epsilon({"double": (steps, double), "single": (steps, single)}, threshold=2e-7)
plt.show()
for i in (14, 10, 8, 4, 0):
    print(f"epsilon {steps[i]:.0e}:  double {double[i]:.1e}   single {single[i]:.1e}")
reveal("gradient_checking/single", single=single[4], best=min(single))

# %% [markdown]
# *The picture: the valley of double precision dips far below the line between 1e-6 and 1e-3. That
# of single precision never comes near it.*
#
# At $\varepsilon = 10^{-7}$, the classic choice, rounding alone makes 1.2e-07. The line stands just
# above it: **line and epsilon belong together**. At the bottom the same gradients give 1.9e-10, and
# a line could stand much lower. What speaks for a small nudge are the corners of section 8. In
# doubt, check with two epsilons: rounding changes with them, a bug stays. And check in **double
# precision**.
#
# | relative error at $\varepsilon = 10^{-7}$ | what it means |
# |---|---|
# | below $2 \cdot 10^{-7}$ | right; what is left is rounding |
# | $10^{-6}$ to $10^{-3}$ | look closer: a corner, a small term missing, or single precision |
# | above $10^{-2}$ | wrong |
#
# ## 7. What did the bugs cost?
#
# Back to the circles, with your own gradients, eight starts and larger steps.

# %% tags=["demo"]
guess("gradient_checking/cost")

# %% tags=["demo"]
def yours_with_bugs(X, Y, cache):
    """Your gradients, with the two bugs planted again."""
    return with_planted_mistakes(backward_propagation_n(X, Y, cache))


large_steps = {}
for rate in (0.1, 1.0):
    print(f"learning rate {rate}: test accuracy on average, and from best to worst start")
    for name, backward in {"yours": backward_propagation_n, "two bugs": yours_with_bugs}.items():
        scores = sorted((learn(backward, rate, seed)[1] for seed in range(1, 9)), reverse=True)
        large_steps[name] = scores
        starts = "  ".join(f"{score:.0%}" for score in scores)
        print(f"   {name:9s} {np.mean(scores):.0%}: {starts}")

plot_curves({name: (np.arange(1, 9), scores) for name, scores in large_steps.items()},
            xlabel="start, from best to worst", ylabel="test accuracy")
plt.show()
reveal("gradient_checking/cost", right=np.mean(large_steps["yours"]),
       wrong=np.mean(large_steps["two bugs"]))

# %% [markdown]
# *The picture: learning rate 1.0, the starts from best to worst. Your line stays level; with the
# bugs it falls far.*
#
# Parts of each step are too large. With the small rate that hardly shows; with the large one many
# networks fall apart. A team would blame the rate, or buy data. The check needs one line and less
# than a second.
#
# ## 8. What a check needs
#
# **Time.** Each entry of gradapprox costs two forward passes. Backward propagation, the reverse
# mode that Seppo Linnainmaa described in 1970, gets all entries for the price of about one.

# %% tags=["demo"]
def both_ways():
    """Forward and backward."""
    return backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])


def check_all():
    """Two forward passes for each entry."""
    return gradient_check_n(parameters, gradients, X, Y)


def milliseconds(work, runs):
    """The shortest of several runs: the one that other programs disturbed least."""
    return 1000 * min(timeit.repeat(work, number=1, repeat=runs))


counts, checking, propagating = [], [], []
X, Y = np.random.randn(4, 10), np.arange(10).reshape(1, 10) % 2
for hidden in (2, 5, 10, 20, 40):
    parameters = xavier_parameters((4, hidden, hidden, 1), seed=1)
    gradients = both_ways()
    counts.append(sum(value.size for value in parameters.values()))
    propagating.append(milliseconds(both_ways, 20))
    checking.append(milliseconds(check_all, 2))
    print(f"{counts[-1]:5d} parameters: forward and backward {propagating[-1]:5.2f} ms, "
          f"check {checking[-1]:7.1f} ms")

plot_curves({"gradient check": (counts, checking), "forward and backward": (counts, propagating)},
            xlabel="number of parameters", ylabel="milliseconds", xscale="log", yscale="log");

# %% [markdown]
# *The picture: on logarithmic axes the line of the check climbs steadily with the number of
# parameters; that of forward and backward propagation stays low and nearly level.*
#
# **Some entries of each array.** A large network is checked on a few entries, drawn from every
# array apart. Drawn from the whole column, they miss small arrays: here is a bug in the one bias of
# the last layer.

# %% tags=["demo"]
parameters = xavier_parameters((64, 100, 50, 1), seed=1)
X, Y = np.random.RandomState(2).randn(64, 3), np.array([[1, 1, 0]])
gradients = backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])
gradients["db3"] = 2 * gradients["db3"]

_, names = dictionary_to_vector(parameters)
drawn = list(np.random.RandomState(0).permutation(names)[:100])
print(f"100 of {len(names):,} parameters:", {name: drawn.count(name) for name in parameters})
print("at most 3 of each array:")
compare_arrays(parameters, gradients, X, Y, most=3)

# %% [markdown]
# **Kinks.** ReLU has a corner at 0. If the nudge reaches across it, the measured slope mixes both
# sides, and right gradients look wrong. Each example brings corners of its own, and biases of 0
# put units right onto them. The next cell checks right gradients of 20 networks, with more and more
# examples.

# %% tags=["demo"]
guess("gradient_checking/examples")

# %% tags=["demo"]
def refused(m, spread, epsilon=1e-4):
    """How many of 20 networks the check refuses, on m examples; biases: spread * randn."""
    count = 0
    for seed in range(20):
        rng, parameters = np.random.RandomState(seed), xavier_parameters((4, 5, 3, 1), seed)
        X, Y = rng.randn(4, m), (rng.rand(1, m) < 0.5).astype(int)
        for name in ("b1", "b2", "b3"):
            parameters[name] = spread * rng.randn(*parameters[name].shape)
        gradients = backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])
        count += gradient_check_n(parameters, gradients, X, Y, epsilon) > 2e-7
    return count


for theta in (1e-3, 1e-4, 1e-5):
    slope = (relu(theta + 1e-4) - relu(theta - 1e-4)) / 2e-4
    print(f"ReLU at theta = {theta:.0e}: slope 1, measured {slope:.2f}")
counts = {m: (refused(m, 0), refused(m, 0.1)) for m in (3, 10, 100, 1_000)}
for m, (zero, small) in counts.items():
    print(f"{m:5d} examples, refused of 20: {zero:2d} with zero biases, {small:2d} with random")
reveal("gradient_checking/examples", few=counts[3][0], many=counts[1_000][0])

# %% [markdown]
# So check on **few examples**, with **biases that are not 0**, and where that is not enough with a
# smaller $\varepsilon$.
#
# **Dropout off.** If each call of the forward pass draws new masks, the differences are mostly
# noise.

# %% tags=["demo"]
rng = np.random.RandomState(0)
weights, inputs = rng.randn(50), rng.rand(50)


def noisy_cost(theta, rng):
    """A sum over 50 units, about one in five of which is silenced at random."""
    return np.sum(theta * weights * inputs * rng.binomial(1, 0.8, size=50))


true_slope = 0.8 * np.sum(weights * inputs)
fresh = [(noisy_cost(1 + 1e-7, rng) - noisy_cost(1 - 1e-7, rng)) / 2e-7 for _ in range(5)]
print("true slope on average:           ", f"{true_slope:.2f}")
print("measured, new masks at each call:", "  ".join(f"{value:.1e}" for value in fresh))

# %% [markdown]
# The measured slopes are off by a factor of about a million. Switch dropout off for the check, or
# fix the seed inside the forward pass.
#
# **Penalty off.** An L2 penalty $\frac{\lambda}{2} \lVert \theta \rVert^2$ adds $\lambda\theta$ to
# grad and to gradapprox. What is wrong stays; what it is divided by grows.

# %% tags=["demo"]
np.random.seed(1)  # the network of section 6 again
X, Y = np.random.randn(4, 3), np.array([[1, 1, 0]])
parameters = {name: np.random.randn(*size) for name, size in sizes.items()}
gradients = backward_propagation_n(X, Y, forward_propagation_n(X, Y, parameters)[1])
theta, _ = dictionary_to_vector(parameters)
true = gradients_to_vector(gradients)
wrong = gradients_to_vector(with_planted_mistakes(gradients))
for lambd in (0, 1, 100, 10_000):
    sizes_of_both = np.linalg.norm(wrong + lambd * theta) + np.linalg.norm(true + lambd * theta)
    print(f"lambda {lambd:6,}: difference {np.linalg.norm(wrong - true) / sizes_of_both:.0e}")

# %% [markdown]
# The same bugs look like a corner, then like rounding. Check without the penalty first.
#
# ## What to remember
#
# - A wrong gradient **still learns**. No curve shows it; a check does.
# - Measure from **both sides**. The best $\varepsilon$ is near the cube root of the precision, and
#   the line belongs to the $\varepsilon$.
# - Compare by the **relative** difference, and array by array to see where. `nan` is no verdict.
# - Nudge **one entry at a time**, each time from a fresh copy, in double precision.
# - Check few examples and **some entries of each array**, without dropout and penalty. Then switch
#   the check off and train.
#
# Three questions:

# %% tags=["demo"]
self_test("gradient_checking")

# %% [markdown]
# ## On your own
#
# - Plant a bug of your own in `backward_propagation_n`: a wrong sign, a missing $1/m$, `A1 >= 0`.
#   What difference does each give? (Mend it before you hand in.)
# - Which bugs cannot be found with an input $X$ of zeros? And which where a unit is silent on every
#   example?
# - In section 6, `np.log(1 - A3)` loses digits where A3 is close to 1. Write the cost from Z3, with
#   `np.logaddexp`. How deep is the valley now?
#
# <details>
# <summary><b>The same in PyTorch</b></summary>
#
# PyTorch derives the backward pass from the forward pass. You write one yourself only for a
# function of your own, and then `gradcheck` does what your checker does, with $\varepsilon =
# 10^{-6}$, from both sides, in double precision:
#
# ```python
# import torch
#
#
# class Relu(torch.autograd.Function):
#     @staticmethod
#     def forward(ctx, z):
#         ctx.save_for_backward(z)
#         return z.clamp(min=0)
#
#     @staticmethod
#     def backward(ctx, dA):
#         (z,) = ctx.saved_tensors
#         return dA * (z > 0)
#
#
# z = torch.randn(5, dtype=torch.double, requires_grad=True)
# torch.autograd.gradcheck(Relu.apply, (z,))  # True, or an error that shows both slopes
# ```
#
# </details>
#
# <details>
# <summary><b>Read on</b></summary>
#
# - Ian Goodfellow, Yoshua Bengio and Aaron Courville, *Deep Learning* (2016), section 11.5: how the
#   other parts of a network learn their way around a bug.
# - Andreas Griewank and Andrea Walther, *Evaluating Derivatives* (second edition, 2008): why all
#   slopes together cost only a few times as much as the function.
# - Atılım Güneş Baydin and others, *Automatic Differentiation in Machine Learning: a Survey*
#   (2018): how today's libraries derive the backward pass for you.
# - William Squire and George Trapp, *Using Complex Variables to Estimate Derivatives of Real
#   Functions* (1998): a nudge without rounding error. Try `np.sin(1 + 1e-20j).imag / 1e-20`.
#
# </details>
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("gradient_checking")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("gradient_checking")
