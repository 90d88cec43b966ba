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
# # When a network learns the noise
#
# A network with enough units can bend around every training point, the unlucky ones included. It
# then looks better than it is. This notebook shows it happen and treats it in two ways.
#
# **What you will do**
#
# - see a network overfit;
# - add L2 regularization to the cost and to the gradients, and look at what it does to the weights;
# - write inverted dropout, forward and backward;
# - put the three versions side by side.
#
# **What you will learn**
#
# - why a penalty on large weights makes a smoother boundary;
# - why the mask *and* the scale of dropout come back in the backward pass;
# - why dropout is switched off when the network is used.
#
# **What you need:** forward and backward propagation of a three-layer network. About 60 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from course_utils.check import check
from course_utils.datasets import load_football
from course_utils.hint import hint
from course_utils.layers import relu, sigmoid
from course_utils.network import accuracy, compute_cost, forward_propagation, predict
from course_utils.network import xavier_parameters
from course_utils.plotting import plot_costs, plot_decision_boundary, plot_histograms
from course_utils.plotting import plot_points
from course_utils.training import model

# %% [markdown]
# ## 1. Where should the goalkeeper kick?
#
# Each point is a place on the pitch where a ball came down after a goalkeeper's kick. Orange
# triangles (class 1): our team headed it. Blue circles (class 0): the other team did. There are 211
# points to train on and 200 to test on. The data are simulated: the true border is one smooth
# curve, and the rest is chance.

# %% tags=["demo"]
train_X, train_Y, test_X, test_Y = load_football()
ax = plot_points(train_X, train_Y)
ax.set_title(f"{train_X.shape[1]} headers")
ax.legend(loc="upper left", bbox_to_anchor=(1, 1));

# %% [markdown]
# *The picture: mostly orange triangles below a falling diagonal, mostly blue circles above it,
# mixed where they meet; a few points lie deep in the other team's half.*
#
# The network has 2 inputs, hidden layers of 20 and 3 ReLU units, and a sigmoid output. `train`
# starts every version from the same weights; `show` draws cost and boundary.

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train(label, **parts):
    """30,000 steps, learning rate 0.3; `parts` replace cost, forward or backward of the model."""
    start = xavier_parameters((2, 20, 3, 1), seed=3)
    return model(train_X, train_Y, start, learning_rate=0.3, num_iterations=30_000,
                 label=label, **parts)


def accuracies(run):
    """Share of right answers on the training set and on the test set."""
    return accuracy(train_X, train_Y, run.parameters), accuracy(test_X, test_Y, run.parameters)


def show(run):
    """Cost curve on the left, decision boundary on the right."""
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    plot_costs([run], [left])
    plot_decision_boundary(lambda X: predict(X, run.parameters), train_X, train_Y, right)
    right.set(xlim=(-0.9, 0.9), ylim=(-0.9, 0.9))
    right.set_title("accuracy: train {:.1%}, test {:.1%}".format(*accuracies(run)))
    plt.show()

# %% [markdown]
# ## 2. Without regularization

# %% tags=["demo"]
none = train("no regularization")
show(none)

# %% [markdown]
# *The pictures: a cost that keeps falling with jumps, and a ragged boundary with spikes and islands
# around single points.*
#
# The network is several points better on the data it has seen than on the data it has not. That gap
# is **overfitting**. The spikes and islands are lucky headers, learned by heart.
#
# ## 3. L2 regularization: the cost
#
# A boundary with sharp spikes needs large weights. So let large weights cost something:
#
# $$J = \underbrace{\frac1m \sum_{i=1}^{m} L\left(a^{[3](i)}, y^{(i)}\right)}_{\text{cross-entropy}}
# + \underbrace{\frac{\lambda}{2m} \sum_{l} \sum_{k,j}
# \left(W^{[l]}_{k,j}\right)^2}_{\text{L2 penalty}}$$
#
# The biases are left out: they shift the boundary but do not sharpen it.
#
# **Exercise 1.** Compute the penalty. `compute_cost` gives you the first part. Each weight meets
# only itself: `np.square` and `np.sum` do it.

# %% nbgrader={"grade": false, "grade_id": "compute_cost_with_regularization", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: compute_cost_with_regularization

def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """Cross-entropy plus the L2 penalty on the weights.

    A3: output of the network, (1, m);  Y: labels, (1, m)
    parameters: {"W1": (n1, n0), "b1": (n1, 1), ..., "W3": (1, n2), "b3": (1, 1)}
    lambd: strength of the penalty, a number
    returns: the cost, a number
    """
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    cross_entropy_cost = compute_cost(A3, Y)

    ### BEGIN SOLUTION
    squares = np.sum(np.square(W1)) + np.sum(np.square(W2)) + np.sum(np.square(W3))
    L2_regularization_cost = lambd / (2 * m) * squares
    cost = cross_entropy_cost + L2_regularization_cost
    ### END SOLUTION
    return cost

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(compute_cost_with_regularization)

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-value", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): the cost of a small network, with few and with more examples.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(compute_cost_with_regularization, "regularization/cost/value")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-zero", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): with lambda = 0 it is the plain cross-entropy.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(compute_cost_with_regularization, "regularization/cost/zero")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-lambda", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): lambda may be small or large.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(compute_cost_with_regularization, "regularization/cost/lambda")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-sizes", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): other layer sizes and other numbers of examples, down to one.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(compute_cost_with_regularization, "regularization/cost/sizes")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "compute_cost_with_regularization-biases", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): large biases cost nothing, and the inputs stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(compute_cost_with_regularization, "regularization/cost/biases")
keeps_inputs(compute_cost_with_regularization, "regularization/cost/value")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. L2 regularization: the gradients
#
# What is added to the cost must be added to its derivatives. One weight $w$ adds
# $\frac{\lambda}{2m} w^2$, so
#
# $$\frac{d}{dw}\left(\frac{\lambda}{2m} w^2\right) = \frac{\lambda}{m} w
# \qquad\Rightarrow\qquad dW^{[l]} = \frac1m dZ^{[l]} A^{[l-1]T} + \frac{\lambda}{m} W^{[l]}.$$
#
# Nothing else changes: $dZ$, $dA$ and $db$ do not contain the penalty.
#
# **Exercise 2.** Add the new term in three lines.

# %% nbgrader={"grade": false, "grade_id": "backward_propagation_with_regularization", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: backward_propagation_with_regularization

def backward_propagation_with_regularization(X, Y, cache, lambd):
    """Gradients of the regularized cost of the three-layer network.

    X: inputs, (n0, m);  Y: labels, (1, m)
    cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) from forward_propagation
    lambd: strength of the penalty, a number
    returns: {"dZ3": (1, m), "dW3": (1, n2), "db3": (1, 1), "dA2": (n2, m), ..., "db1": (n1, 1)}
    """
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    ### BEGIN SOLUTION
    dW3 = 1 / m * np.dot(dZ3, A2.T) + lambd / m * W3
    ### STARTER
    # dW3 = None  # YOUR CODE HERE
    ### END SOLUTION
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    dZ2 = dA2 * (A2 > 0)
    ### BEGIN SOLUTION
    dW2 = 1 / m * np.dot(dZ2, A1.T) + lambd / m * W2
    ### STARTER
    # dW2 = None  # YOUR CODE HERE
    ### END SOLUTION
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    dZ1 = dA1 * (A1 > 0)
    ### BEGIN SOLUTION
    dW1 = 1 / m * np.dot(dZ1, X.T) + lambd / m * W1
    ### STARTER
    # dW1 = None  # YOUR CODE HERE
    ### END SOLUTION
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(backward_propagation_with_regularization)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-form", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): all eleven gradients are there, each with its shape.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(backward_propagation_with_regularization, "regularization/l2/classic")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-weights", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): dW1, dW2 and dW3 hold the penalty's share.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_with_regularization, "regularization/l2/classic", only="dW")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-others", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): dZ, dA and db are free of the penalty.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form, has_values
has_form(backward_propagation_with_regularization, "regularization/l2/classic")
has_values(
    backward_propagation_with_regularization,
    "regularization/l2/classic",
    only=("dZ", "dA", "db"),
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-general", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): other lambdas, zero among them, and other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_with_regularization, "regularization/l2/general")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_regularization-inputs", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): all gradients are there, and the cache stays as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form, keeps_inputs
has_form(backward_propagation_with_regularization, "regularization/l2/classic")
keeps_inputs(backward_propagation_with_regularization, "regularization/l2/classic")
### END HIDDEN TESTS

# %% tags=["demo"]
lambd = 0.7
l2 = train("L2, lambda = 0.7",
           cost=lambda A3, Y, weights: compute_cost_with_regularization(A3, Y, weights, lambd),
           backward=lambda *args: backward_propagation_with_regularization(*args, lambd))
show(l2)

# %% [markdown]
# *The pictures: the cost settles near 0.25 early on, and the boundary is one bent line without
# spikes.*
#
# The network no longer explains every lucky header. Its training accuracy falls, its test accuracy
# rises.
#
# ### What L2 did to the weights

# %% tags=["demo"]
_, rows = plt.subplots(2, 3, figsize=(11, 5), layout="constrained")
for axes, run, colour in zip(rows, (none, l2), ("#0072B2", "#D55E00")):
    plot_histograms({key: run.parameters[key] for key in ("W1", "W2", "W3")}, axes, colour=colour)
    axes[0].set_ylabel(run.label)
plt.show()

for run in (none, l2):
    weights = np.concatenate([run.parameters[key].ravel() for key in ("W1", "W2", "W3")])
    share = np.mean(np.abs(weights) < 0.01)
    print(f"{run.label:20s} largest weight {np.abs(weights).max():5.2f}, "
          f"sum of squares {np.sum(weights**2):7.1f}, closer to 0 than 0.01: {share:.0%}")

# %% [markdown]
# *The pictures: six histograms. In the upper row the weights spread wide; in the lower row (L2)
# nearly half of them gather at zero and the widest are much smaller.*
#
# Every step multiplies each weight by $1 - \alpha\lambda/m$ before the data have their say. That is
# why L2 is also called **weight decay**. Weights that the data do not keep up fade away.
#
# ## 5. Dropout: the forward pass
#
# Dropout works on the units. In each pass it silences every hidden unit of every example with
# probability $1 - \text{keep\_prob}$, so that no unit can rely on a single other one. Four steps
# for layer 1, the same for layer 2:
#
# 1. draw $D^{[1]}$ with `np.random.rand`, as large as $A^{[1]}$;
# 2. make it a mask: 1 where the number is **below** `keep_prob`, else 0;
# 3. multiply $A^{[1]}$ by the mask;
# 4. divide $A^{[1]}$ by `keep_prob`, so that its mean stays what it was.
#
# Step 4 makes it *inverted* dropout. **Exercise 3.** Write the four steps for both layers.

# %% nbgrader={"grade": false, "grade_id": "forward_propagation_with_dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: forward_propagation_with_dropout

def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """LINEAR -> RELU + DROPOUT -> LINEAR -> RELU + DROPOUT -> LINEAR -> SIGMOID.

    X: inputs, (n0, m)
    parameters: {"W1": (n1, n0), "b1": (n1, 1), ..., "W3": (1, n2), "b3": (1, 1)}
    keep_prob: probability that a hidden unit is kept
    returns: A3 (1, m) and the cache (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3),
        where A1 and A2 are the activations after dropout
    """
    np.random.seed(1)  # everyone draws the same masks
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]

    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1)
    ### BEGIN SOLUTION
    D1 = np.random.rand(A1.shape[0], A1.shape[1])
    D1 = (D1 < keep_prob).astype(int)
    A1 = A1 * D1
    A1 = A1 / keep_prob
    ### END SOLUTION

    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2)
    ### BEGIN SOLUTION
    D2 = np.random.rand(A2.shape[0], A2.shape[1])
    D2 = (D2 < keep_prob).astype(int)
    A2 = A2 * D2
    A2 = A2 / keep_prob
    ### END SOLUTION

    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)

    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(forward_propagation_with_dropout)

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-form", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): A3 and the fourteen entries of the cache have the right shapes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(forward_propagation_with_dropout, "regularization/forward/classic")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-output", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): A3 is right.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(forward_propagation_with_dropout, "regularization/forward/classic", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-cache", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): so is every entry of the cache; the backward pass depends on it.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(forward_propagation_with_dropout, "regularization/forward/classic", only=1)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-keep", "locked": true, "points": 7, "schema_version": 3, "solution": false, "task": false}
# Hidden test (7 points): other values of keep_prob: the default, 1 (nothing is dropped) and a small one.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(forward_propagation_with_dropout, "regularization/forward/keep")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "forward_propagation_with_dropout-seed", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): the same call gives the same masks again, and the inputs stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(forward_propagation_with_dropout, "regularization/forward/classic")
repeats(forward_propagation_with_dropout, "regularization/forward/classic")
### END HIDDEN TESTS

# %% tags=["demo"]
from course_utils.explorers import explore_dropout
explore_dropout(forward_propagation_with_dropout)

# %% [markdown]
# *The picture: your forward pass at work. Left, the network for one example: kept units are filled,
# silenced ones crossed out. Right, the masks of 60 examples, one column each: every example loses
# units of its own.*
#
# ### What the scale is for
#
# The next cell sends the training set through your forward pass and compares the activations of
# layer 1 with those that no unit was dropped from.

# %% tags=["demo"]
keep_prob = 0.86
parameters = xavier_parameters((2, 20, 3, 1), seed=3)
A1_dropped = forward_propagation_with_dropout(train_X, parameters, keep_prob)[1][2]
A1_whole = forward_propagation(train_X, parameters)[1][1]
print(f"activations silenced by dropout:     {np.mean(A1_dropped[A1_whole > 0] == 0):.1%}")
print(f"mean activation without dropout:     {A1_whole.mean():.4f}")
print(f"mean activation with your dropout:   {A1_dropped.mean():.4f}")
print(f"... had you not divided:             {A1_dropped.mean() * keep_prob:.4f}")

# %% [markdown]
# Divided by `keep_prob`, the next layer sees the same signal on average as it will see when nothing
# is dropped.
#
# ## 6. Dropout: the backward pass
#
# *Why do the mask and the scale come back?* Because they are part of the function. The forward pass
# computed
#
# $$A_{\text{out}} = A \cdot D / \text{keep\_prob}
# \qquad\Rightarrow\qquad dA = dA_{\text{out}} \cdot D / \text{keep\_prob}.$$
#
# $D$ and keep_prob are constants here, like the 3 in $y = 3x$. A silenced unit had no part in the
# output, so its gradient is zero. A kept unit was made larger by $1/\text{keep\_prob}$, so its
# gradient is larger by the same factor. The masks must be the **same** ones: they wait in the
# cache.
#
# **Exercise 4.** Apply mask and scale to `dA2` and `dA1`.

# %% nbgrader={"grade": false, "grade_id": "backward_propagation_with_dropout", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: backward_propagation_with_dropout

def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """Gradients of the three-layer network with dropout.

    X: inputs, (n0, m);  Y: labels, (1, m)
    cache: (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
        from forward_propagation_with_dropout
    keep_prob: the value that the forward pass used
    returns: {"dZ3": (1, m), "dW3": (1, n2), "db3": (1, 1), "dA2": (n2, m), ..., "db1": (n1, 1)}
    """
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache

    dZ3 = A3 - Y
    dW3 = 1 / m * np.dot(dZ3, A2.T)
    db3 = 1 / m * np.sum(dZ3, axis=1, keepdims=True)

    dA2 = np.dot(W3.T, dZ3)
    ### BEGIN SOLUTION
    dA2 = dA2 * D2
    dA2 = dA2 / keep_prob
    ### END SOLUTION
    dZ2 = dA2 * (A2 > 0)
    dW2 = 1 / m * np.dot(dZ2, A1.T)
    db2 = 1 / m * np.sum(dZ2, axis=1, keepdims=True)

    dA1 = np.dot(W2.T, dZ2)
    ### BEGIN SOLUTION
    dA1 = dA1 * D1
    dA1 = dA1 / keep_prob
    ### END SOLUTION
    dZ1 = dA1 * (A1 > 0)
    dW1 = 1 / m * np.dot(dZ1, X.T)
    db1 = 1 / m * np.sum(dZ1, axis=1, keepdims=True)

    return {"dZ3": dZ3, "dW3": dW3, "db3": db3, "dA2": dA2, "dZ2": dZ2, "dW2": dW2, "db2": db2,
            "dA1": dA1, "dZ1": dZ1, "dW1": dW1, "db1": db1}

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(backward_propagation_with_dropout)

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-form", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): all eleven gradients are there, each with its shape.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(backward_propagation_with_dropout, "regularization/backward/classic")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-activations", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): dA2 and dA1 carry mask and scale.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_with_dropout, "regularization/backward/classic", only="dA")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-parameters", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
# Hidden test (5 points): the gradients that training uses, dW and db, are right.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_with_dropout, "regularization/backward/classic", only=("dW", "db"))
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-all", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): all eleven gradients are right.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_with_dropout, "regularization/backward/classic")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-general", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
# Hidden test (3 points): other values of keep_prob and other sizes.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(backward_propagation_with_dropout, "regularization/backward/general")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "backward_propagation_with_dropout-inputs", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): all gradients are there, and the cache stays as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form, keeps_inputs
has_form(backward_propagation_with_dropout, "regularization/backward/classic")
keeps_inputs(backward_propagation_with_dropout, "regularization/backward/classic")
### END HIDDEN TESTS

# %% [markdown]
# ### The proof by nudging
#
# The seed is set inside your forward pass, so two calls drop the same units. Then the slope of the
# cost can be measured: nudge one weight up and down and see how the cost moves. The next cell
# compares that slope with `dW1`, and with what comes out when the mask or the scale is forgotten.
#
# One subtlety: after dropout, `A` is zero for a silenced unit, so the ReLU factor `A > 0` hides a
# forgotten mask from `dW1` (though not from `dA1`). The cell therefore hands your function the `A`
# from before dropout.

# %% tags=["demo"]
epsilon = 1e-6
_, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, *output_layer) = forward_propagation_with_dropout(
    train_X, parameters, keep_prob)


def cost_at(nudge, i, j):
    """The cost with W1[i, j] moved by `nudge`; the masks stay the same."""
    moved = parameters["W1"].copy()
    moved[i, j] += nudge
    A3, _ = forward_propagation_with_dropout(train_X, parameters | {"W1": moved}, keep_prob)
    return compute_cost(A3, train_Y)


measured = np.array([[cost_at(epsilon, i, j) - cost_at(-epsilon, i, j) for j in (0, 1)]
                     for i in range(20)]) / (2 * epsilon)
for label, (mask1, mask2, scale) in {
    "mask and scale": (D1, D2, keep_prob),
    "no scale": (D1, D2, 1.0),
    "no mask": (np.ones_like(D1), np.ones_like(D2), keep_prob),
}.items():
    cache = (Z1, mask1, relu(Z1), W1, b1, Z2, mask2, relu(Z2), W2, b2, *output_layer)
    gradients = backward_propagation_with_dropout(train_X, train_Y, cache, scale)
    error = np.linalg.norm(gradients["dW1"] - measured) / np.linalg.norm(measured)
    print(f"{label:15s} dW1 is off by {error:.0e} of its length")

# %% [markdown]
# Only mask *and* scale agree with the measured slopes. Now train with dropout:

# %% tags=["demo"]
dropout = train("dropout, keep 0.86",
                forward=lambda *args: forward_propagation_with_dropout(*args, keep_prob=0.86),
                backward=lambda *args: backward_propagation_with_dropout(*args, keep_prob=0.86))
show(dropout)

# %% [markdown]
# *The pictures: the cost falls quickly to about 0.02 and stays there; the boundary is one line with
# small bends.*
#
# The cost here is that of the thinned network, with its units missing. The accuracies are those of
# the whole one.
#
# ### Why not at test time
#
# Dropout is for training. The next cell leaves it on while predicting. It asks for the same 200
# test points 100 times, each time in another order, so that each point meets another mask.

# %% tags=["demo"]
rng = np.random.RandomState(0)
answers = np.empty((100, test_X.shape[1]))
for answer in answers:
    order = rng.permutation(test_X.shape[1])
    A3, _ = forward_propagation_with_dropout(test_X[:, order], dropout.parameters, 0.86)
    answer[order] = A3[0] > 0.5

right = np.mean(answers == test_Y, axis=1)
print(f"test accuracy with dropout left on: mean {right.mean():.1%}, worst {right.min():.1%}")
print(f"test accuracy with dropout off:     {accuracies(dropout)[1]:.1%}")
print(f"test points that got both labels:   {np.mean(np.ptp(answers, axis=0) > 0):.0%}")

# %% [markdown]
# Left on, dropout makes the same point blue today and orange tomorrow. Because of the division by
# `keep_prob` in training, the whole network can be used as it is: nothing needs to be rescaled.
#
# ## 7. Side by side

# %% tags=["demo"]
runs = [none, l2, dropout]
from course_utils.animation import animate_boundaries
animate_boundaries(runs, train_X, train_Y, limit=0.9)

print(f"{'version':20s} {'train':>7s} {'test':>7s} {'gap':>7s}")
for run in runs:
    train_accuracy, test_accuracy = accuracies(run)
    gap = train_accuracy - test_accuracy
    print(f"{run.label:20s} {train_accuracy:7.1%} {test_accuracy:7.1%} {gap:+7.1%}")

# %% [markdown]
# *The picture: three boundaries during training; it plays once and stops at the end. Without
# regularization: spikes and islands grow one after the other. L2: one smooth bend. Dropout: nearly
# as smooth.*
#
# Both versions know the training set less well and the test set better. A word of honesty: this
# sample was chosen because it shows the effect clearly, and 200 test points are few. One point more
# or less is half a percent.
#
# ### Your turn
#
# Networks trained ahead with both at once. How much of either is too much?

# %% tags=["demo"]
from course_utils.explorers import explore_regularization
explore_regularization()

# %% [markdown]
# *The picture: the boundary, a histogram of all weights, and training and test accuracy over lambda
# for this keep_prob. The sentence below it gives the numbers.*
#
# ## What to remember
#
# - **Overfitting** is the gap between the data a network has seen and the data it has not.
# - **L2** adds $\frac{\lambda}{2m}\sum W^2$ to the cost and $\frac{\lambda}{m} W$ to each $dW$.
#   Weights decay; the boundary gets smoother.
# - **Inverted dropout** masks and divides by `keep_prob` in the forward pass; the same mask and the
#   same division return in the backward pass, because they belong to the function.
# - At **test time** nothing is dropped and nothing is rescaled.
#
# ## On your own
#
# - Try `lambd` = 0.01, 10 and 100. When does the boundary become too simple?
# - The seed inside your forward pass drops the same units of the same examples in every step.
#   Remove it, train again, and watch the cost curve. (Put it back before you hand in.)
# - Use both at once. Does the test accuracy still rise?
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it. Where a file is uploaded,
# `from course_utils.submit import submit; submit("regularization", "your-id")` makes one in this
# folder, or says why not. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("regularization")
