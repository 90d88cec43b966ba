"""Labelled images in HDF5, with the classic keys.

train_set_x (m, height, width) or (m, height, width, channels), whole numbers 0 to 255
train_set_y (m,), test_set_x, test_set_y likewise, list_classes: the class names as bytes
"""

from typing import NamedTuple

import numpy as np

from course_utils.datasets.files import DATA, DataFileError, require_array, require_file
from course_utils.datasets.views import load_digit_pictures
from course_utils.messages import message

KEYS = ("train_set_x", "train_set_y", "test_set_x", "test_set_y", "list_classes")
EXPECTED = message("data.images", keys=", ".join(KEYS))


class ImageSet(NamedTuple):
    """train_X (pixels, m), train_Y (1, m), test_X (pixels, m_test), test_Y (1, m_test).

    Pixels are scaled to [0, 1].
    classes: the names of labels 0, 1, ...
    shape: of one image, (height, width) or (height, width, channels)
    """

    train_X: np.ndarray
    train_Y: np.ndarray
    test_X: np.ndarray
    test_Y: np.ndarray
    classes: list
    shape: tuple


def load_images(path):
    """`load_image_set` of a single file."""
    return load_image_set(path)


def load_image_set(*paths):
    """Read labelled images, flatten each into a column and scale it to [0, 1].

    paths: of one HDF5 file with all keys; or of two, one with the training images and one with the
        test images, as in the classic sets of cats
    -> ImageSet; DataFileError when a file is missing, damaged, or holds other arrays
    """
    files = [require_file(path, EXPECTED) for path in paths]
    arrays = {key: array for path in files for key, array in _arrays_in(path).items()}
    shown = ", ".join(map(str, files))
    train_X, train_Y, shape = _flatten(shown, arrays, "train")
    test_X, test_Y, _ = _flatten(shown, arrays, "test", shape)
    names = require_array(shown, arrays, "list_classes", (None,))
    classes = [bytes(name).decode() for name in names]
    return ImageSet(
        train_X=train_X,
        train_Y=train_Y,
        test_X=test_X,
        test_Y=test_Y,
        classes=classes,
        shape=shape,
    )


def load_digits():
    """Handwritten threes (label 0) and eights (label 1) of 8 x 8 pixels, as an `ImageSet`.

    From scikit-learn's copy of the UCI digits of E. Alpaydin and C. Kaynak (1998).
    """
    return load_images(DATA / "digits.h5")


def load_even_digits():
    """All of scikit-learn's digits of 8 x 8 pixels, as an `ImageSet`: is the digit even (1) or odd?

    In the order of `load_digit_pictures`, and divided as there.
    """
    train_X, train_Y, test_X, test_Y = load_digit_pictures()
    shape = train_X.shape[1:3]
    return ImageSet(
        train_X=_columns(train_X),
        train_Y=_is_even(train_Y),
        test_X=_columns(test_X),
        test_Y=_is_even(test_Y),
        classes=["odd", "even"],
        shape=shape,
    )


def _columns(pictures):
    """(m, height, width, 1) -> (pixels, m)"""
    return pictures.reshape(len(pictures), -1).T


def _is_even(labels):
    """(m,) -> (1, m) of zeros and ones"""
    return (labels % 2 == 0).astype(int).reshape(1, -1)


def _arrays_in(path):
    """The arrays of an HDF5 file that have one of the classic keys."""
    import h5py  # here, because it makes importing the module slow

    try:
        with h5py.File(path, "r") as file:
            return {key: file[key][()] for key in KEYS if key in file}
    except OSError as error:
        about = {"path": str(path), "expected": EXPECTED, "error": str(error)}
        raise DataFileError(message("data.unreadable", format="HDF5", **about)) from error


def _flatten(path, arrays, part, shape=None):
    """Columns (pixels, m) in [0, 1], labels (1, m), and the shape of one image.

    path: of the file or files, for messages
    part: "train" or "test"; shape: the one that every image must have, None for any
    """
    key = f"{part}_set_x"
    is_grey = key in arrays and np.ndim(arrays[key]) == 3  # no axis for the channels
    expected = (None, *shape) if shape else (None,) * (3 if is_grey else 4)
    x = require_array(path, arrays, key, expected)
    y = require_array(path, arrays, f"{part}_set_y", (len(x),))
    return x.reshape(len(x), -1).T / 255.0, y.reshape(1, -1).astype(int), x.shape[1:]
