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
# # Draft

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np
from course_utils import layers
from course_utils.check import check
from course_utils.layers import relu_backward, sigmoid_backward

# %% nbgrader={"grade": false, "grade_id": "activations", "locked": true, "schema_version": 3, "solution": false, "task": false}
def sigmoid(Z):
    """1 / (1 + exp(-Z)), and Z as the cache, for the way back."""
    return layers.sigmoid(Z), Z


def relu(Z):
    """max(0, Z), and Z as the cache, for the way back."""
    return layers.relu(Z), Z

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

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_deep-weights", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): W1, W2, ... are the numbers of seed 3, times 0.01, for one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_deep, "deep_network/start/layers", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_parameters_deep-biases", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): b1, b2, ... are columns of zeros.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_parameters_deep, "deep_network/start/layers", only="b")
### END HIDDEN TESTS

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
has_values(linear_forward, "deep_network/linear/forward", only=1)
keeps_inputs(linear_forward, "deep_network/linear/forward")
### END HIDDEN TESTS

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
has_values(linear_activation_forward, "deep_network/layer/sigmoid", only=1)
### END HIDDEN TESTS

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

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-output", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): AL of networks of one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_model_forward, "deep_network/forward/layers", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-caches", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): one cache for each layer, in order.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_model_forward, "deep_network/forward/layers", only=1)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_model_forward-inputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): AL has the right shape, and X and the parameters stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form, keeps_inputs
has_form(L_model_forward, "deep_network/forward/layers", only=0)
keeps_inputs(L_model_forward, "deep_network/forward/layers")
### END HIDDEN TESTS

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
# Hidden test (5 points): the cost with labels of both kinds, for few and for many examples.
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
has_values(linear_backward, "deep_network/linear/backward", only=0)
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
has_values(linear_backward, "deep_network/linear/backward", only=2)
keeps_inputs(linear_backward, "deep_network/linear/backward")
### END HIDDEN TESTS

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

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-weights", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): dW1 to dWL of networks of one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_model_backward, "deep_network/backward/layers", only="dW")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-biases", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): db1 to dbL of the same networks.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(L_model_backward, "deep_network/backward/layers", only="db")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "L_model_backward-inputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): all of them are there, and AL, Y and the caches stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form, keeps_inputs
has_form(L_model_backward, "deep_network/backward/layers")
keeps_inputs(L_model_backward, "deep_network/backward/layers")
### END HIDDEN TESTS

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

# %% nbgrader={"grade": true, "grade_id": "update_parameters-weights", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): the new W1 to WL of networks of one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters, "deep_network/step/layers", only="W")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "update_parameters-biases", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): the new b1 to bL.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters, "deep_network/step/layers", only="b")
### END HIDDEN TESTS

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

# %% tags=["demo"]
print(1)
