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
# # Convolution, step by step
#
# A picture is no list of pixels: what stands side by side belongs together. A convolution looks at
# a picture through a small window that it moves over all places. In this notebook you write it,
# forward and backward, with pooling. Then you look at a photograph through filters, and a small
# network finds filters of its own.
#
# **What you will do**
#
# - write padding, one step, all places, and pooling;
# - write the way back through both, and check every single slope;
# - choose filters by hand, and let a network learn some.
#
# **What you will learn**
#
# - how stride, frame and filter decide the size of what comes out;
# - why slopes are added up where windows overlap;
# - what a filter sees, and what training makes of it.
#
# **What you will need:** numpy arrays of four axes, the chain rule, and the check of gradients from
# the notebook on it. About 90 minutes.
#
# Stuck? `hint(NAME_OF_THE_FUNCTION)` in a new cell opens hints one after the other.

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import time

import matplotlib.pyplot as plt
import numpy as np

from course_utils import convnet
from course_utils.check import check
from course_utils.datasets import PHOTO_CREDIT, load_digit_pictures, load_photo
from course_utils.hint import hint
from course_utils.plotting import BLUE, plot_picture
from course_utils.questions import guess, reveal, self_test

# %% [markdown]
# ## 1. A frame of zeros
#
# Pictures come in an array of four axes: pictures, height, width, channels. A window that must stay
# inside a picture sees the pixels at the edge less often than the others, and the output shrinks. A
# frame of $p$ zeros on each side helps against both:
#
# $$(m,\ n_H,\ n_W,\ n_C) \to (m,\ n_H + 2p,\ n_W + 2p,\ n_C).$$
#
# **Exercise 1.** Put the frame around every picture. `np.pad` takes a pair of numbers for each
# axis.

# %% nbgrader={"grade": false, "grade_id": "zero_pad", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: zero_pad

def zero_pad(X, pad):
    """Put a frame of zeros around every picture.

    X: pictures, (m, n_H, n_W, n_C)
    pad: width of the frame on each side, in pixels
    returns: (m, n_H + 2 pad, n_W + 2 pad, n_C)
    """
    ### BEGIN SOLUTION
    X_pad = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ### END SOLUTION
    return X_pad

# %% nbgrader={"grade": true, "grade_id": "zero_pad-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(zero_pad)

# %% nbgrader={"grade": true, "grade_id": "zero_pad-values", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): other frames, around pictures that are not square; X stays as it was.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(zero_pad, "convolution/pad/frames")
keeps_inputs(zero_pad, "convolution/pad/frames")
### END HIDDEN TESTS

# %% tags=["demo"]
strip = zero_pad(np.ones((1, 2, 3, 1)), 1)[0, :, :, 0]
plot_picture(strip, cmap="cividis")
plt.show()
print(f"a picture of 2 by 3 pixels in a frame of 1: {strip.shape[0]} by {strip.shape[1]}")

# %% [markdown]
# *The picture: two rows of three bright pixels, with one dark pixel all around.*
#
# ## 2. One window, one filter
#
# A filter has one weight for each pixel of its window, in all channels. It says one number:
#
# $$z = \sum_{i,\,j,\,k} a_{ijk}\, w_{ijk} + b.$$
#
# The number is large where the window looks like the filter. In other fields this is called a
# cross-correlation; a convolution there flips the filter first.
#
# **Exercise 2.** Write it. The bias comes as an array of shape (1, 1, 1).

# %% nbgrader={"grade": false, "grade_id": "conv_single_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: conv_single_step

def conv_single_step(a_slice_prev, W, b):
    """What one filter says of one window.

    a_slice_prev: the window, (f, f, n_C_prev)
    W: the filter, (f, f, n_C_prev);  b: its bias, (1, 1, 1)
    returns: Z, a number
    """
    ### BEGIN SOLUTION
    Z = np.sum(a_slice_prev * W) + b.item()
    ### END SOLUTION
    return np.squeeze(Z)  # so that [[[17]]] becomes 17

# %% nbgrader={"grade": true, "grade_id": "conv_single_step-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(conv_single_step)

# %% nbgrader={"grade": true, "grade_id": "conv_single_step-values", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): other windows and filters, of several sizes and numbers of channels.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(conv_single_step, "convolution/step/sizes")
### END HIDDEN TESTS

# %% [markdown]
# ## 3. All places
#
# The window of output row $h$ and column $w$ begins at row $h s$ and column $w s$ of the framed
# picture: the stride $s$ says how far it moves on each time. It fits at
#
# $$n_H = \left\lfloor \frac{n_{H,prev} - f + 2p}{s} \right\rfloor + 1$$
#
# places from top to bottom, and likewise from left to right. Move it yourself:

# %% tags=["demo"]
from course_utils.explorers import explore_windows
explore_windows()

# %% [markdown]
# *The picture: left, a picture in its frame with the window marked; right, the output with the
# place that this window fills. The numbers are written in. The sentence says which rows and columns
# the window covers.*
#
# **Exercise 3.** Each filter makes one channel of the output. Prepare frame, sizes and zeros; then
# fill in the inner part of the four loops. `W[..., c]` is filter `c`, with all its channels.

# %% nbgrader={"grade": false, "grade_id": "conv_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: conv_forward

def conv_forward(A_prev, W, b, hparameters):
    """All filters at all places of all pictures.

    A_prev: pictures, (m, n_H_prev, n_W_prev, n_C_prev)
    W: filters, (f, f, n_C_prev, n_C);  b: biases, (1, 1, 1, n_C)
    hparameters: {"stride": ..., "pad": ...}
    returns: Z, (m, n_H, n_W, n_C), and the cache (A_prev, W, b, hparameters)
    """
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f, f, n_C_prev, n_C = W.shape
    stride, pad = hparameters["stride"], hparameters["pad"]

    # the padded pictures, the size of the output, and zeros to fill
    ### BEGIN SOLUTION
    A_prev_pad = zero_pad(A_prev, pad)
    n_H = (n_H_prev - f + 2 * pad) // stride + 1
    n_W = (n_W_prev - f + 2 * pad) // stride + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    ### END SOLUTION

    for i in range(m):  # pictures
        for h in range(n_H):  # rows of the output
            for w in range(n_W):  # its columns
                for c in range(n_C):  # filters
                    ### BEGIN SOLUTION
                    top, left = h * stride, w * stride
                    a_slice_prev = A_prev_pad[i, top:top + f, left:left + f, :]
                    Z[i, h, w, c] = conv_single_step(a_slice_prev, W[..., c], b[..., c])
                    ### END SOLUTION
    return Z, (A_prev, W, b, hparameters)

# %% nbgrader={"grade": true, "grade_id": "conv_forward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(conv_forward)

# %% nbgrader={"grade": true, "grade_id": "conv_forward-places", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): Z with a stride of 1, with and without a frame.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(conv_forward, "convolution/forward/one", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "conv_forward-stride", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): Z with a stride of 2 and of 3, on pictures that are not square.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(conv_forward, "convolution/forward/strides", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "conv_forward-cache", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): the cache holds A_prev, W, b and hparameters, and they stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(conv_forward, "convolution/forward/strides", only=1)
keeps_inputs(conv_forward, "convolution/forward/strides")
### END HIDDEN TESTS

# %% [markdown]
# Now look through it. These filters of 3 by 3 weights are made by hand. One has +1 in its left
# column, 0 in the middle and -1 on the right.

# %% tags=["demo"]
guess("convolution/edges")

# %% tags=["demo"]
photo = load_photo()
hand = {
    "left - right": [[1, 0, -1], [1, 0, -1], [1, 0, -1]],
    "top - bottom": [[1, 1, 1], [0, 0, 0], [-1, -1, -1]],
    "centre - around": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
}
filters = np.array(list(hand.values()), dtype=float).transpose(1, 2, 0)[:, :, None, :]
seen, _ = conv_forward(photo, filters, np.zeros((1, 1, 1, 3)), {"stride": 1, "pad": 1})

fig, axes = plt.subplots(2, 2, figsize=(9, 6.2), layout="constrained")
plot_picture(photo[0, :, :, 0], axes.flat[0], title="the photograph")
for c, name in enumerate(hand):
    plot_picture(seen[0, :, :, c], axes.flat[c + 1], "RdBu_r", name, vmin=-2, vmax=2)
plt.show()
print(PHOTO_CREDIT)
middle = np.abs(seen[0, 10:-10, 10:-10]).mean(axis=(0, 1))
print("mean size of what they say:", ", ".join(f"{n}: {v:.2f}" for n, v in zip(hand, middle)))
reveal("convolution/edges", upright=middle[0], level=middle[1])

# %% [markdown]
# *The pictures: a grey photograph of a temple with curved roofs, and what three filters see in it.
# The first marks upright edges, posts and walls, in red on one side and blue on the other. The
# second marks level ones, the lines of the roofs. The third marks fine detail everywhere.*
#
# A filter of nine numbers finds all edges of one direction, wherever they are. That is the idea:
# few weights, used at all places.

# %% tags=["demo"]
from course_utils.explorers import explore_filters
explore_filters()

# %% [markdown]
# *The picture: left, the chosen filter with its weights written in; middle, the photograph; right,
# what the filter makes of it. The sentence says how large the answers are.*
#
# ## 4. Pooling
#
# Where exactly an edge is matters less than that it is there. Pooling keeps one number of each
# window, the largest or the mean, for each channel by itself. It has no weights to learn.
#
# **Exercise 4.** Write both modes. There is no frame here.

# %% nbgrader={"grade": false, "grade_id": "pool_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: pool_forward

def pool_forward(A_prev, hparameters, mode="max"):
    """The largest number, or the mean, of every window of every channel.

    A_prev: pictures, (m, n_H_prev, n_W_prev, n_C_prev)
    hparameters: {"f": ..., "stride": ...}
    mode: "max" or "average"
    returns: A, (m, n_H, n_W, n_C_prev), and the cache (A_prev, hparameters)
    """
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]

    # the size of the output, and zeros to fill
    ### BEGIN SOLUTION
    n_H = (n_H_prev - f) // stride + 1
    n_W = (n_W_prev - f) // stride + 1
    A = np.zeros((m, n_H, n_W, n_C))
    ### END SOLUTION

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    ### BEGIN SOLUTION
                    top, left = h * stride, w * stride
                    a_slice_prev = A_prev[i, top:top + f, left:left + f, c]
                    A[i, h, w, c] = np.max(a_slice_prev) if mode == "max" else np.mean(a_slice_prev)
                    ### END SOLUTION
    return A, (A_prev, hparameters)

# %% nbgrader={"grade": true, "grade_id": "pool_forward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(pool_forward)

# %% nbgrader={"grade": true, "grade_id": "pool_forward-max", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): A with "max" for several strides, also where all numbers are below zero.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(pool_forward, "convolution/pool/max", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "pool_forward-average", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): A with "average", for other sizes and strides.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(pool_forward, "convolution/pool/average", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "pool_forward-cache", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Hidden test (2 points): the cache holds A_prev and hparameters, and they stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(pool_forward, "convolution/pool/max", only=1)
keeps_inputs(pool_forward, "convolution/pool/max")
### END HIDDEN TESTS

# %% tags=["demo"]
from course_utils.explorers import explore_pooling
explore_pooling()

# %% [markdown]
# *The picture: left, numbers before pooling, with the window and its winner marked; middle, the
# output; right, what comes back to each pixel. The sentence names the winner.*
#
# ## 5. The way back through a convolution
#
# Every entry of $Z$ is a sum of pixel times weight, plus a bias. So its slope sends three messages:
# to the pixels of its window, to its filter, to its bias. With $A_{hw}$ for the window of place
# $(h, w)$ and $W_c$ for filter $c$:
#
# $$dA_{hw} \mathrel{+}= W_c\, dZ_{hwc}, \qquad dW_c \mathrel{+}= A_{hw}\, dZ_{hwc}, \qquad
# db_c \mathrel{+}= dZ_{hwc}.$$
#
# Nothing is assigned, all is added: a pixel lies in several windows, a weight is used at all places
# of all pictures. These are sums; nobody divides by $m$.
#
# <details><summary>Where the three come from</summary>
#
# One product: $z = a w + b$, so $\partial z / \partial a = w$, $\partial z / \partial w = a$ and
# $\partial z / \partial b = 1$. If $a$ grows a little, all $z$ grow in whose windows it lies: their
# slopes are added, each times the weight that it met there. The same holds for $w$ and $b$.
#
# </details>
#
# **Exercise 5.** Write the inner part of the loops, then take the frame off. Often `[pad:-pad]` is
# written for that. What does it do for a pad of 0?

# %% nbgrader={"grade": false, "grade_id": "conv_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: conv_backward

def conv_backward(dZ, cache):
    """From the slopes in Z to those in the pictures, the filters and the biases.

    dZ: (m, n_H, n_W, n_C);  cache: from conv_forward
    returns: dA_prev (m, n_H_prev, n_W_prev, n_C_prev), dW (f, f, n_C_prev, n_C), db (1, 1, 1, n_C)
    """
    A_prev, W, b, hparameters = cache
    m, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f, f, n_C_prev, n_C = W.shape
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, n_H, n_W, n_C = dZ.shape

    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    A_prev_pad, dA_prev_pad = zero_pad(A_prev, pad), zero_pad(dA_prev, pad)

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    ### BEGIN SOLUTION
                    top, left = h * stride, w * stride
                    a_slice = A_prev_pad[i, top:top + f, left:left + f, :]
                    da_slice = dA_prev_pad[i, top:top + f, left:left + f, :]  # a view
                    da_slice += W[..., c] * dZ[i, h, w, c]
                    dW[..., c] += a_slice * dZ[i, h, w, c]
                    db[..., c] += dZ[i, h, w, c]
                    ### END SOLUTION

    # without the frame
    ### BEGIN SOLUTION
    dA_prev = dA_prev_pad[:, pad:pad + n_H_prev, pad:pad + n_W_prev, :]
    ### END SOLUTION
    return dA_prev, dW, db

# %% nbgrader={"grade": true, "grade_id": "conv_backward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(conv_backward)

# %% nbgrader={"grade": true, "grade_id": "conv_backward-pictures", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): dA_prev, where windows overlap and where they do not.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(conv_backward, "convolution/back/strides", only=0)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "conv_backward-filters", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): dW, for several pictures and filters.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(conv_backward, "convolution/back/strides", only=1)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "conv_backward-biases", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): db; dZ and the cache stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(conv_backward, "convolution/back/strides", only=2)
keeps_inputs(conv_backward, "convolution/back/strides")
### END HIDDEN TESTS

# %% [markdown]
# Does it hold? In the notebook on checking gradients you measured slopes: move one number up and
# down a little, and see what the cost does. Here it is done for every pixel, weight and bias. The
# stride is 2, and windows overlap.

# %% nbgrader={"grade": false, "grade_id": "helpers", "locked": true, "schema_version": 3, "solution": false, "task": false}
def measured(cost, array, nudge=1e-5):
    """The slope of `cost()` in each entry of `array`, from one nudge up and one down."""
    slopes = np.zeros(array.shape)
    for place in np.ndindex(array.shape):
        before, costs = array[place], []
        for change in (nudge, -nudge):
            array[place] = before + change
            costs.append(cost())
        array[place] = before
        slopes[place] = (costs[0] - costs[1]) / (2 * nudge)
    return slopes

# %% tags=["demo"]
guess("convolution/overlap")

# %% tags=["demo"]
rng = np.random.RandomState(2)
A_prev, W, b = rng.randn(2, 5, 4, 2), rng.randn(3, 3, 2, 3), rng.randn(1, 1, 1, 3)
hparameters = {"stride": 2, "pad": 1}
Z, cache = conv_forward(A_prev, W, b, hparameters)
dZ = rng.randn(*Z.shape)
yours = conv_backward(dZ, cache)

fig, axes = plt.subplots(1, 3, figsize=(9, 3.2), layout="constrained")
for name, array, slopes, ax in zip(("dA_prev", "dW", "db"), (A_prev, W, b), yours, axes):
    truth = measured(lambda: np.sum(dZ * conv_forward(A_prev, W, b, hparameters)[0]), array)
    ax.plot(truth.ravel(), truth.ravel(), "-", color="0.7")
    ax.plot(truth.ravel(), slopes.ravel(), "x", color=BLUE)
    ax.set(title=name, xlabel="measured", ylabel="yours")
    print(f"{name}: {slopes.size} slopes, largest difference {np.abs(slopes - truth).max():.0e}")
plt.show()

in_windows, _ = conv_forward(np.ones((1, 5, 4, 1)), np.ones((3, 3, 1, 1)), np.zeros((1, 1, 1, 1)),
                             hparameters)
times = conv_backward(np.ones(in_windows.shape), (np.ones((1, 5, 4, 1)), np.ones((3, 3, 1, 1)),
                                                  np.zeros((1, 1, 1, 1)), hparameters))[0]
print("in how many windows each pixel lies:", times[0, :, :, 0].astype(int).tolist())
reveal("convolution/overlap", most=int(times.max()), fewest=int(times.min()))

# %% [markdown]
# *The pictures: for `dA_prev`, `dW` and `db` one cross for each entry, your slope over the measured
# one. All crosses lie on the grey line where both are equal.*
#
# Three means, as they are often compared, would hide two errors that cancel. A cross for each entry
# hides nothing: where crosses leave the line, their entries are wrong.
#
# ## 6. The way back through pooling
#
# A maximum listens to its winner alone: if the winner grows by a little, so does the maximum; the
# others may move as they like. So the slope goes to the winner.
#
# **Exercise 6.** Make the mask that marks it, True or 1 there, False or 0 elsewhere. If two pixels
# tie, either may be marked, or both: no test asks.

# %% nbgrader={"grade": false, "grade_id": "create_mask_from_window", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: create_mask_from_window

def create_mask_from_window(x):
    """Where a window has its largest number.

    x: one window of one channel, (f, f)
    returns: mask of the shape of x, True (or 1) at the largest number, False (or 0) elsewhere
    """
    ### BEGIN SOLUTION
    mask = x == np.max(x)
    ### END SOLUTION
    return mask

# %% nbgrader={"grade": true, "grade_id": "create_mask_from_window-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(create_mask_from_window)

# %% nbgrader={"grade": true, "grade_id": "create_mask_from_window-values", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): other windows, also where all numbers are below zero.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(create_mask_from_window, "convolution/mask/windows")
### END HIDDEN TESTS

# %% [markdown]
# A mean listens to all, equally. So its slope is shared out: equal parts that add up to the whole.
#
# **Exercise 7.** Share `dz` out over a window of this shape.

# %% nbgrader={"grade": false, "grade_id": "distribute_value", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: distribute_value

def distribute_value(dz, shape):
    """Share a number out equally.

    dz: a number;  shape: (n_H, n_W) of the window
    returns: an array of this shape; its entries are equal, and add up to dz
    """
    n_H, n_W = shape
    ### BEGIN SOLUTION
    a = np.full(shape, dz / (n_H * n_W))
    ### END SOLUTION
    return a

# %% nbgrader={"grade": true, "grade_id": "distribute_value-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(distribute_value)

# %% nbgrader={"grade": true, "grade_id": "distribute_value-values", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
# Hidden test (4 points): other numbers and shapes: the entries add up to dz.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(distribute_value, "convolution/share/shapes")
### END HIDDEN TESTS

# %% tags=["demo"]
shares = distribute_value(6.0, (2, 4))
print(f"each of {shares.size} places gets {shares.flat[0]}; together {shares.sum()}")

# %% [markdown]
# **Exercise 8.** Put them together. Each entry of `dA` belongs to one window, and windows may
# overlap.

# %% nbgrader={"grade": false, "grade_id": "pool_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
# GRADED FUNCTION: pool_backward

def pool_backward(dA, cache, mode="max"):
    """From the slopes after pooling to those before.

    dA: (m, n_H, n_W, n_C);  cache: from pool_forward
    mode: "max" or "average"
    returns: dA_prev, of the shape of A_prev
    """
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H, n_W, n_C = dA.shape
    dA_prev = np.zeros(A_prev.shape)

    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                for c in range(n_C):
                    ### BEGIN SOLUTION
                    top, left = h * stride, w * stride
                    window = A_prev[i, top:top + f, left:left + f, c]
                    if mode == "average":
                        share = distribute_value(dA[i, h, w, c], (f, f))
                    else:
                        share = create_mask_from_window(window) * dA[i, h, w, c]
                    dA_prev[i, top:top + f, left:left + f, c] += share
                    ### END SOLUTION
    return dA_prev

# %% nbgrader={"grade": true, "grade_id": "pool_backward-check", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
# Visible check (2 points)
check(pool_backward)

# %% nbgrader={"grade": true, "grade_id": "pool_backward-max", "locked": true, "points": 8, "schema_version": 3, "solution": false, "task": false}
# Hidden test (8 points): dA_prev with "max", for several strides, with and without overlap.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values
has_values(pool_backward, "convolution/pool_back/max")
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "pool_backward-average", "locked": true, "points": 6, "schema_version": 3, "solution": false, "task": false}
# Hidden test (6 points): dA_prev with "average"; dA and the cache stay as they were.
### BEGIN HIDDEN TESTS
from grading.hidden import has_values, keeps_inputs
has_values(pool_backward, "convolution/pool_back/average")
keeps_inputs(pool_backward, "convolution/pool_back/average")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Filters that are learned
#
# Nobody has to draw filters. Here is a small network for digits from 0 to 9: six filters of 3 by 3
# weights, ReLU, pooling, and ten units that listen to it all. Your four functions are its
# convolution and its pooling. First, 32 digits with your loops, forward and backward, and the same
# with `course_utils.convolution`, which works on all places at once.

# %% tags=["demo"]
guess("convolution/time")

# %% tags=["demo"]
digits = load_digit_pictures()
start = convnet.digit_network()
loops = convnet.Parts(conv_forward, pool_forward, conv_backward, pool_backward)
few = digits.train_X[:32], digits.train_Y[:32], start

took, found = [], []
for parts in (loops, convnet.OURS):
    before = time.perf_counter()
    found.append(convnet.slopes(*few, parts))
    took.append(time.perf_counter() - before)
(cost, mine), (_, ours) = found
off = max(np.abs(mine[key] - ours[key]).max() for key in mine)
print(f"32 digits: your loops {took[0]:.2f} s, all at once {took[1]:.4f} s")
print(f"cost before training {cost:.3f}; largest difference of a gradient {off:.0e}")
reveal("convolution/time", ratio=took[0] / took[1])

# %% [markdown]
# Both say the same, so the fast version may do the training: 300 steps of 32 digits each.

# %% tags=["demo"]
learned, costs = convnet.teach(digits.train_X, digits.train_Y, start, 300)
for name, parameters in (("before", start), ("after", learned)):
    read = convnet.share_read(digits.train_X, digits.train_Y, parameters)
    unseen = convnet.share_read(digits.test_X, digits.test_Y, parameters)
    print(f"{name:7s} {read:6.1%} of the training digits are read, {unseen:6.1%} of 597 new ones")

fig, axes = plt.subplots(4, 6, figsize=(9, 6), layout="constrained")
example = digits.test_X[:1]
shown, _ = conv_forward(example, learned["W"], learned["b"], convnet.CONV)
pooled, _ = pool_forward(np.maximum(shown, 0), convnet.POOL)
for c in range(6):
    for ax, picture in zip(axes[:2, c], (start["W"], learned["W"])):
        plot_picture(picture[:, :, 0, c], ax, "RdBu_r", vmin=-1.5, vmax=1.5)
    plot_picture(np.maximum(shown[0, :, :, c], 0), axes[2, c], "cividis")
    plot_picture(pooled[0, :, :, c], axes[3, c], "cividis")
for ax, name in zip(axes[:, 0], ("start", "learned", "sees", "pooled")):
    ax.set_ylabel(name)
plt.show()
changed = np.abs(learned["W"] - start["W"]).mean(axis=(0, 1, 2))
print("mean change of a weight, filter by filter:", ", ".join(f"{v:.2f}" for v in changed))

# %% [markdown]
# *The pictures: four rows of six. The filters as they were drawn at random; the same after
# training; what each makes of one test digit, after ReLU; and the same after pooling.*
#
# The learned filters are no longer noise alone: many have a red side and a blue side, weights above
# and below zero, as the filters for edges on the photograph. Nobody told them. On pictures this
# small they stay rough; on large ones, first layers look much like the gallery above.
#
# ## What to remember
#
# - **Few weights, all places.** A filter is used everywhere, so it finds its pattern anywhere.
# - **Size:** take off $f$, add the frame on both sides, divide by the stride, round down, add one.
# - **The stride belongs in the corner of the window**, forward and backward.
# - **Backward, all is added up:** over windows, places and pictures.
# - **A maximum sends its slope to the winner; a mean shares it out.**
#
# ## Test yourself

# %% tags=["demo"]
self_test("convolution")

# %% [markdown]
# <details><summary><b>The same in PyTorch</b></summary>
#
# ```python
# import torch
# from torch import nn
#
# model = nn.Sequential(nn.Conv2d(1, 6, kernel_size=3, padding=1), nn.ReLU(),
#                       nn.MaxPool2d(2), nn.Flatten(), nn.Linear(6 * 4 * 4, 10))
# loss = nn.CrossEntropyLoss()
# optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
# for step in range(300):
#     batch = torch.randint(len(X), (32,))
#     optimizer.zero_grad()
#     loss(model(X[batch]), Y[batch]).backward()  # X: (m, channels, height, width)
#     optimizer.step()
# ```
#
# PyTorch puts the channels before height and width. Its convolution does not flip the filter
# either.
#
# </details>
#
# **Read on**
#
# - Y. LeCun, L. Bottou, Y. Bengio, P. Haffner (1998), *Gradient-based learning applied to document
#   recognition*: filters and pooling read handwriting, from pixels to cheques.
# - M. Zeiler, R. Fergus (2014), *Visualizing and understanding convolutional networks*: what
#   filters of large networks respond to, layer by layer.
#
# ## On your own
#
# - Give the photograph to `pool_forward` with a window of 8 and a stride of 8, in both modes.
# - Train again with more filters: `convnet.digit_network(kinds=12)`. Do any two look alike?
# - Take `+=` out of your `conv_backward`, and run the picture with the crosses again.
#
# ## Handing in
#
# Save the notebook (Ctrl-S) and hand it in as your course does it, or by a new cell with
#
# ```python
# from course_utils.submit import submit
# submit("convolution")
# ```
#
# This hands in. Where your course takes files, it asks for your id and makes one to upload; if it
# cannot, it says why. First see how far you are:

# %% tags=["demo"]
from course_utils.progress import progress
progress("convolution")
