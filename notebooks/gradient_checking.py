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
# Backward propagation is easy to get slightly wrong, and a network with a wrong gradient often
# still learns, only worse. Gradient checking finds such mistakes by measuring the slope instead of
# deriving it. In this notebook you build a checker and use it to find two bugs that were planted in
# a network.
#
# **What you will do**
#
# - check the derivative of a straight line by hand;
# - see how the error depends on the size of the nudge;
# - write a checker for a whole network, expose two planted bugs with it, and mend them.
#
# **What you will learn**
#
# - why two sides are better than one, and why smaller is not always better;
# - what a relative error of $10^{-7}$, or of 0.3, tells you;
# - when gradient checking is too slow, and when it is wrong itself.
#
# **What you need:** forward and backward propagation of a three-layer network. About 60 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import time

import matplotlib.pyplot as plt
import numpy as np

from course_utils.check import check
from course_utils.hint import hint
from course_utils.layers import relu, sigmoid
from course_utils.network import xavier_parameters
from course_utils.plotting import plot_curves, plot_epsilon
from course_utils.vectors import dictionary_to_vector, gradients_to_vector, vector_to_dictionary

# %% [markdown]
# ## 1. One parameter
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
# ## 2. The check
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
# and the difference. `np.linalg.norm` works for numbers too.

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
        else:
            print("Your backward propagation works perfectly fine! difference =", difference)
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
gradient_check(2, 4, print_msg=True);

# %% [markdown]
# ## 3. How small should the nudge be?
#
# On a straight line every nudge gives the same slope. On a curve a smaller one is better, until
# rounding takes over. The next cell measures the slope of $\sin\theta$ at $\theta = 1$ with one
# side and with both sides.

# %% tags=["demo"]
epsilons = np.logspace(-13, -1, 49)
theta, slope = 1.0, np.cos(1.0)
one_side = (np.sin(theta + epsilons) - np.sin(theta)) / epsilons
two_sides = (np.sin(theta + epsilons) - np.sin(theta - epsilons)) / (2 * epsilons)


def relative(approx):
    """Relative error of measured slopes, as in exercise 3."""
    return np.abs(approx - slope) / (np.abs(approx) + np.abs(slope))


one, both = relative(one_side), relative(two_sides)
plot_epsilon({"one side": (epsilons, one), "both sides": (epsilons, both)}, threshold=2e-7)
plt.show()
for i in (48, 40, 32, 24, 8):
    print(f"epsilon {epsilons[i]:.0e}:  one side {one[i]:.0e}   both sides {both[i]:.0e}")

# %% [markdown]
# *The picture: two valleys on logarithmic axes. From the right both fall, the line for both sides
# twice as steeply and much deeper; then both climb to the left along the same jagged slope.*
#
# Right of the valley the curve is to blame: the error of one side shrinks like $\varepsilon$, that
# of both sides like $\varepsilon^2$. Left of it rounding is: $J$ has about 16 digits, and the error
# grows like $10^{-16}/\varepsilon$. With both sides, $\varepsilon = 10^{-7}$ lies safely below the
# threshold.

# %% tags=["demo"]
from course_utils.explorers import explore_epsilon
explore_epsilon()

# %% [markdown]
# *The picture: left, the valleys of double and of single precision, your choice marked. Right, the
# curve between the two nudges as the computer sees it: bent for a large epsilon, a staircase for a
# tiny one.*
#
# ## 4. A whole network
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
# ## 5. A checker for many parameters
#
# The network has 47 parameters in six arrays. To nudge them one by one, put them into one column
# $\theta$. Three functions are supplied:
#
# - `dictionary_to_vector(parameters)` returns $\theta$, shape (47, 1), and the name that each entry
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
        else:
            print("Your backward propagation works perfectly fine! difference =", difference)
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
# Now let it loose on the network. As long as the bugs are in, expect a difference of about 0.285.

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
# One number says *that* something is wrong. To see *where*, go a little way along the gradient of
# one array at a time. If $dW$ is right, the cost rises along it at the rate $\lVert dW \rVert^2$.
# The next cell prints measured rate over expected rate: **1.00 where the gradient is right**,
# something else where it is not.

# %% tags=["demo"]
step = 1e-5
for name, value in parameters.items():
    direction = gradients["d" + name]
    up, _ = forward_propagation_n(X, Y, parameters | {name: value + step * direction})
    down, _ = forward_propagation_n(X, Y, parameters | {name: value - step * direction})
    rate = (up - down) / (2 * step) / np.sum(direction**2)
    print(f"d{name}: {rate:.2f}", "" if abs(rate - 1) < 0.01 else "  <-- look here")

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
# How to read a relative error, in double precision and with $\varepsilon = 10^{-7}$:
#
# | relative error | what it means |
# |---|---|
# | below $2 \cdot 10^{-7}$ | right; what is left is rounding |
# | $10^{-6}$ to $10^{-3}$ | look closer: a kink, a small term missing, or single precision |
# | above $10^{-2}$ | wrong |
#
# ## 6. Why not check in every step?
#
# Each entry of gradapprox costs two forward passes. Backward propagation gets all entries for about
# one. The next cell measures both for networks of growing size.

# %% tags=["demo"]
counts, checking, propagating = [], [], []
X, Y = np.random.randn(4, 10), np.arange(10).reshape(1, 10) % 2
for hidden in (2, 5, 10, 20, 40):
    parameters = xavier_parameters((4, hidden, hidden, 1), seed=1)
    start = time.perf_counter()
    _, cache = forward_propagation_n(X, Y, parameters)
    gradients = backward_propagation_n(X, Y, cache)
    middle = time.perf_counter()
    gradient_check_n(parameters, gradients, X, Y)
    counts.append(sum(value.size for value in parameters.values()))
    propagating.append(1000 * (middle - start))
    checking.append(1000 * (time.perf_counter() - middle))
    print(f"{counts[-1]:5d} parameters: forward and backward {propagating[-1]:5.2f} ms, "
          f"check {checking[-1]:7.1f} ms")

plot_curves({"gradient check": (counts, checking), "forward and backward": (counts, propagating)},
            xlabel="number of parameters", ylabel="milliseconds", xscale="log", yscale="log");

# %% [markdown]
# *The picture: on logarithmic axes the line of the gradient check climbs steadily with the number
# of parameters; the line of forward and backward propagation stays low and nearly level.*
#
# A network of a million parameters would need two million forward passes for one check. So: check
# once, on a small network, while you develop. Then switch it off and train.
#
# ## 7. When the check itself is wrong
#
# **Kinks.** ReLU has a corner at 0. If the nudge reaches across it, the measured slope mixes both
# sides. The next cell checks $J(\theta) = \max(0, \theta)$, whose slope at every $\theta > 0$ is
# exactly 1.

# %% tags=["demo"]
epsilon = 1e-7
thetas = np.logspace(-9, -5, 9)
slopes = (relu(thetas + epsilon) - relu(thetas - epsilon)) / (2 * epsilon)
errors = np.abs(slopes - 1) / (slopes + 1)
for theta, slope, error in zip(thetas, slopes, errors):
    print(f"theta = {theta:.0e}: measured slope {slope:.3f}, relative error {error:.0e}")

# %% [markdown]
# Nearer to the corner than $\varepsilon$, a right gradient looks wrong. In a network some unit may
# sit near its corner by chance: then check another example, or a smaller $\varepsilon$.
#
# **Dropout.** The check calls the forward pass again and again and takes the differences for
# slopes. If the forward pass draws new masks each time, the differences are mostly noise.

# %% tags=["demo"]
rng = np.random.RandomState(0)
weights, inputs = rng.randn(50), rng.rand(50)


def noisy_cost(theta, rng):
    """A sum over 50 units, about one in five of which is silenced at random."""
    return np.sum(theta * weights * inputs * rng.binomial(1, 0.8, size=50))


true_slope = 0.8 * np.sum(weights * inputs)
fresh = [(noisy_cost(1 + epsilon, rng) - noisy_cost(1 - epsilon, rng)) / (2 * epsilon)
         for _ in range(5)]
print("true slope on average:           ", f"{true_slope:.2f}")
print("measured, new masks at each call:", "  ".join(f"{value:.1e}" for value in fresh))

# %% [markdown]
# The measured slopes are off by a factor of about a million, in either direction. Switch dropout
# off for the check, or fix the seed inside the forward pass so that every call drops the same
# units.
#
# ## What to remember
#
# - The slope measured from **both sides** has an error of order $\varepsilon^2$; rounding adds
#   about $10^{-16}/\varepsilon$. In double precision $\varepsilon = 10^{-7}$ is a good choice.
# - Compare by the **relative** difference. Below $2 \cdot 10^{-7}$ is right; 0.3 is a bug.
# - Nudge **one entry at a time** and start each time from a fresh copy.
# - The check is **slow**: two forward passes per parameter. Use it to find bugs, not to train.
# - **Kinks and randomness** fool it. Look at the example and switch dropout off before you blame
#   the gradient.
#
# ## On your own
#
# - Plant a bug of your own in `backward_propagation_n`: a wrong sign, a missing $1/m$, `A1 >= 0`.
#   What difference does each give? (Mend it before you hand in.)
# - Which bugs cannot be found with an input $X$ of zeros?
# - Repeat section 3 with `np.float32`. Where is the valley now?
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it. Where a file is uploaded,
# `from course_utils.submit import submit; submit("gradient_checking", "your-id")` makes one in this
# folder, or says why not. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("gradient_checking")
