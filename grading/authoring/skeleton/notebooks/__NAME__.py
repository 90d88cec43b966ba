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
# # Replace this title: from scores to probabilities
#
# > **To the author.** `course new` made this notebook. It is a small lesson, whole and ready to
# > run, so that you can replace one part at a time and always have a notebook that builds. Where it
# > has several graded functions, all of them ask for the same. Delete this note when the lesson is
# > your own.
#
# A network that chooses between several classes ends in one score a class. In this notebook you
# turn scores into probabilities, and see what the choice of formula does to very large scores and
# to certainty.
#
# **What you will do**
#
# - look at scores, and see why they cannot be read as probabilities;
# - write softmax for a whole batch of examples at once;
# - move and stretch the scores, and see what stays the same;
# - read from a curve what a confident mistake costs.
#
# **What you will learn**
#
# - why exponentials are divided by their sum;
# - how a formula that is right on paper fails in double precision, and how to mend it;
# - what the scale of the scores has to do with how sure a network is.
#
# **What you need:** numpy arrays, their axes, and broadcasting. About 20 minutes.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import numpy as np

from course_utils.checks import check
from course_utils.plotting import plot_curves

# %% [markdown]
# ## 1. Scores
#
# The last layer of a network gives a score for every class: a high one where it sees much evidence,
# a low one where it sees little. Scores may be negative, and they add up to nothing in particular.
# The matrix $Z$ holds one row a class and one column an example, as everywhere in this course.
#
# The next cell makes scores of three classes for four examples and prints them with their sums.

# %% tags=["demo"]
scores = np.array([[2.0, -1.0, 0.0, 5.0],
                   [1.0, 3.0, 0.0, 4.0],
                   [-1.0, 0.5, 0.0, -9.0]])
print(scores)
print("sums of the columns:", scores.sum(axis=0))

# %% [markdown]
# The first example most likely belongs to the first class, but how likely? A score of 2 is not a
# probability, and a division by the sum of the column does not make it one: the scores of the third
# example add up to 0, and where one score is negative, its share would be negative too. What is
# needed is a function that
#
# - gives positive numbers that add up to 1 in every column;
# - gives the larger number to the larger score;
# - can be differentiated, so that gradient descent can work with it.

# %% [markdown]
# ## 2. Softmax
#
# The exponential function makes every score positive and keeps their order. Divided by their sum,
# the results add up to 1:
#
# $$a_k = \frac{e^{z_k}}{\sum_{j} e^{z_j}}.$$
#
# The formula stands for one column. A score of 1000 is too much for it: $e^{1000}$ is larger than
# any double. But the same number may be taken off all scores of a column, since numerator and
# denominator are then divided by the same factor. Taking off the largest one leaves no exponent
# above 0.

# BEGIN EACH FUNCTION
# %% [markdown]
# **Exercise __NUMBER__.** Write softmax for a matrix. Take the largest score of each
# column off first. `np.max` and `np.sum` take `axis` and `keepdims`.

# %% nbgrader={"grade": false, "grade_id": "__FUNCTION__", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: __FUNCTION__

def __FUNCTION__(Z):
    """Turn the scores of every column into probabilities.

    Z: scores, (n_classes, m)
    returns: probabilities, (n_classes, m); every column adds up to 1
    """
    ### BEGIN SOLUTION
    E = np.exp(Z - np.max(Z, axis=0, keepdims=True))
    A = E / np.sum(E, axis=0, keepdims=True)
    ### END SOLUTION
    return A

# %% nbgrader={"grade": true, "grade_id": "__FUNCTION__-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(__FUNCTION__)

# %% nbgrader={"grade": true, "grade_id": "__FUNCTION__-shape", "locked": true, "points": __POINTS_OF_SHAPE__, "schema_version": 3, "solution": false, "task": false}
# Hidden test (__POINTS_OF_SHAPE_IN_WORDS__): the result has the shape of Z.
### BEGIN HIDDEN TESTS
from grading.hidden import has_form
has_form(__FUNCTION__, "__NAME__/__FUNCTION__/values")
has_form(__FUNCTION__, "__NAME__/__FUNCTION__/sizes")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "__FUNCTION__-values", "locked": true, "points": __POINTS_OF_VALUES__, "schema_version": 3, "solution": false, "task": false}
# Hidden test (__POINTS_OF_VALUES_IN_WORDS__): the probabilities of small scores are right.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(__FUNCTION__, "__NAME__/__FUNCTION__/values")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "__FUNCTION__-sizes", "locked": true, "points": __POINTS_OF_SIZES__, "schema_version": 3, "solution": false, "task": false}
# Hidden test (__POINTS_OF_SIZES_IN_WORDS__): two classes, many classes, as many classes as examples, and one example work too.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(__FUNCTION__, "__NAME__/__FUNCTION__/sizes")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "__FUNCTION__-large", "locked": true, "points": __POINTS_OF_LARGE__, "schema_version": 3, "solution": false, "task": false}
# Hidden test (__POINTS_OF_LARGE_IN_WORDS__): scores around 1000 and -1000 give probabilities too.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(__FUNCTION__, "__NAME__/__FUNCTION__/large")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "__FUNCTION__-inputs", "locked": true, "points": __POINTS_OF_INPUTS__, "schema_version": 3, "solution": false, "task": false}
# Hidden test (__POINTS_OF_INPUTS_IN_WORDS__): Z is left as it was, and every call makes a new array.
### BEGIN HIDDEN TESTS
from grading.hidden import keeps_inputs, repeats
keeps_inputs(__FUNCTION__, "__NAME__/__FUNCTION__/values")
repeats(__FUNCTION__, "__NAME__/__FUNCTION__/values")
### END HIDDEN TESTS

# END EACH FUNCTION
# %% tags=["demo"]
with np.printoptions(precision=3, suppress=True):
    print(__FUNCTION__(scores))
one = np.linspace(-6, 6, 25)
batch = np.stack([one, np.zeros(25), np.ones(25)])
shares = __FUNCTION__(batch)
ax = plot_curves({"class 1, score on the axis": (one, shares[0]),
                  "class 2, score 0": (one, shares[1]),
                  "class 3, score 1": (one, shares[2])},
                 xlabel="score of class 1", ylabel="probability")
ax.set_title("One score moves, the others stay");

# %% [markdown]
# *The picture: the curve of class 1 climbs from 0 to nearly 1 in the form of an S, while the two
# others fall; class 3 stays above class 2 all the way.*
#
# The third example, whose scores are all 0, gets 0.333 three times. The scores of the two other
# classes do not move, and their probabilities do: what one class wins, the others lose. Their ratio
# stays the same, because it depends on the difference of their scores alone.

# %% [markdown]
# ## 3. Moved scores
#
# Only differences count. The next cell adds one number to all scores and prints by how much the
# probabilities change at most.

# %% tags=["demo"]
for shift in (1, 30, 1000):
    change = np.abs(__FUNCTION__(scores + shift) - __FUNCTION__(scores)).max()
    same = change < 1e-12
    print(f"all scores plus {shift:4d}: the probabilities are the same to 12 digits: {same}")

# %% [markdown]
# That is why the largest score may be taken off. On paper nothing changes, in double precision it
# decides between a probability and `nan`. If yours printed `False` in the last line, look at what
# your function does with a score of 1000.

# %% [markdown]
# ## 4. Stretched scores
#
# Multiplied scores are another matter. The scores 0, 1 and 2 are stretched by a factor from 0 to 5
# and turned into probabilities.

# %% tags=["demo"]
factors = np.linspace(0, 5, 21)
stretched = __FUNCTION__(np.array([[0.0], [1.0], [2.0]]) * factors)
ax = plot_curves({f"score {k} times the factor": (factors, stretched[k]) for k in range(3)},
                 xlabel="factor", ylabel="probability")
ax.set_title("The same order, more and more certain");

# %% [markdown]
# *The picture: three curves leave one point at a third; the one of the largest score climbs towards
# 1, the one of the smallest falls towards 0 soonest, and the one between them follows it later.*
#
# With factor 0 all classes are alike, with a large one the first takes all. Large weights in the
# last layer therefore make a network sure of itself, whether it is right or not.

# %% [markdown]
# ## 5. What certainty costs
#
# The cost of one example is $-\log a_k$, where $k$ is its true class. The last cell draws it for a
# network whose score for the true class is ahead of one rival, or behind it.

# %% tags=["demo"]
lead = np.linspace(-8, 8, 33)
right = __FUNCTION__(np.stack([lead, np.zeros(33)]))[0]
cost = -np.log(right)
ax = plot_curves({"cost": (lead, cost)}, xlabel="lead of the true class", ylabel="cost")
ax.set_title("A confident mistake is dear")
print(f"cost at a lead of 0: {cost[16]:.3f}, of -8: {cost[0]:.3f}, of 8: {cost[-1]:.5f}")

# %% [markdown]
# *The picture: one curve, which falls along a straight line on the left, bends around a lead of 0,
# and lies on the axis on the right.*
#
# A coin toss between two classes costs 0.693. A confident mistake costs about as much as the lead
# it has, 8.000 here, and a confident hit next to nothing, 0.00034. The slope on the left is what
# gradient descent feels: it stays the same however wrong the network is, so learning does not stop
# there.
#
# ## What to remember
#
# - **Softmax** turns scores into positive numbers that add up to 1, one column at a time.
# - **Only differences count:** take the largest score off first, and no exponential overflows.
# - **The scale is the certainty:** larger scores of the same order give probabilities closer to 0
#   and 1.
#
# ## On your own
#
# - What does the derivative of the cost with respect to the scores look like? It is a short
#   formula.
# - For two classes softmax is a sigmoid. Of what?
