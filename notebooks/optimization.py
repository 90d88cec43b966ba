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
# # Optimization: better ways down
#
# Gradient descent takes every step straight downhill, all at one rate. In a narrow valley that is
# slow. Here you write what is used in its place.
#
# **What you will do**
#
# - write mini-batches, momentum and Adam in a few lines each;
# - send four runners into a narrow valley, and train one network with all methods;
# - let the learning rate fall.
#
# **What you will learn**
#
# - why the steepest wall of a valley decides how fast gradient descent may go;
# - what momentum averages, and what Adam divides by;
# - why Adam corrects its averages, and what happens when it does not;
# - that no method is the best at every learning rate.
#
# **What you need:** the step of gradient descent, numpy slices, and dictionaries. About 75 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np
from threadpoolctl import threadpool_limits

from course_utils.check import check
from course_utils.datasets import load_moons
from course_utils.deep import chain, chain_slopes
from course_utils.hint import hint
from course_utils.network import accuracy, compute_cost, xavier_parameters
from course_utils.plotting import plot_costs, plot_curves
from course_utils.questions import guess, reveal, self_test
from course_utils.training import TrainingRun
from course_utils.valley import plot_valley, plot_valley_costs, valley_cost, valley_paths

# %% [markdown]
# ## 1. One step, and a narrow valley
#
# The gradient says where the cost grows. Gradient descent steps against it:
#
# $$W^{[l]} \leftarrow W^{[l]} - \alpha \, dW^{[l]}, \qquad
# b^{[l]} \leftarrow b^{[l]} - \alpha \, db^{[l]}.$$
#
# **Exercise 1.** Write the step for all layers.

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

# %% [markdown]
# Now a landscape in which every step can be seen: a valley with the cost
#
# $$J(w_1, w_2) = \frac12 \left( w_1^2 + 50 \, w_2^2 \right).$$
#
# It is fifty times more curved across than along. Its floor leads to the lowest point, at 0.

# %% tags=["demo"]
guess("optimization/rate")

# %% tags=["demo"]
rates = (0.01, 0.035, 0.041)
_, axes = plt.subplots(1, 3, figsize=(11, 3), layout="constrained")
costs = {}
for rate, ax in zip(rates, axes):
    path = valley_paths(update_parameters_with_gd, rate=rate)
    plot_valley(path, [ax])
    ax.set_title(f"gradient descent, rate {rate}")
    costs[rate] = valley_cost(path["valley.gd"])
    first, last = costs[rate][[0, 60]]
    print(f"rate {rate:5}: cost {first:.1f} at first, {last:.3g} after 60 steps")
plt.show()
print(f"across the valley, a step at rate 0.041 multiplies w2 by {1 - 50 * 0.041:.2f}, "
      f"at rate {2 / 50} by {1 - 50 * 0.04:.0f}")
reveal("optimization/rate", slow=costs[0.01][60], good=costs[0.035][60], wild=costs[0.041][60])

# %% [markdown]
# *The pictures: the valley three times, with the runner's path. At 0.01 it slides along the floor
# and ends halfway. At 0.035 it jumps from wall to wall at first and comes close to the lowest
# point. At 0.041 its jumps grow until it leaves the picture.*
#
# Across the valley a step multiplies $w_2$ by $1 - 50 \alpha$. Beyond $\alpha = 0.04$ this
# is below -1, and the jumps grow. Along the valley, where the way is long, so small a rate is slow.
# **The steepest wall sets the rate for all directions.**
#
# ## 2. Mini-batches
#
# The gradient over a few examples points roughly where that over all of them points, for less work.
# So the examples are shuffled and cut into mini-batches, and each batch makes one step. Once
# through all batches is an *epoch*.
#
# **Exercise 2.** `permutation` is the new order. Take the columns of X and Y in this order, then
# cut them into batches of `mini_batch_size`. The last batch holds what is left over, if anything
# is.

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

# %% [markdown]
# How much does the gradient of one batch differ from that of all? The data are two moons of 300
# points, the network is 2-5-2-1, not trained yet. *Noise* is the root mean square of the difference
# over the length of the full gradient. The time is that of one epoch, on your machine.

# %% tags=["demo"]
guess("optimization/noise")

# %% tags=["demo"]
moons_X, moons_Y, test_X, test_Y = load_moons()
start = xavier_parameters([2, 5, 2, 1], seed=3)

def slope(X, Y):
    """The gradient at the start as one long vector."""
    AL, caches = chain(X, start)
    grads = chain_slopes(AL, Y, caches)
    return np.concatenate([grad.ravel() for grad in grads.values()])

whole, sizes, noises = slope(moons_X, moons_Y), (4, 16, 64, 300), []
for size in sizes:
    begin = perf_counter()
    slopes = [slope(*pair) for epoch in range(10)
              for pair in random_mini_batches(moons_X, moons_Y, size, epoch)]
    seconds = (perf_counter() - begin) / 10
    square = np.mean([np.sum((one - whole) ** 2) for one in slopes])
    noises.append(np.sqrt(square) / np.linalg.norm(whole))
    print(f"batches of {size:3d}: {len(slopes) // 10:2d} steps in an epoch, "
          f"noise {noises[-1]:5.2f}, {1000 * seconds:6.1f} ms")
reveal("optimization/noise", small=noises[0], middle=noises[1], large=noises[2])

# %% [markdown]
# Four times the batch, about half the noise: it falls with the root of the batch size. An epoch is
# faster, since numpy hardly cares whether it multiplies 4 columns or 64, but it has fewer steps.
#
# ## 3. Momentum
#
# In the valley the gradient points across, to one side and then to the other. Its *average* points
# along. Momentum steps by an average of the gradients, in which the older ones fade:
#
# $$v \leftarrow \beta v + (1 - \beta) \, dW, \qquad W \leftarrow W - \alpha v,$$
#
# and the same for $b$. Think of a ball: $v$ is its velocity, of which $\beta$ is kept.
#
# **Exercise 3.** Every parameter needs a velocity, which begins at zero.

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

# %% [markdown]
# **Exercise 4.** Write the step: first the new velocity, then the parameters.

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

# %% tags=["demo"]
guess("optimization/momentum")

# %% tags=["demo"]
for rate in (0.035, 0.1, 0.3):
    paths = valley_paths(update_parameters_with_gd, update_parameters_with_momentum, rate=rate)
    ends = {name: valley_cost(path[-1]) for name, path in paths.items()}
    print(f"rate {rate:5}: cost after 60 steps {ends['valley.gd']:8.2g} with gradient descent, "
          f"{ends['valley.momentum']:8.2g} with momentum")
reveal("optimization/momentum", gd=ends["valley.gd"], momentum=ends["valley.momentum"])

# %% [markdown]
# At a small rate the two are alike: the average of gradients that hardly change is the gradient.
# The gain is elsewhere: jumps cancel, so **momentum bears rates at which gradient descent is thrown
# out of the valley**. Who compares them at a tiny rate finds no difference.
#
# <details><summary>How large a rate momentum bears</summary>
#
# For a curvature $c$ the step is $w_{t+1} = (1 + \beta - \alpha (1 - \beta) c) \, w_t - \beta
# w_{t-1}$. Both roots of $z^2 - (1 + \beta - \alpha (1 - \beta) c) z + \beta$ lie inside the unit
# circle as long as $\alpha < \frac{2 (1 + \beta)}{(1 - \beta) c}$. Without momentum, with $\beta =
# 0$, that is $2 / c$.
#
# </details>
#
# ## 4. Adam
#
# Adam keeps two averages for every parameter: $v$ of the gradients, and $s$ of their squares. The
# root of $s$ says how large this parameter's gradients usually are. The step is one divided by the
# other, so every parameter gets a rate of its own.
#
# **Exercise 5.** Both averages begin at zero.

# %% nbgrader={"grade": false, "grade_id": "initialize_adam", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: initialize_adam

def initialize_adam(parameters):
    """Two averages for every parameter, both zero.

    parameters: {"W1": (n1, n0), "b1": (n1, 1), ...} of L layers
    returns: v and s, two dictionaries {"dW1": (n1, n0), "db1": (n1, 1), ...}, all zero; no array
        is in both
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

# %% nbgrader={"grade": true, "grade_id": "initialize_adam-layers", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): zeros in v and in s, for one to four layers.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(initialize_adam, "optimization/adam_start/layers")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "initialize_adam-separate", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): no array is both in v and in s.
### BEGIN HIDDEN TESTS
from grading.hidden import has_separate_arrays
has_separate_arrays(initialize_adam, "optimization/adam_start/layers")
### END HIDDEN TESTS

# %% [markdown]
# $$v \leftarrow \beta_1 v + (1 - \beta_1) \, dW, \qquad
# s \leftarrow \beta_2 s + (1 - \beta_2) \, dW^2.$$
#
# Both begin at zero, so they are too small at first. After $t$ steps the weights of the gradients
# in $v$ add up to $1 - \beta_1^t$ only. Dividing by this sum makes $v$ an average again:
#
# $$\hat v = \frac{v}{1 - \beta_1^t}, \qquad \hat s = \frac{s}{1 - \beta_2^t}, \qquad
# W \leftarrow W - \alpha \frac{\hat v}{\sqrt{\hat s} + \varepsilon}.$$
#
# The small $\varepsilon$, outside the root, keeps the division from failing where all gradients
# were 0. The check takes a large one, so that it can be seen.
#
# <details><summary>Why the weights add up to that</summary>
#
# After $t$ steps from zero, $v = (1 - \beta) \sum_{i=1}^{t} \beta^{t-i} g_i$. If all $g_i$ are
# equal to $g$, the sum of a geometric series gives $v = (1 - \beta) \frac{1 - \beta^t}{1 - \beta} g
# = (1 - \beta^t) \, g$.
#
# </details>
#
# **Exercise 6.** Write Adam's step. Squares are taken entry by entry. $v$ and $s$ stay uncorrected.
# You may return all five or the first three.

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
        for key in ("W" + str(l), "b" + str(l)):
            d = "d" + key
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
            parameters[key] = parameters[key] - learning_rate * step
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

# %% [markdown]
# The next cell takes 20 steps with the correction and without it: for the second runner it calls
# your function as if $t$ were a million.

# %% tags=["demo"]
guess("optimization/correction")

# %% tags=["demo"]
all_three = (update_parameters_with_gd, update_parameters_with_momentum,
             update_parameters_with_adam)
paths = valley_paths(*all_three, rate=0.1, steps=20)
lengths = {name: np.abs(np.diff(paths[name][:, 0])) / 0.1 for name in ("valley.adam",
                                                                   "valley.raw_adam")}
number = np.arange(1, 21)
ax = plot_curves({"corrected": (number, lengths["valley.adam"]),
                  "not corrected": (number, lengths["valley.raw_adam"])},
                 xlabel="step", ylabel="length along the valley / rate")
ax.set_title("Adam's first 20 steps")
plt.show()
first, longest = lengths["valley.raw_adam"][0], lengths["valley.raw_adam"].max()
steady = lengths["valley.adam"]
print(f"first step, in rates: {steady[0]:.2f} corrected, {first:.2f} not corrected; "
      f"longest: {steady.max():.2f} and {longest:.2f}")
print(f"after one step v has {1 - 0.9:.1f} of the gradient, s has {1 - 0.999:.3f} of its square, "
      f"whose root is {np.sqrt(1 - 0.999):.3f}")
reveal("optimization/correction", corrected=steady[0], raw=first, longest=longest)

# %% [markdown]
# *The picture: the length of the first 20 steps along the valley, divided by the rate. The
# corrected steps form a nearly flat line at 1. Those without correction begin above 3 and grow
# beyond 6.*
#
# Both averages are too small without the correction, but $s$ is much more so: it begins at 0.001 of
# a square, $v$ at 0.1 of a gradient. The root of 0.001 is 0.032, and 0.1 over that is 3.16. So the
# first steps are far too long. With the correction the first step has the length of the rate, in
# every direction.
#
# ## 5. Four runners

# %% tags=["demo"]
guess("optimization/runners")

# %% tags=["demo"]
from course_utils.animation import animate_valley
paths = valley_paths(*all_three, rate=0.1)
animate_valley(paths)
_, ax = plt.subplots(figsize=(7, 3.4), layout="constrained")
plot_valley_costs(paths, ax)
plt.show()
ends = {name: valley_cost(path[-1]) for name, path in paths.items()}
for name, cost in ends.items():
    print(f"{name.removeprefix('valley.'):9s} cost after 60 steps at rate 0.1: {cost:8.2g}")
reveal("optimization/runners", momentum=ends["valley.momentum"], adam=ends["valley.adam"])

# %% [markdown]
# *The pictures: four times the valley with the runners on their way at rate 0.1 (they play once and
# stop at the end), then the costs over the steps. Gradient descent leaves at once. Momentum swings
# across and ends at the lowest point. Adam takes short, even steps and ends halfway along the
# floor. Without its correction it takes long steps, runs past the lowest point and turns back.*
#
# How steep the walls are does not matter to Adam: its steps are about as long as the rate. So it is
# slow here, and safe at rates that throw gradient descent out.
#
# ### Your turn
#
# Which runner is the fastest? Look for the best rate of each.

# %% tags=["demo"]
from course_utils.explorers import explore_valley
explore_valley(*all_three)

# %% [markdown]
# *The picture: left, the valley with four paths for the rate and betas you choose; right, their
# costs over 60 steps. The sentence below gives the costs at the end.*
#
# ## 6. Two moons
#
# Now the network, on the two moons, trained with each of your methods. The cost is the mean over
# all examples of an epoch, each measured before its batch makes its step.

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def train(method, rate, epochs=100, decay=None):
    """Train on the moons with your functions -> TrainingRun; method: "gd", "momentum", "adam"."""
    parameters = xavier_parameters([2, 5, 2, 1], seed=3)
    v, (v_adam, s) = initialize_velocity(parameters), initialize_adam(parameters)
    run, t, rate_now = TrainingRun({}, every=1, label=f"{method}, rate {rate}"), 0, rate
    with threadpool_limits(1):
        for epoch in range(epochs):
            total = 0
            for X, Y in random_mini_batches(moons_X, moons_Y, 64, seed=epoch):
                AL, caches = chain(X, parameters)
                total += compute_cost(AL, Y) * Y.size
                grads, t = chain_slopes(AL, Y, caches), t + 1
                if method == "gd":
                    parameters = update_parameters_with_gd(parameters, grads, rate_now)
                elif method == "momentum":
                    parameters, v = update_parameters_with_momentum(
                        parameters, grads, v, 0.9, rate_now)
                else:
                    parameters, v_adam, s = update_parameters_with_adam(
                        parameters, grads, v_adam, s, t, rate_now)[:3]
            run.costs.append(total / moons_Y.size)
            rate_now = decay(rate, epoch) if decay else rate
    run.parameters, run.iterations = parameters, t
    return run

# %% tags=["demo"]
guess("optimization/moons")

# %% tags=["demo"]
runs = {(method, rate): train(method, rate)
        for rate in (0.01, 0.1, 3) for method in ("gd", "momentum", "adam")}
print("mean cost of the last 20 epochs, and accuracy on test points")
for (method, rate), run in runs.items():
    print(f"rate {rate:5} {method:9s} {np.mean(run.costs[-20:]):.4f} "
          f"{accuracy(test_X, test_Y, run.parameters):6.1%}")
best = {rate: np.mean(runs["adam", rate].costs[-20:]) for rate in (0.01, 3)}
reveal("optimization/moons", small=best[0.01], large=best[3])

# %% tags=["demo"]
plot_costs([runs["gd", 3], runs["momentum", 3], runs["adam", 0.01]], xlabel="epoch")
plt.show()

# %% [markdown]
# *The pictures: three cost curves over 100 epochs on one scale. Gradient descent at rate 3 falls
# and keeps jumping up again. Momentum at the same rate falls to a lower and much quieter line. Adam
# at 0.01 falls smoothly and fastest.*
#
# At 0.01 only Adam has learned anything. At 3 Adam has failed, gradient descent jumps about, and
# momentum does well. **No method is the best at every rate; each has rates of its own.** Adam's
# steps are as long as the rate, whatever the network, so that the same small rates often suit.
#
# ## 7. A rate that falls
#
# Large steps first, small ones later: the rate falls with the epochs. The usual formula is
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay} \cdot \text{epoch}}.$$
#
# Some texts call it exponential decay. It is *inverse-time* decay.
#
# **Exercise 7.** Write it.

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

# %% [markdown]
# With a decay of 1 the rate is halved after one epoch already. So let it fall in steps: **the rate
# is constant within an interval** and falls at each multiple of `time_interval`. In the formula,
# the number of whole intervals that have gone by takes the place of the epoch.
#
# **Exercise 8.** Write it. With an interval of 1000, epochs 1000, 1001 and 1999 have the same rate.

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

# %% tags=["demo"]
guess("optimization/decay")

# %% tags=["demo"]
epochs = np.arange(0, 5_001)
rates = {"every epoch": [update_lr(0.1, epoch, 1) for epoch in epochs],
         "in steps of 1000": [schedule_lr_decay(0.1, epoch, 1) for epoch in epochs],
         "exponential": 0.1 * np.exp(-epochs / 1000)}
_, axes = plt.subplots(1, 2, figsize=(11, 3.6), layout="constrained")
for ax, yscale in zip(axes, ("linear", "log")):
    for (name, values), line in zip(rates.items(), ("-", "-", "--")):
        ax.plot(epochs, values, line, label=name)
    ax.set(xlabel="epoch", ylabel="learning rate", yscale=yscale)
axes[0].legend()
plt.show()
for name, values in rates.items():
    print(f"{name:17s}", *(f" epoch {at}: {values[at]:.2e}" for at in (999, 1000, 5000)))
reveal("optimization/decay", step=rates["in steps of 1000"][-1],
       exponential=rates["exponential"][-1])

# %% [markdown]
# *The pictures: three learning rates over 5,000 epochs, left on a plain axis, right on a
# logarithmic one. The one that falls every epoch drops to the axis at once. The one in steps is a
# staircase whose steps get smaller. The exponential one is a straight line on the right, and ends
# far below the staircase.*
#
# A straight line on the right is what *exponential* means. Check your staircase: it never goes up.
#
# Does it help? Gradient descent at rate 2 on the moons, in three ways.

# %% tags=["demo"]
ways = {"constant": None,
        "in steps": lambda rate, epoch: schedule_lr_decay(rate, epoch, 1, time_interval=20),
        "every epoch": lambda rate, epoch: update_lr(rate, epoch, 1)}
falling = [train("gd", 2, decay=decay) for decay in ways.values()]
for name, run in zip(ways, falling):
    run.label = f"rate 2, {name}"
    late = run.costs[60:]
    print(f"{name:12s} last 40 epochs: mean cost {np.mean(late):.4f}, "
          f"standard deviation {np.std(late):.4f}")
plot_costs(falling, xlabel="epoch")
plt.show()

# %% [markdown]
# *The pictures: three cost curves on one scale. With a constant rate the cost stays restless. With
# a rate in steps it becomes quiet and ends lowest. With a rate that falls every epoch it stays
# high: the steps are too small too soon.*
#
# ## What to remember
#
# - **The steepest wall sets the rate** of gradient descent.
# - **A mini-batch is a cheap, noisy gradient.** The noise falls with the root of its size.
# - **Momentum averages gradients.** What swings cancels; what stays adds up.
# - **Adam divides by the usual size of a gradient.** Its step is as long as the rate.
# - **A falling rate ends the noise.** Constant within an interval, and never up again.
#
# ## Test yourself

# %% tags=["demo"]
self_test("optimization")

# %% [markdown]
# <details><summary><b>The same in PyTorch</b></summary>
#
# ```python
# import torch
#
# momentum = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, dampening=0.9)
# adam = torch.optim.Adam(model.parameters(), lr=0.001, betas=(0.9, 0.999), eps=1e-8)
# adamw = torch.optim.AdamW(model.parameters(), lr=0.001, weight_decay=0.01)
# steps = torch.optim.lr_scheduler.StepLR(adam, step_size=1000, gamma=0.5)
# loader = torch.utils.data.DataLoader(dataset, batch_size=64, shuffle=True)
# ```
#
# Without `dampening` the gradient has the weight 1 in place of $1 - \beta$, and the same rate goes
# ten times as far. `StepLR` multiplies the rate by `gamma`: that one *is* exponential.
#
# </details>
#
# **Read on**
#
# - B. Polyak (1964), *Some methods of speeding up the convergence of iteration methods*: momentum,
#   and how much it gains in a narrow valley.
# - D. Kingma, J. Ba (2015), *Adam: A method for stochastic optimization*: the method, with the
#   correction explained in its third section.
# - I. Loshchilov, F. Hutter (2019), *Decoupled weight decay regularization*: why Adam and an L2
#   term do not mix, and what AdamW does about it.
# - S. Reddi, S. Kale, S. Kumar (2018), *On the convergence of Adam and beyond*: a simple problem on
#   which Adam goes the wrong way, and a remedy.
#
# ## On your own
#
# - Train with batches of 300, that is, without mini-batches. Which method suffers most?
# - Set `beta1` to 0 in the explorer. What is left of Adam, and what does it do at the end?
# - Write *Nesterov's* momentum: take the gradient where the ball is about to be.
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("optimization")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("optimization")
