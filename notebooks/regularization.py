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
# Last minute, no goals yet. The Foxes' goalkeeper wants to kick the ball far, to a spot where a Fox
# will head it and not a Whale. All she has is a map, which a network drew from earlier kicks. Some
# of those were won by luck, and a network with enough units bends around every lucky point. Can she
# trust the map?
#
# **What you will do**
#
# - see a network learn luck by heart;
# - add L2 regularization to the cost and to the gradients, and see whole units fade;
# - write inverted dropout, forward and backward, and see units stop leaning on each other;
# - tell the goalkeeper where to kick.
#
# **What you need:** forward and backward propagation of a three-layer network. About 75 minutes. A
# wrong guess costs nothing.
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
from course_utils.plotting import plot_costs, plot_curves, plot_decision_boundary, plot_pitch
from course_utils.plotting import plot_points, plot_two_histograms
from course_utils.questions import guess, reveal, self_test
from course_utils.training import model

# %% [markdown]
# ## 1. Where should the goalkeeper kick?
#
# The Foxes' goal is on the left. Each point is a spot where one of their goalkeeper's kicks came
# down: an orange triangle (class 1) where a Fox headed the ball, a blue circle (class 0) where a
# Whale did. **The data are simulated:** the true border is one smooth curve, the rest is chance.

# %% tags=["demo"]
TEAMS = ("Whales", "Foxes")
train_X, train_Y, test_X, test_Y = load_football()
ax = plot_points(train_X, train_Y, names=TEAMS)
plot_pitch(ax)
ax.legend(loc="upper left", bbox_to_anchor=(1, 1))
plt.show()
print(f"{train_X.shape[1]} kicks to train on, {test_X.shape[1]} to test on")

# %% [markdown]
# *The picture: near their own goal the Foxes win nearly every ball, in the right half only along
# the lower wing. The teams mix where they meet, and a few points lie deep among the others.*
#
# The network has 2 inputs, hidden layers of 20 and 3 ReLU units, and a sigmoid output. `train`
# starts every version from the same weights; `show` draws cost and map.

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
    """Cost curve on the left, the map with its decision boundary on the right."""
    _, (left, right) = plt.subplots(1, 2, figsize=(9, 3.8), layout="constrained")
    plot_costs([run], [left])
    plot_decision_boundary(lambda X: predict(X, run.parameters), train_X, train_Y, right,
                           names=TEAMS)
    plot_pitch(right)
    right.set_title("accuracy: train {:.1%}, test {:.1%}".format(*accuracies(run)))
    plt.show()

# %% [markdown]
# ## 2. Without regularization
#
# What will the map make of the lucky kicks?

# %% tags=["demo"]
guess("regularization/luck")

# %% tags=["demo"]
none = train("no regularization")
show(none)
seen, unseen = accuracies(none)
count = sum(array.size for array in none.parameters.values())
print(f"{count} weights and biases for {train_X.shape[1]} kicks")
reveal("regularization/luck", train=seen, test=unseen, gap=100 * (seen - unseen))

# %% [markdown]
# *The pictures: a cost that falls with jumps, and a ragged map with spikes and islands.*
#
# The gap between kicks it has seen and kicks it has not is **overfitting**: luck, learned by heart.
#
# ## 3. L2 regularization: the cost
#
# Sharp spikes need large weights. So let large weights cost something:
#
# $$J = \underbrace{\frac1m \sum_{i=1}^{m} L\left(a^{[3](i)}, y^{(i)}\right)}_{\text{cross-entropy}}
# + \underbrace{\frac{\lambda}{2m} \sum_{l} \sum_{k,j}
# \left(W^{[l]}_{k,j}\right)^2}_{\text{L2 penalty}}$$
#
# The biases are left out: they shift the boundary but do not sharpen it. In statistics this is
# *ridge regression* (Hoerl and Kennard, 1970); Krogh and Hertz (1992) showed why it helps a network
# whose labels are noisy.
#
# **Exercise 1.** Compute the penalty, with `np.square` and `np.sum`. `compute_cost` gives you the
# first part.

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
# $dZ$, $dA$ and $db$ do not contain the penalty.
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

# %% [markdown]
# ### What does L2 do to the weights?
#
# A step of gradient descent is now
#
# $$W \leftarrow \left(1 - \frac{\alpha\lambda}{m}\right) W - \alpha\,(\text{what the data say}).$$
#
# Each weight shrinks before the data have their say: **weight decay**.

# %% tags=["demo"]
guess("regularization/zeros")

# %% tags=["demo"]
lambd = 0.7
l2 = train("L2, lambda = 0.7",
           cost=lambda A3, Y, weights: compute_cost_with_regularization(A3, Y, weights, lambd),
           backward=lambda *args: backward_propagation_with_regularization(*args, lambd))
show(l2)

# %% [markdown]
# *The pictures: the cost settles early on, and the boundary is one bent line without spikes.*
#
# The training accuracy falls, the test accuracy rises. And the weights?

# %% tags=["demo"]
def all_weights(parameters):
    """All weights in one array, without the biases."""
    return np.concatenate([parameters[key].ravel() for key in ("W1", "W2", "W3")])


weights = {"before training": all_weights(none.snapshots[0]),
           none.label: all_weights(none.parameters), l2.label: all_weights(l2.parameters)}
plot_two_histograms(weights)
plt.show()
for label, w in weights.items():
    print(f"{label:18s} largest {np.abs(w).max():.2f}, sum of squares {np.sum(w**2):.0f}, "
          f"closer to 0 than 0.01: {np.sum(np.abs(w) < 0.01)} of {w.size}")
units = np.hstack([l2.parameters["W1"], l2.parameters["W2"].T])  # a row for each unit of layer 1
faded = np.sum(np.all(np.abs(units) < 0.01, axis=1))
print(f"units of layer 1 whose weights, in and out, are all that small: {faded} of {len(units)}")
reveal("regularization/zeros", small=np.sum(np.abs(weights[l2.label]) < 0.01), all=units.size + 3,
       zero=np.sum(weights[l2.label] == 0), smallest=np.abs(weights[l2.label]).min())

# %% [markdown]
# *The picture: three outlines. Before training the weights lie around zero. Without regularization
# they spread wide. With L2 they gather in one high bar at zero, with a few on either side.*
#
# Whole units fade: what the data do not need is switched off.
#
# <details><summary>Which weights fade? Four lines</summary>
#
# Near its best value $w^*$, the cost along one weight is about $\frac h2 (w - w^*)^2$, with the
# curvature $h$. With the penalty, the slope is zero where
# $$h\,(w - w^*) + \frac{\lambda}{m} w = 0
# \qquad\Rightarrow\qquad w = \frac{h}{h + \lambda/m}\; w^*.$$
# Where the cost is steep, the weight stays; where it is flat, it goes. A penalty on $|w|$ (L1,
# *lasso*) reaches zero itself.
# </details>
#
# ## 5. Dropout: the forward pass
#
# Dropout (Hinton and others, 2012) silences every hidden unit of every example with probability
# $1 - \text{keep\_prob}$, anew in each pass. Four steps for layer 1, the same for layer 2:
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
# *The picture: left, the network for one example, silenced units crossed out. Right, the masks of
# many examples, one column each.*
#
# ### What the scale is for, and what the noise
#
# First the activations of layer 1, with and without dropout. Then one linear unit, whose inputs are
# dropped, and its squared error.

# %% tags=["demo"]
keep_prob = 0.86
parameters = xavier_parameters((2, 20, 3, 1), seed=3)
A1_dropped = forward_propagation_with_dropout(train_X, parameters, keep_prob)[1][2]
A1_whole = forward_propagation(train_X, parameters)[1][1]
print(f"activations silenced by dropout:     {np.mean(A1_dropped[A1_whole > 0] == 0):.1%}")
print(f"mean activation without dropout:     {A1_whole.mean():.4f}")
print(f"mean activation with your dropout:   {A1_dropped.mean():.4f}")
print(f"... had you not divided:             {A1_dropped.mean() * keep_prob:.4f}")

rng = np.random.RandomState(0)
a, w, y = rng.rand(5), rng.randn(5), 1.0  # five inputs, their weights, and the wanted output
masks = rng.rand(200_000, 5) < keep_prob
noisy = np.mean((y - (a * masks / keep_prob) @ w) ** 2)
plain, penalty = (y - a @ w) ** 2, (1 - keep_prob) / keep_prob * np.sum(w**2 * a**2)
print(f"squared error with dropout, mean over {len(masks):,} masks: {noisy:.2f}")
print(f"squared error without it, plus a penalty: {plain:.2f} + {penalty:.2f}")

# %% [markdown]
# Divided by `keep_prob`, the next layer sees the same signal on average. The noise around it is a
# penalty on large weights, as in L2, but stronger where the input is large.
#
# <details><summary>Why: three lines</summary>
#
# With $p = \text{keep\_prob}$, $D/p$ has mean $1$ and variance $\frac{1-p}{p}$. The mean of a
# squared error is the squared error of the mean plus the variance, so for $z = \sum_j w_j a_j
# D_j/p$
# $$E\left[(y - z)^2\right] = \Big(y - \sum_j w_j a_j\Big)^2 + \frac{1-p}{p} \sum_j w_j^2 a_j^2.$$
# </details>
#
# ## 6. Dropout: the backward pass
#
# Mask and scale come back, because they are part of the function. The forward pass computed
#
# $$A_{\text{out}} = A \cdot D / \text{keep\_prob}
# \qquad\Rightarrow\qquad dA = dA_{\text{out}} \cdot D / \text{keep\_prob}.$$
#
# A silenced unit had no part in the output: its gradient is zero. A kept unit was made larger, and
# so is its gradient. The masks must be the **same** ones: they wait in the cache.
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
# Two calls of your forward pass drop the same units. So the slope of the cost can be measured:
# nudge one weight up and down. The next cell compares that slope with `dW1`, also without the mask
# or the scale.
#
# After dropout, `A` is zero for a silenced unit, so the ReLU factor `A > 0` would hide a forgotten
# mask from `dW1`. The cell therefore hands over the `A` from before dropout.

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
# Only mask *and* scale agree with the measured slopes.
#
# ## 7. Training with dropout
#
# Your forward pass sets its seed: good for a check, but in training it drops the same units of the
# same kicks in every step. `fresh_masks` puts the seed out of action.

# %% tags=["demo"]
from unittest.mock import patch


def fresh_masks():
    """In a block `with fresh_masks():` the seed inside your function does nothing."""
    np.random.seed(0)
    return patch("numpy.random.seed", lambda seed: None)


def train_with_dropout(label):
    return train(
        label,
        forward=lambda *args: forward_propagation_with_dropout(*args, keep_prob=0.86),
        backward=lambda *args: backward_propagation_with_dropout(*args, keep_prob=0.86))


guess("regularization/masks")

# %% tags=["demo"]
fixed = train_with_dropout("dropout, fixed masks")
show(fixed)
with fresh_masks():
    fresh = train_with_dropout("dropout, fresh masks")
show(fresh)

for run in (fixed, fresh):
    old = [forward_propagation_with_dropout(train_X, run.parameters, 0.86)[0]]
    with fresh_masks():
        new = [forward_propagation_with_dropout(train_X, run.parameters, 0.86)[0]
               for _ in range(100)]
    for label, outputs in (("the fixed masks", old), ("100 new masks", new)):
        cost = np.mean([compute_cost(A3, train_Y) for A3 in outputs])
        share = np.mean([(A3 > 0.5) == train_Y for A3 in outputs])
        print(f"{run.label}: with {label:15s} cost {cost:.2f}, {share:.1%} of training kicks right")
reveal("regularization/masks", fixed=fixed.costs[-1], fresh=fresh.costs[-1])

# %% [markdown]
# *The pictures: with fixed masks the cost falls at once and stays near zero; with fresh masks it
# stays high and trembles. Both maps show one line with small bends.*
#
# A mask that never changes is a name tag: the network knows each kick by its missing units and
# learns it by heart. Given new masks, it does far worse. The maps use the whole network; there the
# two are about equally good. So where is the difference?
#
# ### Units that lean on each other

# %% tags=["demo"]
def accuracy_without(units, parameters):
    """Training accuracy of the network in which nothing listens to these units of layer 1."""
    W2 = parameters["W2"].copy()
    W2[:, units] = 0
    return accuracy(train_X, train_Y, parameters | {"W2": W2})


guess("regularization/units")

# %% tags=["demo"]
rng, curves, found = np.random.RandomState(0), {}, {}
for run in (none, l2, fixed, fresh):
    whole = accuracy_without([], run.parameters)
    worst = min(accuracy_without([unit], run.parameters) for unit in range(20))
    found[run.label] = whole, worst
    A1 = forward_propagation(train_X, run.parameters)[1][1]
    sent = run.parameters["W2"][:, :, None] * A1  # from each unit of layer 1 to each of layer 2
    cancelled = 1 - np.abs(sent.sum(axis=1)).sum() / np.abs(sent).sum()
    print(f"{run.label:20s}  {whole:.1%}, without its most important unit {worst:.1%}; "
          f"of what layer 1 sends, {cancelled:.0%} cancels out")
    curves[run.label] = range(11), [
        np.mean([accuracy_without(rng.permutation(20)[:k], run.parameters) for _ in range(100)])
        for k in range(11)]
plot_curves(curves, xlabel="units of layer 1 silenced, of 20", ylabel="mean training accuracy")
plt.show()
whole, worst = found[none.label]
reveal("regularization/units", whole=whole, worst=worst, fresh_whole=found[fresh.label][0],
       fresh_worst=found[fresh.label][1])

# %% [markdown]
# *The picture: four falling curves. Without regularization the accuracy drops at once and ends far
# down; with fixed masks it falls too. With L2 and with fresh masks it falls little.*
#
# Without regularization most of what layer 1 sends is **cancelled**: one unit's large share by
# another's of the other sign. Take one away, and what it held in check runs free. Hinton called
# this *co-adaptation*: a unit is of use only beside certain others. With fresh masks these may be
# missing at any step, so each unit must be of use in any company. Fixed masks show a kick one
# company only. Under L2, large weights that cancel each other are too dear.
#
# ### Why not at test time
#
# The next cell leaves dropout on: it predicts the test kicks 100 times, each time with new masks.

# %% tags=["demo"]
with fresh_masks():
    outputs = np.array([forward_propagation_with_dropout(test_X, fresh.parameters, 0.86)[0][0]
                        for _ in range(100)])
answers = (outputs > 0.5).astype(int)
right = np.mean(answers == test_Y, axis=1)
print(f"test accuracy with dropout left on:  mean {right.mean():.1%}, worst {right.min():.1%}")
print(f"test kicks that got both answers:    {np.mean(np.ptp(answers, axis=0) > 0):.0%}")
mean_right = np.mean((outputs.mean(axis=0) > 0.5) == test_Y)
print(f"test accuracy of the mean of all 100: {mean_right:.1%}")
print(f"test accuracy with dropout off:       {accuracies(fresh)[1]:.1%}")

# %% [markdown]
# Left on, dropout gives a spot to the Whales today and to the Foxes tomorrow. The mean over many
# thinned networks is better, and the whole network does about as well in one pass. Thanks to the
# division by `keep_prob`, nothing needs to be rescaled.
#
# ## 8. Side by side
#
# A word of honesty: this sample was chosen because it shows the effect clearly, and one of 200 test
# kicks is half a percent. But simulated data allow what no club can do: 20,000 more kicks, and a
# look at the true border.

# %% tags=["demo"]
guess("regularization/border")

# %% tags=["demo"]
from course_utils.animation import animate_boundaries
from course_utils.datasets.football import true_border
from course_utils.datasets.make_files import generate_football

kicks = generate_football(seed=1, m_test=20_000)
new_X, new_Y = kicks["Xval"].T, kicks["yval"].T
maps = {run.label: lambda X, run=run: predict(X, run.parameters)
        for run in (none, l2, fixed, fresh)}
maps["true border"] = lambda X: (X[1:] < true_border(X[:1])).astype(int)
sets = (train_X, train_Y), (test_X, test_Y), (new_X, new_Y)
print(f"{'right for':20s} {'training':>9s} {'test':>7s} {'new':>7s}   far kicks won by Foxes")
for label, answer in maps.items():
    known, test, new = (np.mean(answer(X) == Y) for X, Y in sets)
    advised = (answer(new_X) == 1) & (new_X[:1] > 0)  # spots in the right half, Foxes' by the map
    print(f"{label:20s} {known:9.1%} {test:7.1%} {new:7.1%} {np.mean(new_Y[advised]):24.1%}")
reveal("regularization/border", new=new, known=known, learned=accuracies(none)[0])
animate_boundaries([none, l2, fresh], train_X, train_Y, limit=0.9, names=TEAMS)

# %% [markdown]
# *The picture: three maps during training; it plays once and stops. Without regularization spikes
# and islands grow; with L2 there is one smooth bend; dropout is nearly as smooth.*
#
# A map that does better on its own kicks than the true border has learned luck.

# %% tags=["demo"]
_, axes = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")
x1 = np.linspace(-0.65, 1)
for ax, run in zip(axes, (none, l2, fresh)):
    plot_decision_boundary(maps[run.label], train_X, train_Y, ax, names=TEAMS)
    plot_pitch(ax)
    ax.plot(x1, true_border(x1), "k--", label="true border")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.22), ncols=3, frameon=False)
    ax.set_title(run.label)
plt.show()

# %% [markdown]
# *The pictures: the three maps and the true border, a dashed line. The ragged map crosses it again
# and again; the others keep close to it where there are points.*
#
# **Where should the goalkeeper kick?** Far, along the lower wing, well away from the border. With
# the ragged map she would try its spikes too, and lose more of her far kicks. (A map that keeps its
# distance can beat even the true border.)
#
# ### Your turn
#
# Networks trained ahead with both at once (fixed masks; rounding may make yours differ by a point).
# How much of either is too much? In real work, choose on a *validation set*: a test set that helped
# to choose is a training set.

# %% tags=["demo"]
from course_utils.explorers import explore_regularization
explore_regularization()

# %% [markdown]
# *The picture: the boundary, all weights, and training and test accuracy over lambda.*
#
# ## What to remember
#
# - **Overfitting** is the gap between the data a network has seen and the data it has not.
# - **L2** adds $\frac{\lambda}{2m}\sum W^2$ to the cost and $\frac{\lambda}{m} W$ to each $dW$.
#   What the data do not hold fades; the boundary gets smoother.
# - **Inverted dropout** masks and divides by `keep_prob` in the forward pass; mask and division
#   return in the backward pass, because they belong to the function.
# - In training, each step draws **fresh masks**, so no unit can lean on another. At **test time**
#   nothing is dropped.
#
# **On your own.** Try `lambd` = 0.01, 10 and 100: when does the boundary become too simple?
#
# Three questions:

# %% tags=["demo"]
self_test("regularization")

# %% [markdown]
# <details><summary><strong>The same in PyTorch</strong></summary>
#
# ```python
# net = nn.Sequential(nn.Linear(2, 20), nn.ReLU(), nn.Dropout(p=0.14),
#                     nn.Linear(20, 3), nn.ReLU(), nn.Dropout(p=0.14), nn.Linear(3, 1))
# optimizer = torch.optim.SGD(net.parameters(), lr=0.3, weight_decay=0.7 / 211)
# net.train()  # before training: new masks at each call
# net.eval()   # before use: nothing is dropped
# ```
#
# - `weight_decay` is our $\lambda/m$: PyTorch adds `weight_decay * w` to each gradient, those of
#   biases too.
# - `p` is the share that is dropped: 1 - keep_prob. The scale is as in yours.
# - With Adam, penalty and decay are no longer the same: `torch.optim.AdamW` decays.
# </details>
#
# <details><summary><strong>Read on</strong></summary>
#
# - A. Krogh, J. Hertz, *A Simple Weight Decay Can Improve Generalization* (NIPS, 1992): why decay
#   removes what the data do not need, and part of the noise in the labels.
# - N. Srivastava et al., *Dropout: A Simple Way to Prevent Neural Networks from Overfitting* (JMLR,
#   2014): the whole story.
# - I. Loshchilov, F. Hutter, *Decoupled Weight Decay Regularization* (ICLR, 2019): why AdamW.
# - F. D'Angelo et al., *Why Do We Need Weight Decay in Modern Deep Learning?* (NeurIPS, 2024): in
#   large networks it changes how training moves, more than what the network can hold.
# </details>
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("regularization")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("regularization")
