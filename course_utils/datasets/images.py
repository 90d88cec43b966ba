"""Labelled images in HDF5, with the classic keys.

train_set_x (m, height, width) or (m, height, width, channels), whole numbers 0 to 255
train_set_y (m,), test_set_x, test_set_y likewise, list_classes: the class names as bytes
"""

from typing import NamedTuple

import numpy as np

from course_utils.datasets.files import DATA, DataFileError, require_array, require_file

EXPECTED = "an HDF5 file with train_set_x, train_set_y, test_set_x, test_set_y and list_classes"
KEYS = ("train_set_x", "train_set_y", "test_set_x", "test_set_y", "list_classes")


class ImageSet(NamedTuple):
    """train_X (pixels, m), train_Y (1, m), test_X (pixels, m_test), test_Y (1, m_test).

    Pixels are scaled to [0, 1]; `classes` are the names of labels 0, 1, ...; `shape` is that of one image.
    """

    train_X: np.ndarray
    train_Y: np.ndarray
    test_X: np.ndarray
    test_Y: np.ndarray
    classes: list
    shape: tuple


def load_images(path):
    """Read labelled images from an HDF5 file, flatten each into a column and scale it to [0, 1]."""
    import h5py  # here: who only imports the module need not wait for it

    path = require_file(path, EXPECTED)
    try:
        with h5py.File(path, "r") as file:
            arrays = {key: file[key][()] for key in KEYS if key in file}
    except OSError as error:
        raise DataFileError(
            path, f"it cannot be read as HDF5 ({error})", EXPECTED, "Fetch or make the file again."
        ) from error
    train_X, train_Y, shape = _flatten(path, arrays, "train")
    test_X, test_Y, _ = _flatten(path, arrays, "test", shape)
    classes = [
        bytes(name).decode() for name in require_array(path, arrays, "list_classes", (None,))
    ]
    return ImageSet(train_X, train_Y, test_X, test_Y, classes, shape)


def load_digits():
    """Threes (label 0) and eights (label 1) written by hand, 8 x 8 pixels: an `ImageSet`.

    From scikit-learn's copy of the UCI digits of E. Alpaydin and C. Kaynak (1998).
    """
    return load_images(DATA / "digits.h5")


def _flatten(path, arrays, part, shape=None):
    """Columns (pixels, m) in [0, 1], labels (1, m), and the shape of one image."""
    key = f"{part}_set_x"
    dimensions = np.ndim(arrays[key]) if key in arrays else 4
    wanted = (None, *shape) if shape else (None,) * (dimensions if dimensions in (3, 4) else 4)
    x = require_array(path, arrays, key, wanted)
    y = require_array(path, arrays, f"{part}_set_y", (len(x),))
    return x.reshape(len(x), -1).T / 255.0, y.reshape(1, -1).astype(int), x.shape[1:]
