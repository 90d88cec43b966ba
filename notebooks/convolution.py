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

# %% nbgrader={"grade": false, "grade_id": "setup", "locked": true, "schema_version": 3, "solution": false, "task": false}
import matplotlib.pyplot as plt
import numpy as np

from course_utils.check import check
from course_utils.hint import hint
from course_utils.questions import guess, reveal, self_test

# %% [markdown]
# ## 1. Padding

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

# %% [markdown]
# ## 2. One step

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
# ## 4. Pooling

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
# Hidden test (6 points): A with "max", also with a stride of 2 or 3, and where all numbers are below zero.
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

# %% [markdown]
# ## 5. Backward

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
                    if mode == "max":
                        share = create_mask_from_window(window) * dA[i, h, w, c]
                    else:
                        share = distribute_value(dA[i, h, w, c], (f, f))
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
