"""A small detector of the things in street scenes: six convolutions, in numpy.

It sees a picture of 96 by 96 pixels as a grid of 12 by 12 cells. For each cell and each of 3
anchors, which are boxes of usual shapes, it says where a box is, how sure it is that there is a
thing, and of which kind. It was trained on the drawings of `course_utils.datasets.load_street`, and
on nothing else; docs/authors/detector.md tells how well it does, and what it is not good for.
"""

import functools

import numpy as np
from threadpoolctl import threadpool_limits

from course_utils.convolution import convolve
from course_utils.datasets.files import DATA, require_file
from course_utils.datasets.streets import KINDS, SIZE
from course_utils.messages import message

WEIGHTS = DATA / "detector.h5"
CELLS = 12  # along each side
ANCHORS = np.array([(28, 14), (9.5, 23), (16, 18)])  # width and height in pixels
STRIDES = (2, 2, 2, 1, 1, 1)  # of the six convolutions
LEAK = 0.1  # slope of the activation below zero
LONGEST = 2.0  # a side is at most exp(2) times that of its anchor, or exp(-2) times


def look(picture):
    """What the detector says of a picture, (96, 96, 3) in [0, 1].

    -> box_xy (12, 12, 3, 2): centres, as shares of the picture's width and height
       box_wh (12, 12, 3, 2): widths and heights, likewise
       box_confidence (12, 12, 3, 1): how sure it is that there is a thing
       box_class_probs (12, 12, 3, 4): how probable each of `KINDS` is, if there is one
    """
    return head(raw_outputs(np.asarray(picture)[None])[0])


def raw_outputs(pictures):
    """What comes out of the last convolution: (m, 96, 96, 3) -> (m, 12, 12, 3, 5 + kinds)"""
    A, weights = pictures.astype(np.float32), load_weights()
    with threadpool_limits(1):
        for layer, stride in enumerate(STRIDES):
            W, b = weights[layer]
            Z, _ = convolve(A, W, b, {"stride": stride, "pad": len(W) // 2})
            A = np.maximum(Z, LEAK * Z)
    return Z.reshape(len(Z), CELLS, CELLS, len(ANCHORS), 5 + len(KINDS)).astype(float)


def head(raw):
    """From numbers of any size to boxes and probabilities.

    raw (..., 12, 12, 3, 5 + kinds) -> as `look`. A centre may lie half a cell outside its own cell,
    so that the cells around a thing can find it too.
    """
    cells = np.stack(np.meshgrid(np.arange(CELLS), np.arange(CELLS)), axis=-1)[:, :, None]
    box_xy = (cells + 2 * _sigmoid(raw[..., 0:2]) - 0.5) / CELLS
    box_wh = ANCHORS / SIZE * np.exp(raw[..., 2:4].clip(-LONGEST, LONGEST))
    odds = np.exp(raw[..., 5:] - raw[..., 5:].max(axis=-1, keepdims=True))
    return box_xy, box_wh, _sigmoid(raw[..., 4:5]), odds / odds.sum(axis=-1, keepdims=True)


@functools.cache
def load_weights():
    """[(W (f, f, channels, filters), b (1, 1, 1, filters)), ...] of the six convolutions."""
    import h5py  # here, because it makes importing the module slow

    with h5py.File(require_file(WEIGHTS, message("data.detector")), "r") as file:
        return [tuple(file[f"{name}{i + 1}"][()].astype("f4") for name in "Wb") for i in range(6)]


def _sigmoid(z):
    return 0.5 + 0.5 * np.tanh(z / 2)  # never overflows
