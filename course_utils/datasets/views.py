"""Pictures as convolution wants them: (m, height, width, channels), in [0, 1].

Both come with scikit-learn. The photograph "china.jpg", some rights reserved by danielbuechele, is
released under the licence CC BY 2.0 (https://creativecommons.org/licenses/by/2.0/); scikit-learn's
notes name its source, https://www.flickr.com/photos/danielbuechele/6061409035/.
"""

from typing import NamedTuple

import numpy as np

FIRST_TEST_DIGIT = 1_200
PHOTO_CREDIT = "Photograph: danielbuechele, flickr.com, licence CC BY 2.0; made grey and smaller"


class DigitPictures(NamedTuple):
    """train_X (1200, 8, 8, 1), train_Y (1200,), test_X (597, 8, 8, 1), test_Y (597,)."""

    train_X: np.ndarray
    train_Y: np.ndarray
    test_X: np.ndarray
    test_Y: np.ndarray


def load_digit_pictures():
    """All of scikit-learn's digits of 8 x 8 pixels with their labels 0 to 9, as `DigitPictures`.

    The first 1,200 are for training; the other 597, of other writers, are for testing. By E.
    Alpaydin and C. Kaynak (1998).
    """
    from sklearn.datasets import load_digits  # here, because it makes importing the module slow

    digits = load_digits()
    X, Y = digits.images[..., None] / digits.images.max(), digits.target
    return DigitPictures(
        X[:FIRST_TEST_DIGIT], Y[:FIRST_TEST_DIGIT], X[FIRST_TEST_DIGIT:], Y[FIRST_TEST_DIGIT:]
    )


def load_photo(every=5):
    """A photograph of a temple, grey: (1, 427 // every, 640 // every, 1). See the module on rights.

    every: so many by so many pixels become one
    """
    from sklearn.datasets import load_sample_image

    grey = load_sample_image("china.jpg").mean(axis=2) / 255
    height, width = (size // every for size in grey.shape)
    cut = grey[: height * every, : width * every]
    return cut.reshape(height, every, width, every).mean(axis=(1, 3))[None, :, :, None]
