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
# # A deep network, step by step
#
# A network of a hundred layers is built from a handful of small functions. In this notebook you
# write them, one after the other, and put them together into a network of any depth. Then it reads
# handwritten digits.
#
# **What you will do**
#
# - write the way forward, the cost, the way back and the step, each in a few lines;
# - train a network of four layers, from two different starts;
# - look at what it gets wrong, and show it a picture of your own.
#
# **What you will learn**
#
# - why every layer keeps what it saw, and what the way back does with it;
# - why the gradient begins with the sign that it has;
# - why a start that suits a shallow network can leave a deep one asleep.
#
# **What you need:** numpy arrays and their shapes, the matrix product, and the chain rule. About
# 90 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np
from threadpoolctl import threadpool_limits

from course_utils import layers
from course_utils.check import check
from course_utils.datasets import load_even_digits, load_picture
from course_utils.hint import hint
from course_utils.layers import relu_backward, sigmoid_backward
from course_utils.network import accuracy, predict, xavier_parameters
from course_utils.plotting import plot_costs, plot_picture
from course_utils.questions import guess, reveal, self_test
from course_utils.training import TrainingRun

# %% [markdown]
# ## 1. The plan, and the start
#
# Layer $l$ has $n^{[l]}$ units. Each listens to all units of the layer before. The hidden layers
# are ReLU, the last one is a single sigmoid unit. Training repeats four moves: forward, cost,
# backward, step.
#
# First, the weights. Layer $l$ needs
#
# $$W^{[l]} = 0.01 \cdot \mathcal{N}(0, 1) \in \mathbb{R}^{n^{[l]} \times n^{[l-1]}}, \qquad
# b^{[l]} = 0 \in \mathbb{R}^{n^{[l]} \times 1}.$$
#
# **Exercise 1.** Fill the dictionary for layers 1 to $L$. The notebook on initialization tells the
# story of this start; section 6 comes back to it.

# %% nbgrader={"grade": false, "grade_id": "initialize_parameters_deep", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_parameters_deep

def initialize_parameters_deep(layer_dims):
    """Draw small random weights for every layer; biases are zero.

    layer_dims: list of layer sizes [n0, n1, ..., nL]
    returns: {"W1": (n1, n0), "b1": (n1, 1), ..., "WL": (nL, nL-1), "bL": (nL, 1)}
    """
    np.random.seed(3)  # everyone draws the same numbers
    parameters = {}
    L = len(layer_dims)  # number of layers, the input counted in

    for l in range(1, L):
        ### BEGIN SOLUTION
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_deep-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(initialize_parameters_deep)

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_deep-layers", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): W1, W2, ... are the numbers of seed 3, times 0.01, and b1, b2, ... columns of zeros.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_deep, "deep_network/start/layers")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Forward
#
# **One layer, the linear part.** All units and all $m$ examples at once:
#
# $$Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}, \qquad A^{[0]} = X.$$
#
# **Exercise 2.** Write it. The three inputs go into a *cache*: the way back will need them.

# %% nbgrader={"grade": false, "grade_id": "linear_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: linear_forward

def linear_forward(A, W, b):
    """The linear part of one layer.

    A: signals from the layer before, (n_prev, m)
    W: weights, (n, n_prev);  b: biases, (n, 1)
    returns: Z, (n, m), and the cache (A, W, b), which the way back will need
    """
    ### BEGIN SOLUTION
    Z = np.dot(W, A) + b
    ### END SOLUTION
    cache = (A, W, b)
    return Z, cache

# %% nbgrader={"grade": true, "grade_id": "linear_forward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(linear_forward)

# %% nbgrader={"grade": true, "grade_id": "linear_forward-values", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): Z for other numbers of units, inputs and examples.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_forward, "deep_network/linear/forward", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "linear_forward-cache", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): the cache holds A, W and b, and they stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(linear_forward, "deep_network/linear/forward/many", only=1)
keeps_inputs(linear_forward, "deep_network/linear/forward/many")
### END HIDDEN TESTS

# %% [markdown]
# **One layer, whole.** The activation turns $Z$ into $A$. Both activations are given. They return
# $A$ and, as their cache, $Z$.

# %% nbgrader={"grade": false, "grade_id": "activations", "locked": true, "schema_version": 3, "solution": false, "task": false}
def sigmoid(Z):
    """1 / (1 + exp(-Z)), and Z as the cache."""
    return layers.sigmoid(Z), Z


def relu(Z):
    """max(0, Z), and Z as the cache."""
    return layers.relu(Z), Z

# %% [markdown]
# **Exercise 3.** Put the linear part and the activation together.

# %% nbgrader={"grade": false, "grade_id": "linear_activation_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: linear_activation_forward

def linear_activation_forward(A_prev, W, b, activation):
    """One whole layer: the linear part, then the activation.

    A_prev: signals from the layer before, (n_prev, m)
    W: weights, (n, n_prev);  b: biases, (n, 1)
    activation: "sigmoid" or "relu"
    returns: A, (n, m), and the cache (linear_cache, activation_cache)
    """
    ### BEGIN SOLUTION
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    ### END SOLUTION
    return A, (linear_cache, activation_cache)

# %% nbgrader={"grade": true, "grade_id": "linear_activation_forward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(linear_activation_forward)

# %% nbgrader={"grade": true, "grade_id": "linear_activation_forward-sigmoid", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): A with sigmoid, for other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_activation_forward, "deep_network/layer/sigmoid", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "linear_activation_forward-relu", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): A with relu, for other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_activation_forward, "deep_network/layer/relu", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "linear_activation_forward-cache", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): both caches are there, in this order.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_activation_forward, "deep_network/layer/relu", only=1)
### END HIDDEN TESTS

# %% [markdown]
# **All layers.** The signal goes in as $X$ and comes out as $A^{[L]}$, the probability of label 1.
# Each layer leaves a cache behind.
#
# **Exercise 4.** Write the loop over the hidden layers, then the last layer.

# %% nbgrader={"grade": false, "grade_id": "L_model_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: L_model_forward

def L_model_forward(X, parameters):
    """[LINEAR -> RELU] * (L - 1) -> LINEAR -> SIGMOID.

    X: inputs, (n0, m)
    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    returns: AL, (1, m), and the list of the L caches, that of layer 1 first
    """
    caches = []
    A = X
    L = len(parameters) // 2  # number of layers

    for l in range(1, L):
        A_prev = A
        ### BEGIN SOLUTION
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        A, cache = linear_activation_forward(A_prev, W, b, "relu")
        caches.append(cache)
        ### END SOLUTION

    ### BEGIN SOLUTION
    W, b = parameters["W" + str(L)], parameters["b" + str(L)]
    AL, cache = linear_activation_forward(A, W, b, "sigmoid")
    caches.append(cache)
    ### END SOLUTION
    return AL, caches

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(L_model_forward)

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-output", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): AL of networks of one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_model_forward, "deep_network/forward/layers", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-caches", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): one cache for each layer, in order; X and the parameters stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(L_model_forward, "deep_network/forward/layers/deep", only=1)
keeps_inputs(L_model_forward, "deep_network/forward/layers/deep")
### END HIDDEN TESTS

# %% tags=["demo"]
from course_utils.explorers import explore_layers
explore_layers()

# %% [markdown]
# *The picture: the four layers of a 64-20-7-5-1 network as a row of columns of units, the chosen
# layer in colour. Below stand the shapes of what goes in, what comes out and what is kept. The
# sentence says the same in words.*
#
# ## 3. The cost
#
# The label says which of two numbers should have been large: $a$ for label 1, $1 - a$ for label 0.
# The cost is minus its logarithm, averaged:
#
# $$J = -\frac1m \sum_{i=1}^{m} \left( y^{(i)} \log a^{[L](i)} + (1 - y^{(i)}) \log (1 - a^{[L](i)})
# \right).$$
#
# **Exercise 5.** Write it.

# %% nbgrader={"grade": false, "grade_id": "compute_cost", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: compute_cost

def compute_cost(AL, Y):
    """The mean cross-entropy.

    AL: output of the network, (1, m);  Y: labels, (1, m)
    returns: the cost, a number
    """
    m = Y.shape[1]
    ### BEGIN SOLUTION
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    ### END SOLUTION
    return np.squeeze(cost)  # so that [[17]] becomes 17

# %% nbgrader={"grade": true, "grade_id": "compute_cost-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(compute_cost)

# %% nbgrader={"grade": true, "grade_id": "compute_cost-values", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): the cost of many examples, with labels of both kinds.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(compute_cost, "deep_network/cost/mixed")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "compute_cost-labels", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): the cost where all labels are 0, or all are 1.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(compute_cost, "deep_network/cost/alike")
### END HIDDEN TESTS

# %% tags=["demo"]
guess("deep_network/first")

# %% tags=["demo"]
digits = load_even_digits()
layers_dims = [64, 20, 7, 5, 1]
AL, _ = L_model_forward(digits.train_X, initialize_parameters_deep(layers_dims))
first = float(compute_cost(AL, digits.train_Y))
reveal("deep_network/first", cost=first, lowest=AL.min(), highest=AL.max())

_, axes = plt.subplots(1, 8, figsize=(9, 1.6), layout="constrained")
for i, ax in enumerate(axes):
    picture, kind = digits.train_X[:, i].reshape(digits.shape), digits.train_Y[0, i]
    plot_picture(picture, ax, "gray_r", digits.classes[kind])
plt.show()
print(f"{digits.train_X.shape[1]} digits to train on, {digits.test_X.shape[1]} to test on, "
      f"of {digits.train_X.shape[0]} pixels each; cost before training: {first:.4f}")

# %% [markdown]
# *The pictures: eight handwritten digits of 8 by 8 pixels, each with its label: even or odd.*
#
# These are the data of this notebook: 1200 digits to train on, and 597 by other writers to test
# on. Is the digit even (1) or odd (0)? Before training every output is 0.5, and the cost is $\log
# 2$, 0.6931: that of a coin toss.
#
# ## 4. Backward
#
# **One layer, the linear part.** Given $dZ$, what do $W$, $b$ and $A^{[l-1]}$ have to do with the
# cost? From $Z = W A + b$ and the chain rule:
#
# $$dW^{[l]} = \frac1m dZ^{[l]} A^{[l-1]T}, \quad
# db^{[l]} = \frac1m \sum_{i=1}^{m} dZ^{[l](i)}, \quad
# dA^{[l-1]} = W^{[l]T} dZ^{[l]}.$$
#
# A gradient has the shape of what it belongs to. $dW$ and $db$ are means over the examples; $dA$
# still has one column for each.
#
# <details><summary>Where the three come from</summary>
#
# One weight, one example: $z_k = \sum_j w_{kj} a_j + b_k$, so $\partial z_k / \partial w_{kj} =
# a_j$, $\partial z_k / \partial b_k = 1$, and $\partial z_k / \partial a_j = w_{kj}$. The cost is
# the mean over the examples, which is where $\frac1m$ comes from. Input $a_j$ feeds all units $k$,
# so their messages are added: a sum over $k$, which is a product with $W^T$.
#
# </details>
#
# **Exercise 6.** Write the three lines.

# %% nbgrader={"grade": false, "grade_id": "linear_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: linear_backward

def linear_backward(dZ, cache):
    """The linear part of one layer, backward.

    dZ: gradient of the cost with respect to Z, (n, m)
    cache: (A_prev, W, b) from linear_forward
    returns: dA_prev, (n_prev, m), dW, (n, n_prev), and db, (n, 1)
    """
    A_prev, W, b = cache
    m = A_prev.shape[1]
    ### BEGIN SOLUTION
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    ### END SOLUTION
    return dA_prev, dW, db

# %% nbgrader={"grade": true, "grade_id": "linear_backward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(linear_backward)

# %% nbgrader={"grade": true, "grade_id": "linear_backward-signals", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): dA_prev, for other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_backward, "deep_network/linear/backward/many", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "linear_backward-weights", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): dW, for other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_backward, "deep_network/linear/backward", only=1)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "linear_backward-biases", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): db, one number for each unit, and the cache stays as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(linear_backward, "deep_network/linear/backward/many", only=2)
keeps_inputs(linear_backward, "deep_network/linear/backward/many")
### END HIDDEN TESTS

# %% [markdown]
# **One layer, whole.** What was last on the way forward comes first on the way back: the
# activation, $dZ^{[l]} = dA^{[l]} \cdot g'(Z^{[l]})$. `sigmoid_backward(dA, activation_cache)` and
# `relu_backward(dA, activation_cache)` are given.
#
# **Exercise 7.** Write it.

# %% nbgrader={"grade": false, "grade_id": "linear_activation_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: linear_activation_backward

def linear_activation_backward(dA, cache, activation):
    """One whole layer, backward: the activation, then the linear part.

    dA: gradient of the cost with respect to A, (n, m)
    cache: (linear_cache, activation_cache) from linear_activation_forward
    activation: "sigmoid" or "relu"
    returns: dA_prev, (n_prev, m), dW, (n, n_prev), and db, (n, 1)
    """
    linear_cache, activation_cache = cache
    ### BEGIN SOLUTION
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, activation_cache)
    else:
        dZ = relu_backward(dA, activation_cache)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    ### END SOLUTION
    return dA_prev, dW, db

# %% nbgrader={"grade": true, "grade_id": "linear_activation_backward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(linear_activation_backward)

# %% nbgrader={"grade": true, "grade_id": "linear_activation_backward-sigmoid", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): all three gradients with sigmoid.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_activation_backward, "deep_network/layer_back/sigmoid")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "linear_activation_backward-relu", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): all three gradients with relu.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(linear_activation_backward, "deep_network/layer_back/relu")
### END HIDDEN TESTS

# %% [markdown]
# **All layers.** The way back begins at the cost. For label 1 an example costs $-\log a$, with the
# slope $-1/a$; for label 0 it costs $-\log(1 - a)$, with the slope $+1/(1 - a)$. In one line:
#
# $$dA^{[L]} = -\left( \frac{Y}{A^{[L]}} - \frac{1 - Y}{1 - A^{[L]}} \right).$$

# %% tags=["demo"]
from course_utils.explorers import explore_slope
explore_slope()

# %% [markdown]
# *The picture: left, the cost of one example over the output $a$, with the tangent at your choice;
# right, its slope. For label 1 the cost falls to nothing at $a = 1$, and the slope is below zero;
# for label 0 it rises from nothing, and the slope is above zero.*
#
# **Exercise 8.** Compute $dA^{[L]}$. Then send it down: through the last layer with `"sigmoid"`,
# through the others with `"relu"`, each with its own cache. Here `dA1` is what layer 2 hands down
# to layer 1. Older texts call it `dA2`; either number is accepted.

# %% nbgrader={"grade": false, "grade_id": "L_model_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: L_model_backward

def L_model_backward(AL, Y, caches):
    """The whole network, backward.

    AL: output of the network, (1, m);  Y: labels, (1, m)
    caches: the list of L caches from L_model_forward
    returns: {"dA0": (n0, m), "dW1": (n1, n0), "db1": (n1, 1), "dA1": (n1, m), ...}
    """
    grads = {}
    L = len(caches)  # number of layers
    Y = Y.reshape(AL.shape)

    ### BEGIN SOLUTION
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    ### END SOLUTION

    # the last layer, a sigmoid
    ### BEGIN SOLUTION
    dA, dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = dA, dW, db
    ### END SOLUTION

    for l in reversed(range(L - 1)):
        # layer l + 1, a relu; its cache is caches[l]
        ### BEGIN SOLUTION
        dA, dW, db = linear_activation_backward(grads["dA" + str(l + 1)], caches[l], "relu")
        grads["dA" + str(l)], grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = dA, dW, db
        ### END SOLUTION
    return grads

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(L_model_backward)

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-weights", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): dW1 to dWL of networks of one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_model_backward, "deep_network/backward/layers", only="dW")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-biases", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): db1 to dbL; AL, Y and the caches stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(L_model_backward, "deep_network/backward/layers/deep", only="db")
keeps_inputs(L_model_backward, "deep_network/backward/layers/deep")
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Step and loop
#
# One step goes downhill, against the gradient: $W^{[l]} \leftarrow W^{[l]} - \alpha \, dW^{[l]}$,
# and the same for $b^{[l]}$.
#
# **Exercise 9.** Write the step for all layers.

# %% nbgrader={"grade": false, "grade_id": "update_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: update_parameters

def update_parameters(parameters, grads, learning_rate):
    """One step of gradient descent.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    grads: from L_model_backward
    learning_rate: how far to step, a number
    returns: the new parameters, in a dictionary of the same form
    """
    parameters = parameters.copy()
    L = len(parameters) // 2

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        step_W = learning_rate * grads["dW" + str(l)]
        step_b = learning_rate * grads["db" + str(l)]
        parameters["W" + str(l)] = parameters["W" + str(l)] - step_W
        parameters["b" + str(l)] = parameters["b" + str(l)] - step_b
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "update_parameters-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(update_parameters)

# %% nbgrader={"grade": true, "grade_id": "update_parameters-layers", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): the new W and b of a network of one layer and one of four.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters, "deep_network/step/layers")
### END HIDDEN TESTS

# %% [markdown]
# **Exercise 10.** Put your functions together: the start once; then, in every step, forward, cost,
# backward, step. The check runs three steps, with right parts of ours in place of yours.

# %% nbgrader={"grade": false, "grade_id": "L_layer_model", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: L_layer_model

def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """Train a network of any depth.

    X: inputs, (n0, m);  Y: labels, (1, m)
    layers_dims: list of layer sizes [n0, n1, ..., nL]
    print_cost: whether to print the cost every 100 steps
    returns: the learned parameters, and the list of the costs of steps 0, 100, 200, ...
    """
    costs = []
    ### BEGIN SOLUTION
    parameters = initialize_parameters_deep(layers_dims)
    ### END SOLUTION

    for i in range(num_iterations):
        ### BEGIN SOLUTION
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        ### END SOLUTION

        if i % 100 == 0:
            costs.append(float(cost))
            if print_cost:
                print(f"cost after step {i}: {cost:.4f}")
    return parameters, costs

# %% nbgrader={"grade": true, "grade_id": "L_layer_model-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(L_layer_model)

# %% nbgrader={"grade": true, "grade_id": "L_layer_model-learns", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): the parameters after a few steps, for one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_layer_model, "deep_network/model/layers")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_layer_model-rates", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): the same with other learning rates and numbers of steps.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_layer_model, "deep_network/model/rates")
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Two starts for one network
#
# `train` runs your `L_layer_model` for 2,500 steps, with a start of its choice in place of your
# `initialize_parameters_deep`. That is all that differs.

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train(label, layers_dims, learning_rate, start):
    """Train on the digits with your functions, from `start(layers_dims)` -> TrainingRun."""
    from unittest.mock import patch
    with threadpool_limits(1), patch.dict(globals(), initialize_parameters_deep=start):
        returned = L_layer_model(digits.train_X, digits.train_Y, layers_dims, learning_rate, 2_500)
    parameters, costs = (returned, []) if isinstance(returned, dict) else returned
    return TrainingRun(parameters, every=100, label=label, costs=costs)


def scaled(layers_dims):
    """Normal numbers divided by the root of the number of inputs, seed 1."""
    return xavier_parameters(layers_dims, seed=1)


def score(run):
    """Accuracy on the training digits and on the test digits."""
    return (accuracy(digits.train_X, digits.train_Y, run.parameters),
            accuracy(digits.test_X, digits.test_Y, run.parameters))

# %% tags=["demo"]
guess("deep_network/small")

# %% tags=["demo"]
small = initialize_parameters_deep
shallow = train("64-7-1, start 0.01", [64, 7, 1], 0.3, small)
asleep = train("64-20-7-5-1, start 0.01", layers_dims, 0.1, small)
reveal("deep_network/small", shallow=score(shallow)[0], deep=score(asleep)[0],
       cost=asleep.costs[-1])

# %% [markdown]
# The same small numbers that let a network of two layers learn leave one of four layers asleep.
# Look at the gradients of the first step, layer by layer, from this start and from one in which
# each weight is divided by $\sqrt{n^{[l-1]}}$.

# %% tags=["demo"]
guess("deep_network/scale")

# %% tags=["demo"]
for name, start in (("times 0.01", small), ("over root n", scaled)):
    AL, caches = L_model_forward(digits.train_X, start(layers_dims))
    grads = L_model_backward(AL, digits.train_Y, caches)
    lengths = [np.linalg.norm(grads[f"dW{l}"]) for l in (1, 2, 3, 4)]
    print(f"{name:12s} length of dW1 to dW4:", "  ".join(f"{length:7.0e}" for length in lengths))

deep = train("64-20-7-5-1, over root n", layers_dims, 0.1, scaled)
reveal("deep_network/scale", train=score(deep)[0], test=score(deep)[1], cost=deep.costs[-1])

# %% tags=["demo"]
runs = [shallow, asleep, deep]
plot_costs(runs)
plt.show()
print(f"{'network and start':24s} {'first':>8s} {'last cost':>10s} {'train':>7s} {'test':>7s}")
for run in runs:
    print(f"{run.label:24s} {run.costs[0]:8.4f} {run.costs[-1]:10.4f} "
          "{:7.1%} {:7.1%}".format(*score(run)))

# %% [markdown]
# *The pictures: three cost curves on one scale. That of the shallow network falls quickly at first
# and then slowly, that of the deep one from 0.01 is a flat line, and that of the deep one over
# root n falls to nearly nothing.*
#
# The gradient of one layer has the weights of all other layers as factors. With one other layer
# that is bearable; with three, each of them tiny, hardly anything is left. The network is so far
# from its labels that it only learns how many digits are even. The classic exercise takes 0.01 in
# its first half and $1/\sqrt{n}$ in its second, and does not say why. Now you know.
#
# ### Your turn
#
# How deep can a network be before its first gradient is gone? It depends on the scale.

# %% tags=["demo"]
from course_utils.explorers import explore_depth
explore_depth()

# %% [markdown]
# *The picture: left, a heat map of the length of the gradient by layer (across) and scale (down),
# for the depth you choose; right, the same along the scale you choose. The sentence below it gives
# the first cost and the numbers.*
#
# ## 7. What it reads
#
# The network of four layers is right on most of the digits it has never seen. Which ones does it
# get wrong?

# %% tags=["demo"]
labels = predict(digits.test_X, deep.parameters)
wrong = np.flatnonzero(labels != digits.test_Y)
_, axes = plt.subplots(2, 7, figsize=(9, 3.2), layout="constrained")
for i, ax in zip(wrong, axes.flat):
    picture, kind = digits.test_X[:, i].reshape(digits.shape), digits.classes[labels[0, i]]
    plot_picture(picture, ax, "gray_r", f"not {kind}")
plt.show()
print(f"{wrong.size} of {digits.test_Y.size} test digits are taken for the wrong kind")

# %% [markdown]
# *The pictures: fourteen digits that were taken for the wrong kind, each with what it is not. Most
# are even, and many of these are eights whose loops have closed.*
#
# **Your own picture.** Write a digit, photograph or draw it, put the file beside this notebook,
# and name it in the next cell. It is cut to its strokes, made 8 by 8 pixels, and shown to the
# network.

# %% tags=["demo"]
mine = load_picture()  # of your own: load_picture("my_digit.png")
plot_picture(mine.reshape(digits.shape), cmap="gray_r")
plt.show()
probability = L_model_forward(mine, deep.parameters)[0][0, 0]
print(f"even with probability {probability:.3f}: {digits.classes[int(probability > 0.5)]}")

# %% [markdown]
# *The picture: a 4 as the network sees it, 8 by 8 grey squares.*
#
# **Your own data.** `load_image_set` in `course_utils.datasets` reads labelled pictures from HDF5
# files with the keys `train_set_x`, `train_set_y`, `test_set_x`, `test_set_y` and `list_classes`,
# from one file or from two. Whoever has the classic pictures of cats can load them so: train from
# `scaled` with the sizes `[12288, 20, 7, 5, 1]` and the rate 0.0075.
#
# ## What to remember
#
# - **A deep network is a chain of equal parts.** Forward and backward are loops over one layer.
# - **What goes forward is kept for the way back:** $A^{[l-1]}$, $W$ and $b$ for the linear part,
#   $Z$ for the activation.
# - **A gradient has the shape of what it belongs to.** $dW$ and $db$ are means over the examples.
# - **The sign of $dA^{[L]}$:** below zero for label 1, above zero for label 0.
# - **The start must fit the depth.** A factor in each layer becomes a power over all of them.
#
# ## Test yourself

# %% tags=["demo"]
self_test("deep_network")

# %% [markdown]
# <details><summary><b>The same in PyTorch</b></summary>
#
# ```python
# import torch
# from torch import nn
#
# model = nn.Sequential(nn.Linear(64, 20), nn.ReLU(), nn.Linear(20, 7), nn.ReLU(),
#                       nn.Linear(7, 5), nn.ReLU(), nn.Linear(5, 1))
# loss = nn.BCEWithLogitsLoss()  # sigmoid and cross-entropy in one
# optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
# for step in range(2500):
#     optimizer.zero_grad()
#     loss(model(X), Y).backward()  # one row for each example
#     optimizer.step()
# ```
#
# `backward` does what your `L_model_backward` does, for any chain of parts: each keeps what it
# saw.
#
# </details>
#
# **Read on**
#
# - D. Rumelhart, G. Hinton, R. Williams (1986), *Learning representations by back-propagating
#   errors*: four pages that made this way of training known.
# - X. Glorot, Y. Bengio (2010), *Understanding the difficulty of training deep feedforward neural
#   networks*: why deep networks sleep, and the scale that wakes them.
#
# ## On your own
#
# - Train `[64, 20, 7, 5, 1]` from `small` with a rate of 10. Does it wake up?
# - Add a layer, and another. From which depth on does `scaled` fail as well?
# - Send `AL - Y` straight into `linear_backward` for the last layer. Why is that the same?
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("deep_network")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("deep_network")
