"""Convolution and pooling of a whole batch at once, on a view that shows every window as an array.

The exercises on convolution ask for loops over pictures, places and filters. Here a sum over all of
them is one contraction, so that these parts are fast, and can stand in for a student's own without
showing how those are written. Arguments, results and caches have the form that the exercises ask
for: `m` pictures of `height` by `width` pixels in `channels` channels, `kinds` filters of `f` by
`f` pixels, and `rows` by `columns` places at which a window fits.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def framed(X, pad):
    """Pictures in a frame of zeros.

    X (m, height, width, channels) -> (m, height + 2 pad, width + 2 pad, channels)
    """
    m, height, width, channels = X.shape
    canvas = np.zeros((m, height + 2 * pad, width + 2 * pad, channels), X.dtype)
    _inside(canvas, pad)[...] = X
    return canvas


def response(a_slice_prev, W, b):
    """What one filter says of one window of its shape.

    a_slice_prev, W (f, f, channels), b: one number, or an array of one -> a number
    """
    if np.shape(a_slice_prev) != np.shape(W):
        shapes = "{} {}".format(
            *(str(np.shape(part)).replace(" ", "") for part in (a_slice_prev, W))
        )
        raise ValueError(f"operands could not be broadcast together with shapes {shapes}")
    return float(np.vdot(a_slice_prev, W)) + np.asarray(b).item()


def convolve(A_prev, W, b, hparameters):
    """All filters at all places of all pictures.

    A_prev (m, height, width, channels), W (f, f, channels, kinds), b (1, 1, 1, kinds),
    hparameters {"stride", "pad"} -> Z (m, rows, columns, kinds), what `convolve_slopes` needs
    """
    views = windows(framed(A_prev, hparameters["pad"]), len(W), hparameters["stride"])
    return np.tensordot(views, W, axes=((4, 5, 3), (0, 1, 2))) + b, (A_prev, W, b, hparameters)


def convolve_slopes(dZ, kept):
    """What the slopes in Z say of the pictures, the filters and the biases, as sums.

    dZ (m, rows, columns, kinds), kept: of `convolve`
    -> dA_prev, dW, db, each of the shape of what it belongs to
    """
    A_prev, W, b, hparameters = kept
    stride, pad = hparameters["stride"], hparameters["pad"]
    canvas = framed(A_prev, pad)
    back = np.zeros_like(canvas, dtype=float)
    for offset, seen in _offsets(back, len(W), stride, dZ.shape):
        seen += np.tensordot(dZ, W[offset], axes=(3, 1))
    per_weight = np.tensordot(windows(canvas, len(W), stride), dZ, axes=((0, 1, 2), (0, 1, 2)))
    per_bias = np.einsum("mhwk->k", dZ).reshape(b.shape)
    return _inside(back, pad), np.moveaxis(per_weight, 0, 2), per_bias


def pool(A_prev, hparameters, mode="max"):
    """The largest number of every window, or the mean.

    A_prev (m, height, width, channels), hparameters {"f", "stride"}
    -> A (m, rows, columns, channels), what `pool_slopes` needs
    """
    views = windows(A_prev, hparameters["f"], hparameters["stride"])
    return (views.max if mode == "max" else views.mean)(axis=(4, 5)), (A_prev, hparameters)


def pool_slopes(dA, kept, mode="max"):
    """Slopes in what went into `pool`: all to the largest number, or equal shares for everyone.

    dA (m, rows, columns, channels), kept: of `pool` -> dA_prev (m, height, width, channels)
    """
    A_prev, hparameters = kept
    f, stride = hparameters["f"], hparameters["stride"]
    back = np.zeros(A_prev.shape)
    places = _offsets(A_prev, f, stride, dA.shape)
    if mode == "max":
        largest = pool(A_prev, hparameters)[0]
        parts = [np.where(seen == largest, dA, 0) for _, seen in places]
    else:
        parts = [dA / f**2] * f**2
    for (_, seen), part in zip(_offsets(back, f, stride, dA.shape), parts, strict=True):
        seen += part
    return back


def winners(x):
    """1.0 where a window holds its largest number, else 0.0; x (height, width) -> the same"""
    return np.where(np.less(x, np.amax(x)), 0.0, 1.0)


def equal_shares(dz, shape):
    """A number in equal parts for all entries of an array of this shape."""
    return np.full(shape, dz / np.prod(shape))


def windows(X, f, stride):
    """A view of every window that fits: X (m, height, width, channels)
    -> (m, rows, columns, channels, f, f)"""
    return sliding_window_view(X, (f, f), axis=(1, 2))[:, ::stride, ::stride]


def _offsets(X, f, stride, shape):
    """((row, column) in a window, a view of the pixels of X that stand there in all windows)."""
    _, rows, columns, _ = shape
    for row, column in np.ndindex(f, f):
        down = slice(row, row + stride * rows, stride)
        yield (row, column), X[:, down, column : column + stride * columns : stride]


def _inside(canvas, pad):
    """A view of what the frame surrounds."""
    _, height, width, _ = canvas.shape
    return canvas[:, pad : height - pad, pad : width - pad]
