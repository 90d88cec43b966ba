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
# # Optimization methods

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course_utils.check import check

# %% nbgrader={"grade": false, "grade_id": "update_parameters_with_gd", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: update_parameters_with_gd

def update_parameters_with_gd(parameters, grads, learning_rate):
    """One step of gradient descent.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    grads: {"dW1": (n1, n0), "db1": (n1, 1), ...}
    learning_rate: how far to step, a number
    returns: the new parameters, in a dictionary of the same form
    """
    L = len(parameters) // 2  # number of layers

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        W, b = parameters["W" + str(l)], parameters["b" + str(l)]
        parameters["W" + str(l)] = W - learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] = b - learning_rate * grads["db" + str(l)]
        ### END SOLUTION
    return parameters

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_gd-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(update_parameters_with_gd)

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_gd-layers", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the new W and b of networks of one to four layers, at other rates.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters_with_gd, "optimization/gd/layers")
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "random_mini_batches", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: random_mini_batches

def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """Shuffle the examples and cut them into mini-batches.

    X: inputs, (n0, m);  Y: labels, (1, m)
    mini_batch_size: examples in every batch but perhaps the last, a whole number
    returns: a list of pairs (batch of X, batch of Y); together they hold every example once
    """
    np.random.seed(seed)  # everyone draws the same order
    m = X.shape[1]
    mini_batches = []

    # one order for X and for Y
    permutation = list(np.random.permutation(m))
    ### BEGIN SOLUTION
    shuffled_X = X[:, permutation]
    shuffled_Y = Y[:, permutation]
    ### END SOLUTION

    # the whole batches, and what is left over
    ### BEGIN SOLUTION
    for start in range(0, m, mini_batch_size):
        stop = start + mini_batch_size
        mini_batches.append((shuffled_X[:, start:stop], shuffled_Y[:, start:stop]))
    ### END SOLUTION
    return mini_batches

# %% nbgrader={"grade": true, "grade_id": "random_mini_batches-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(random_mini_batches)

# %% nbgrader={"grade": true, "grade_id": "random_mini_batches-whole", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): batches that divide the examples evenly, several features, other seeds.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(random_mini_batches, "optimization/batches/whole")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "random_mini_batches-rest", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): a smaller last batch holds what is left over.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(random_mini_batches, "optimization/batches/rest")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "random_mini_batches-few", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): fewer examples than a batch has, batches of one, and X and Y stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(random_mini_batches, "optimization/batches/few")
keeps_inputs(random_mini_batches, "optimization/batches/rest")
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "initialize_velocity", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_velocity

def initialize_velocity(parameters):
    """A velocity for every parameter, at rest.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    returns: v, {"dW1": (n1, n0), "db1": (n1, 1), ...}, all zero
    """
    L = len(parameters) // 2  # number of layers
    v = {}

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        v["dW" + str(l)] = np.zeros(parameters["W" + str(l)].shape)
        v["db" + str(l)] = np.zeros(parameters["b" + str(l)].shape)
        ### END SOLUTION
    return v

# %% nbgrader={"grade": true, "grade_id": "initialize_velocity-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(initialize_velocity)

# %% nbgrader={"grade": true, "grade_id": "initialize_velocity-layers", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): zeros in the shape of every W and b, for one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_velocity, "optimization/velocity/layers")
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "update_parameters_with_momentum", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: update_parameters_with_momentum

def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """One step with momentum.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    grads, v: {"dW1": (n1, n0), "db1": (n1, 1), ...}
    beta: how much of the old velocity is kept, from 0 to 1
    returns: the new parameters, and the new v
    """
    L = len(parameters) // 2  # number of layers

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        for name in ("W" + str(l), "b" + str(l)):
            d = "d" + name
            v[d] = beta * v[d] + (1 - beta) * grads[d]
            parameters[name] = parameters[name] - learning_rate * v[d]
        ### END SOLUTION
    return parameters, v

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_momentum-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(update_parameters_with_momentum)

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_momentum-velocity", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the new v, from an old v that is not zero.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters_with_momentum, "optimization/momentum/layers", only=1)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_momentum-parameters", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the new W and b of networks of one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters_with_momentum, "optimization/momentum/layers", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "initialize_adam", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_adam

def initialize_adam(parameters):
    """Two averages for every parameter, both zero.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    returns: v and s, two dictionaries {"dW1": (n1, n0), "db1": (n1, 1), ...}, all zero
    """
    L = len(parameters) // 2  # number of layers
    v = {}
    s = {}

    for l in range(1, L + 1):
        ### BEGIN SOLUTION
        for name in ("W" + str(l), "b" + str(l)):
            v["d" + name] = np.zeros(parameters[name].shape)
            s["d" + name] = np.zeros(parameters[name].shape)
        ### END SOLUTION
    return v, s

# %% nbgrader={"grade": true, "grade_id": "initialize_adam-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(initialize_adam)

# %% nbgrader={"grade": true, "grade_id": "initialize_adam-layers", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): zeros in v and in s, for one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_adam, "optimization/adam_start/layers")
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "update_parameters_with_adam", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: update_parameters_with_adam

def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One step of Adam.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    grads, v, s: {"dW1": (n1, n0), "db1": (n1, 1), ...}
    t: the number of this step, counted from 1
    returns: the new parameters, v and s, and the corrected averages of v and of s
    """
    L = len(parameters) // 2  # number of layers
    v_corrected = {}
    s_corrected = {}

    for l in range(1, L + 1):
        for name in ("W" + str(l), "b" + str(l)):
            d = "d" + name
            # the two averages
            ### BEGIN SOLUTION
            v[d] = beta1 * v[d] + (1 - beta1) * grads[d]
            s[d] = beta2 * s[d] + (1 - beta2) * grads[d] ** 2
            ### END SOLUTION
            # without their bias
            ### BEGIN SOLUTION
            v_corrected[d] = v[d] / (1 - beta1 ** t)
            s_corrected[d] = s[d] / (1 - beta2 ** t)
            ### END SOLUTION
            # the step
            ### BEGIN SOLUTION
            step = v_corrected[d] / (np.sqrt(s_corrected[d]) + epsilon)
            parameters[name] = parameters[name] - learning_rate * step
            ### END SOLUTION
    return parameters, v, s, v_corrected, s_corrected

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_adam-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(update_parameters_with_adam)

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_adam-averages", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the new v and s, from old ones that are not zero.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters_with_adam, "optimization/adam/layers", only=1)
has_values(update_parameters_with_adam, "optimization/adam/layers", only=2)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_adam-parameters", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): the new W and b at t = 1, 7 and 30, with several betas and rates.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters_with_adam, "optimization/adam/layers", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "update_parameters_with_adam-epsilon", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): the new W and b with a large epsilon, and where a gradient has always been 0.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_parameters_with_adam, "optimization/adam/epsilon", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "update_lr", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: update_lr

def update_lr(learning_rate0, epoch_num, decay_rate):
    """The learning rate of an epoch, by inverse-time decay.

    learning_rate0: the rate of epoch 0
    epoch_num: the number of the epoch;  decay_rate: how fast the rate falls
    returns: the learning rate, a number
    """
    ### BEGIN SOLUTION
    learning_rate = learning_rate0 / (1 + decay_rate * epoch_num)
    ### END SOLUTION
    return learning_rate

# %% nbgrader={"grade": true, "grade_id": "update_lr-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(update_lr)

# %% nbgrader={"grade": true, "grade_id": "update_lr-epochs", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): other epochs, 0 among them, and other rates of decay.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(update_lr, "optimization/decay/epochs")
### END HIDDEN TESTS

# %% nbgrader={"grade": false, "grade_id": "schedule_lr_decay", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: schedule_lr_decay

def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """The learning rate of an epoch, constant within every interval.

    learning_rate0: the rate of the first interval
    epoch_num: the number of the epoch;  decay_rate: how fast the rate falls
    time_interval: the number of epochs between two steps
    returns: the learning rate, a number
    """
    ### BEGIN SOLUTION
    intervals = np.floor(epoch_num / time_interval)
    learning_rate = learning_rate0 / (1 + decay_rate * intervals)
    ### END SOLUTION
    return learning_rate

# %% nbgrader={"grade": true, "grade_id": "schedule_lr_decay-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(schedule_lr_decay)

# %% nbgrader={"grade": true, "grade_id": "schedule_lr_decay-edges", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the rate just before, at and just after a multiple of the interval.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(schedule_lr_decay, "optimization/schedule/edges")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "schedule_lr_decay-within", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the rate within an interval, for other intervals and rates of decay.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(schedule_lr_decay, "optimization/schedule/within")
### END HIDDEN TESTS
